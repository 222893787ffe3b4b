import { describe, expect, it } from 'vitest';
import { takes } from '../../../functions/app/approve/posted-answer.ts';
import type { Case } from '../../../functions/core/case/case.ts';
import { sha256 } from '../../../functions/core/model/digest.ts';
import { type Policy, UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, type Instant, MINUTE, plus } from '../../../functions/core/model/time.ts';
import type { CaseState } from '../../../functions/core/page/case-state.ts';
import { caseView, type ViewedWith } from '../../../functions/core/page/case-view.ts';
import { daysFor } from '../../../functions/core/page/days.ts';
import { offering } from '../../../functions/core/page/deactivate-all.ts';
import { laterFor } from '../../../functions/core/page/later.ts';
import {
  judgeDay,
  judgeException,
  judgePutOff,
  judgePuttingOff,
  judgeSpared,
} from '../../../functions/core/page/not-now.ts';
import {
  aCase,
  bothInactive,
  excepted,
  granted,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  notNow,
  OLDER,
  older,
  POLICY,
  restoringSince,
  someOff,
  THIRD,
  toConfirm,
} from '../../fakes/cases.ts';

const look = { now: NOW, policy: POLICY, control: UNRESTRICTED };
const view = (current: Case, more: Partial<ViewedWith> = {}) =>
  caseView(current, { ...look, request: null, ...more });

const three = (more: Partial<ViewedWith> = {}) => view(aCase({ keys: [newer(), older(), key(THIRD)] }), more);

const zoned = (zone: string, exceptionMaximum = 90 * DAY) => ({
  exceptionMaximum,
  digest: { ...POLICY.digest, zone },
});

describe('the days to choose from', () => {
  const from = (now: Instant, policy: Pick<Policy, 'exceptionMaximum' | 'digest'>, after = now) => {
    const days = daysFor(now, after, policy);
    return days === null ? null : [days.first, days.last];
  };

  it('are from tomorrow to the last that ends within the maximum', () => {
    expect(from(NOW, zoned('UTC'))).toEqual(['2026-11-24', '2027-02-20']);
    // It ends in the very minute in which the maximum does.
    expect(from('2026-11-23T23:59:00.000Z', zoned('UTC'))).toEqual(['2026-11-24', '2027-02-21']);
    expect(from('2026-11-23T23:58:59.999Z', zoned('UTC'))).toEqual(['2026-11-24', '2027-02-20']);
  });

  it('are those of the zone, on both sides of midnight and of summer time', () => {
    expect(from('2026-11-23T23:30:00.000Z', zoned('Europe/Berlin'))).toEqual(['2026-11-25', '2027-02-21']);
    expect(from('2026-11-23T02:00:00.000Z', zoned('America/New_York'))).toEqual(['2026-11-23', '2027-02-19']);
    // 90 times 24 hours after 22:30 in winter is 23:30 in summer: not yet the end of that day.
    expect(from('2027-01-10T21:30:00.000Z', zoned('Europe/Berlin'))?.[1]).toBe('2027-04-09');
    // 90 times 24 hours after 23:59 in summer is 22:59 in winter.
    expect(from('2026-10-01T21:59:00.000Z', zoned('Europe/Berlin'))?.[1]).toBe('2026-12-29');
  });

  it('have a 29 February in a leap year', () => {
    expect(from('2028-02-28T12:00:00.000Z', zoned('UTC', 2 * DAY))).toEqual(['2028-02-29', '2028-02-29']);
    expect(from('2027-02-28T12:00:00.000Z', zoned('UTC', 2 * DAY))).toEqual(['2027-03-01', '2027-03-01']);
  });

  it('begin after the time that is given anyway, and may be none', () => {
    expect(from(NOW, zoned('UTC'), plus(NOW, 7 * DAY))?.[0]).toBe('2026-12-01');
    expect(from(NOW, zoned('UTC'), plus(NOW, -DAY))?.[0]).toBe('2026-11-24');
    expect(from(NOW, zoned('UTC'), plus(NOW, 91 * DAY))).toBeNull();
    expect(from(NOW, zoned('UTC', HOUR))).toBeNull();
  });
});

describe('a day as typed', () => {
  const days = { first: '2026-11-24', last: '2027-02-21', zone: 'UTC' };

  it.each(['2026-11-24', '2027-02-21', ' 2026-12-31\t'])('%s can be chosen', (text) => {
    expect(judgeDay(text, days)).toEqual({ until: `${text.trim()}T23:59:00.000Z` });
  });

  it.each([
    ['', 'no-date'],
    ['  \t', 'no-date'],
    ['31.1.2027', 'not-a-date'],
    ['2027/01/31', 'not-a-date'],
    ['in two weeks', 'not-a-date'],
    ['2027-02-29', 'no-such-day'],
    ['2027-02-31', 'no-such-day'],
    ['2026-11-23', 'outside'],
    ['2020-01-01', 'outside'],
    ['2027-02-22', 'outside'],
    ['9999-12-31', 'outside'],
  ])('"%s" is refused: %s', (text, code) => {
    expect(judgeDay(text, days)).toMatchObject({ mistake: { field: 'until', code } });
  });
});

it('a day that the zone left out cannot be chosen', () => {
  const days = { first: '2011-12-29', last: '2011-12-31', zone: 'Pacific/Apia' };
  expect(judgeDay('2011-12-30', days)).toMatchObject({ mistake: { code: 'no-such-day' } });
  expect(judgeDay('2011-12-31', days)).toHaveProperty('until');
});

const good = { spare: [NEWER, OLDER], until: '2027-01-31', comment: 'Until the vendor is back.' };
const typed = { off: [], stay: ['MPLE', '3QXK'], inUse: false, shownInUse: [] };
const codes = (checked: ReturnType<typeof judgeException>) =>
  checked.fits ? [] : checked.mistakes.map(({ field, code }) => `${field} ${code}`);

describe('an exception', () => {
  it('leaves both keys until the end of the day', () => {
    expect(judgeException(view(aCase()), { ...good, ...typed })).toEqual({
      fits: true,
      ask: {
        kind: 'not-now',
        spare: [NEWER, OLDER],
        off: [],
        acknowledged: [],
        until: '2027-01-31T23:59:00.000Z',
        commentDigest: sha256(good.comment),
      },
    });
  });

  it('may deactivate others, which are typed instead, and acknowledged if they are in use', () => {
    const off = { ...typed, off: ['R7WZ'], stay: [] };
    expect(judgeException(three(), { ...good, ...off })).toMatchObject({ ask: { off: [THIRD] } });
    expect(codes(judgeException(three(), { ...good, ...typed }))).toEqual(['off empty']);
    const used = { ...good, spare: [OLDER, THIRD], ...typed, off: ['MPLE'] };
    expect(codes(judgeException(three(), used))).toEqual(['inUse not-acknowledged']);
    const known = { ...used, inUse: true, shownInUse: [NEWER] };
    expect(judgeException(three(), known)).toMatchObject({ ask: { acknowledged: [NEWER] } });
  });

  it.each([
    [
      'nothing is filled in',
      { until: '', comment: '', stay: [] },
      ['until no-date', 'comment no-justification', 'stay empty'],
    ],
    ['the reason says nothing', { comment: '... \u200b' }, ['comment no-justification']],
    ['the reason is too long', { comment: 'x'.repeat(501) }, ['comment too-long']],
    ['the longest reason', { comment: 'x'.repeat(500) }, []],
    ['one key is not typed', { stay: ['MPLE'] }, ['stay not-these']],
    ['the text is not readable', { stay: null }, ['stay unreadable']],
    ['the keys are typed in another order', { stay: ['3QXK', 'MPLE'] }, []],
    ['only one stays', { spare: [NEWER] }, ['keep too-few']],
    ['one is named twice', { spare: [NEWER, NEWER] }, ['keep too-few']],
    ['one is not Active', { spare: [NEWER, THIRD] }, ['keep not-active']],
  ])('is refused or not if %s', (_what, more, mistakes) => {
    expect(codes(judgeException(view(aCase()), { ...good, ...typed, ...more }))).toEqual(mistakes);
  });

  it('is refused where nothing can be left', () => {
    expect(
      codes(
        judgeException(view(aCase(), { policy: { ...POLICY, exceptionMaximum: HOUR } }), {
          ...good,
          ...typed,
        }),
      ),
    ).toEqual(['until no-date']);
  });

  it('is refused for a key that the visitor created', () => {
    const own = {
      own: { [OLDER]: 'withheld' as const },
      ownKept: (stay: readonly string[]) => (stay.includes(OLDER) ? ('withheld' as const) : null),
    };
    expect(judgeSpared(view(aCase(), own), null)).toMatchObject({
      mistake: { code: 'own-key', more: false },
    });
    expect(judgeSpared(three(own), null)).toMatchObject({
      mistake: { code: 'own-key', keep: OLDER, more: true },
    });
    expect(judgeSpared(three(own), [NEWER, THIRD])).toEqual({ spare: [NEWER, THIRD] });
    const free = { ...own, ownKept: () => 'nobody-else' as const };
    expect(judgeSpared(view(aCase(), free), null)).toEqual({ spare: [NEWER, OLDER] });
  });

  it('is not renewed by whoever gave the last, unless none of its keys is left', () => {
    const byAnother = (spare: readonly string[]) => spare.includes(NEWER);
    const again = view(excepted(), { byAnother });
    expect(judgeSpared(again, null)).toEqual({ mistake: { field: 'keep', code: 'own-exception' } });
    expect(judgeSpared(view(excepted()), null)).toEqual({ spare: [NEWER, OLDER] });
    const others = aCase({
      keys: [key('AKIAI44QH8DHBEXAAAAA'), key('AKIAI44QH8DHBEXBBBBB')],
      exceptions: [granted(notNow())],
    });
    expect(judgeSpared(view(others, { byAnother }), null)).toHaveProperty('spare');
  });
});

describe('a page offers', () => {
  it('nothing of it or all of it', () => {
    const none = offering(false);
    const question = view(aCase());
    expect([takes(question, 'not-now', none), takes(question, 'not-now', offering(true))]).toEqual([
      false,
      true,
    ]);
    const grace = view(inGrace());
    expect([takes(grace, 'keep-inactive', none), takes(grace, 'keep-inactive', offering(true))]).toEqual([
      false,
      true,
    ]);
    expect(takes(grace, 'not-now', offering(true))).toBe(false);
    expect(takes(question, 'keep-inactive', offering(true))).toBe(false);
  });

  it('an exception while it asks about two or more Active keys', () => {
    const one = aCase({ keys: [newer(), older('Inactive')], progress: { [OLDER]: { deactivated: NOW } } });
    expect([view(one).state, view(one).later.exception]).toEqual(['question', null]);
    expect(view(excepted()).later.exception).not.toBeNull();
    expect(view(aCase({ excluded: true })).later.exception).toBeNull();
    expect(view(aCase(), { policy: { ...POLICY, mode: 'observe' } }).later.exception).toBeNull();
  });

  it('to put off a deletion that is still to come, of all keys together', () => {
    const keysOf = (current: Case, more: Partial<ViewedWith> = {}) =>
      view(current, more).later.deletion?.keys;
    expect(keysOf(inGrace())).toEqual([OLDER]);
    expect(keysOf(bothInactive())).toEqual([OLDER, THIRD]);
    expect(keysOf(toConfirm())).toEqual([OLDER]);
    expect(keysOf(someOff())).toEqual([THIRD]);
    expect(keysOf(inGrace({ deleting: plus(NOW, -MINUTE) }, { phase: 'deleting' }))).toBeUndefined();
    expect(keysOf(inGrace({ restoring: restoringSince(NOW) }))).toBeUndefined();
    expect(keysOf(inGrace(), { policy: { ...POLICY, deletion: 'never' } })).toBeUndefined();
    expect(keysOf(inGrace({}, { decision: null }))).toBeUndefined();
    expect(keysOf(inGrace(), { policy: { ...POLICY, exceptionMaximum: DAY } })).toBeUndefined();
  });

  it('both where both are possible', () => {
    const { exception, deletion } = view(someOff()).later;
    expect([exception === null, deletion?.keys]).toEqual([false, [THIRD]]);
  });

  it('to put off the deletion of what the decision deletes, all of which can still be restored', () => {
    const keysOf = (current: Case, state: CaseState, pending: readonly string[], back = pending) =>
      laterFor(current, state, { active: 2, pending, back }, look).deletion?.keys;
    expect(keysOf(inGrace(), 'grace', [OLDER, THIRD])).toEqual([OLDER]);
    expect(keysOf(bothInactive(), 'grace', [OLDER, THIRD], [OLDER])).toBeUndefined();
    expect(keysOf(inGrace(), 'deleting', [OLDER])).toBeUndefined();
    expect(keysOf(excepted(), 'question', [])).toBeUndefined();
  });

  it('days after the date of the deletion', () => {
    expect(view(inGrace()).later.deletion?.days.first).toBe('2026-12-01');
    expect(view(inGrace({ inactiveUntil: '2027-01-02T23:59:00.000Z' })).later.deletion?.days.first).toBe(
      '2027-01-03',
    );
    expect(view(toConfirm()).later.deletion?.days.first).toBe('2026-11-24');
  });
});

describe('a deletion that is put off', () => {
  const asked = {
    keys: [OLDER],
    until: '2027-01-31',
    comment: 'The auditors come in January.',
    stay: ['3QXK'],
  };

  it('is of exactly the keys of the page', () => {
    expect(judgePutOff(view(inGrace()), asked)).toEqual({
      fits: true,
      ask: {
        kind: 'keep-inactive',
        keys: [OLDER],
        until: '2027-01-31T23:59:00.000Z',
        commentDigest: sha256(asked.comment),
      },
    });
    expect(codes(judgePutOff(view(bothInactive()), asked))).toEqual(['stay not-these']);
    const typedBoth = { ...asked, stay: ['3QXK', 'R7WZ'] };
    expect(codes(judgePutOff(view(bothInactive()), typedBoth))).toEqual(['stay not-these']);
    expect(codes(judgePutOff(view(inGrace()), { ...asked, stay: ['MPLE'] }))).toEqual(['stay not-these']);
    expect(codes(judgePutOff(view(aCase()), { ...asked, keys: [], stay: [] }))).toEqual([
      'until no-date',
      'stay empty',
    ]);
  });

  it('is not put off by whoever created the key, while others can be reached', () => {
    const own = { [OLDER]: 'withheld' as const };
    const mine = view(inGrace(), { own, ownKept: (stay) => (stay.includes(OLDER) ? 'withheld' : null) });
    expect(judgePuttingOff(mine)).toMatchObject({ field: 'inactive', code: 'own-key' });
    expect(codes(judgePutOff(mine, asked))).toEqual(['inactive own-key']);
    // Of the two keys that are deleted together, the sentence names the one that is theirs.
    const theirs = { own: { [THIRD]: 'withheld' as const }, ownKept: () => 'withheld' as const };
    expect(judgePuttingOff(view(bothInactive(), theirs))).toMatchObject({ keep: THIRD });
    expect(judgePuttingOff(view(inGrace(), { own, ownKept: () => 'nobody-else' }))).toBeNull();
    expect(judgePuttingOff(view(aCase()))).toBeNull();
  });
});
