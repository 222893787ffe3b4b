import { describe, expect, test } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import { reminderDue, toldAgainFrom } from '../../../functions/core/case/dates.ts';
import { isOldNews, keepsReturning, type Returned } from '../../../functions/core/case/returned.ts';
import { cameBack } from '../../../functions/core/judge/returns.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import { UTC } from '../../../functions/core/model/zone.ts';
import { waitFor } from '../../../functions/core/proposal/wait.ts';
import { waitReason, waitWords } from '../../../functions/core/words/advice.ts';
import { PLAIN } from '../../../functions/core/words/style.ts';
import { ordinal } from '../../../functions/core/words/words.ts';
import { aCase, inGrace, key, NEWER, NOW, newer, OLDER, older, POLICY, THIRD } from '../../fakes/cases.ts';
import { judged, seen } from './scene.ts';

const returned = (more: Partial<Returned> = {}): Returned => ({
  number: 3,
  how: 'reactivated',
  keyId: OLDER,
  count: 2,
  at: plus(NOW, -DAY),
  ...more,
});

/** A closed case in which the older key was deactivated and, unless it stays, deleted. */
const ended = (more: Partial<Case> = {}): Case =>
  inGrace(
    { deleted: plus(NOW, -3 * DAY) },
    { phase: 'closed', closedAs: 'remediated', phaseSince: plus(NOW, -3 * DAY), keys: [newer()], ...more },
  );
const fresh = key(THIRD, 'Active', { created: plus(NOW, -HOUR) });

describe('a key came back', () => {
  test.each<[string, Case, ReturnType<typeof cameBack>]>([
    ['as a new one', ended(), { keyId: THIRD, how: 'created-anew' }],
    [
      'after it stayed deactivated',
      ended({ closedAs: 'deactivated' }),
      { keyId: THIRD, how: 'created-anew' },
    ],
    ['not if the owner ended the case', ended({ closedAs: 'by-owner' }), null],
    ['not if the case is open', aCase(), null],
    ['not if that is long ago', ended({ phaseSince: plus(NOW, -14 * DAY) }), null],
    ['not if the key was there before', ended({ keys: [newer(), key(THIRD, 'Inactive')] }), null],
  ])('%s', (_what, closed, expected) => {
    expect(cameBack(closed, [newer(), fresh], NOW)).toEqual(expected);
  });

  test('not if it is there, but not active', () => {
    const closed = inGrace({}, { phase: 'closed', closedAs: 'deactivated', phaseSince: plus(NOW, -DAY) });
    expect(cameBack(closed, [newer(), older('Inactive')], NOW)).toBeNull();
    expect(cameBack(ended(), [newer(), { ...fresh, status: 'Inactive' }], NOW)).toBeNull();
  });

  test('as the one that we deactivated', () => {
    const closed = inGrace({}, { phase: 'closed', closedAs: 'deactivated', phaseSince: plus(NOW, -DAY) });
    expect(cameBack(closed, [newer(), older()], NOW)).toEqual({ keyId: OLDER, how: 'reactivated' });
  });
});

describe('the count of returns', () => {
  const opened = (current: Case) => judged({ current, observed: seen([newer(), fresh]) }).next;

  test('begins with the first, which changes nothing for people', () => {
    const next = opened(ended());
    expect(next).toMatchObject({
      number: 4,
      returned: { number: 4, count: 1, keyId: THIRD },
      remindedAt: null,
    });
    expect(next).not.toHaveProperty('reopenedAt');
  });

  test('goes on in the next case, which keeps its reminders', () => {
    const before = ended({ returned: returned({ count: 1 }), remindedAt: plus(NOW, -5 * DAY) });
    const next = opened(before);
    expect(next).toMatchObject({ returned: { number: 4, count: 2 }, remindedAt: plus(NOW, -5 * DAY) });
    expect(next).toMatchObject({ toldAt: null, reopenedAt: NOW });
  });

  test('begins again after 90 days without one', () => {
    expect(opened(ended({ returned: returned({ at: plus(NOW, -90 * DAY) }) }))?.returned?.count).toBe(1);
  });

  test('counts a key that was reactivated outside Solekey, each time', () => {
    const current = inGrace({}, { returned: returned({ count: 4 }) });
    const { next } = judged({ current, observed: seen([newer(), older()]), now: plus(NOW, 2 * HOUR) });
    expect(next).toMatchObject({ askedAgain: { code: 'reactivated' }, returned: { count: 5, keyId: OLDER } });
  });

  test('a first user needs none', () => {
    expect(judged({ current: null }).next).not.toHaveProperty('returned');
  });
});

describe('a key that keeps coming back', () => {
  test.each<[string, Partial<Case>, boolean]>([
    ['from the second time on', { returned: returned() }, true],
    ['not at the first time', { returned: returned({ count: 1 }) }, false],
    ['not in a later case', { returned: returned({ number: 2 }) }, false],
    ['not while it is off', { returned: returned(), keys: [newer(), older('Inactive')] }, false],
    ['not if none ever did', {}, false],
  ])('%s', (_what, more, keeps) => {
    expect(keepsReturning(aCase(more)) !== null).toBe(keeps);
  });

  test('is told of at once the second time, then once a week', () => {
    const second = aCase({ returned: returned(), remindedAt: NOW });
    const third = aCase({ returned: returned({ count: 3 }), remindedAt: NOW });
    expect([isOldNews(second), isOldNews(third), isOldNews(aCase())]).toEqual([false, true, false]);
    expect([toldAgainFrom(second, POLICY), toldAgainFrom(third, POLICY)]).toEqual(['', plus(NOW, 7 * DAY)]);
    expect(toldAgainFrom({ ...third, remindedAt: null }, POLICY)).toBe('');
    expect(reminderDue(second, POLICY)).toBe(plus(NOW, 7 * DAY));
    expect(reminderDue(second, { ...POLICY, remindEvery: 10 * DAY })).toBe(plus(NOW, 10 * DAY));
  });

  test('is a reason to wait, but for an alarm or a single key', () => {
    const current = aCase({ returned: returned() });
    const why = { code: 'returns', keyId: OLDER, how: 'reactivated', count: 2, by: null } as const;
    expect(waitFor(current, POLICY, NOW)).toEqual({ until: null, why });
    const origins = { [NEWER]: { createdBy: 'user/mallory', at: NOW } };
    expect(waitFor({ ...current, origins }, { ...POLICY, trustedCreators: [] }, NOW)).toBeNull();
    expect(waitFor({ ...current, keys: [older()] }, POLICY, NOW)).toBeNull();
  });

  test.each([
    ['role/deployer', { [OLDER]: { createdBy: 'role/deployer', at: NOW } }],
    [null, {}],
  ])('is named with its creator, if that is known: %s', (by, origins) => {
    const current = aCase({ returned: returned({ how: 'created-anew', count: 3 }), origins });
    const wait = waitFor(current, POLICY, NOW);
    expect(wait?.why).toMatchObject({ how: 'created-anew', by });
    const words = wait === null ? '' : waitReason(wait, current.keys, NOW, PLAIN);
    const who = by === null ? '' : ' by role/deployer';
    expect(words).toContain(`...3QXK is a new key, created for the 3rd time${who} after an earlier one`);
    expect(wait === null ? '' : waitWords(wait, NOW, UTC)).toContain('find out why the key returns');
  });
});

test('ordinal numbers', () => {
  expect([1, 2, 3, 4, 10, 11, 12, 13, 21, 22, 30, 111].map(ordinal)).toEqual(
    '1st 2nd 3rd 4th 10th 11th 12th 13th 21st 22nd 30th 111th'.split(' '),
  );
});
