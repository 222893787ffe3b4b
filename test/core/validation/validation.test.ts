import { describe, expect, it } from 'vitest';
import { alteredCase } from '../../../functions/core/case/unread.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { DOUBT } from '../../../functions/core/words/doubts.ts';
import { NEXT_STEP } from '../../../functions/core/words/next-step.ts';
import { PENDING } from '../../../functions/core/words/pending.ts';
import { aCase, inGrace, NEWER, NOW, OLDER, POLICY } from '../../fakes/cases.ts';
import { family, usage } from '../../fakes/usage.ts';
import {
  aRecord,
  firstOf,
  idOf,
  judged,
  LISTED,
  none,
  one,
  REPORT_OF,
  REPORTED,
  TAKEN,
  two,
  UNREAD,
} from './population.ts';

/** An open case of this user. */
const caseOf = (userName: string, more = {}) => aCase({ userId: idOf(userName), userName, ...more });

describe('a validation', () => {
  it('counts users with none, one and more active keys, each with the time and the source of the facts', () => {
    const { totals, users, ...times } = judged([none('a'), one('b'), two('c'), one('d', REPORTED)]);
    expect(times).toEqual({
      schema: 1,
      account: '123456789012',
      at: NOW,
      takenAt: TAKEN,
      listedAt: LISTED,
      reportOf: REPORT_OF,
      previousAt: null,
    });
    expect(totals).toMatchObject({
      users: 4,
      counts: { none: 1, one: 2, more: 1, unknown: 0, gone: 0 },
      fine: 3,
      doubtful: 0,
      sources: { live: 3, report: 1, unread: 0 },
    });
    expect(
      users.map(({ userName, count, read, asOf, active }) => [userName, count, read, asOf, active]),
    ).toEqual([
      ['a', 'none', 'live', TAKEN, []],
      ['b', 'one', 'live', TAKEN, [NEWER]],
      ['c', 'more', 'live', TAKEN, [NEWER, OLDER]],
      ['d', 'one', 'report', REPORT_OF, [NEWER]],
    ]);
  });

  it('compares every remediated user, and counts the verdicts', () => {
    const { totals } = judged([one('a'), two('b'), none('c')], {
      remediated: ['a', 'b', 'c', 'left'].map((name) => aRecord(name)),
    });
    expect(totals.remaining).toEqual({
      ok: 1,
      none: 1,
      several: 1,
      gone: 1,
      'other-key': 0,
      'not-read': 0,
    });
    expect(totals).toMatchObject({ users: 3, fine: 1 });
  });

  it('has a sentence for each step, doubt and reason', () => {
    for (const words of [NEXT_STEP, DOUBT, PENDING]) {
      expect(new Set(Object.values<string>(words)).size).toBe(Object.keys(words).length);
    }
  });
});

describe('never counted as fine', () => {
  it.each([
    ['nobody could read', one('a', UNREAD), 'not-read'],
    [
      'IAM refused to show, though the report shows one key',
      one('a', { ...REPORTED, unreadAt: TAKEN }),
      'older-facts',
    ],
    ['were read more than a day ago', one('a', { asOf: plus(NOW, -DAY - MINUTE) }), 'too-old'],
  ])('are users whom %s', (_, row, doubt) => {
    const { totals, users } = judged([row]);
    expect(totals).toMatchObject({ fine: 0, doubtful: 1, counts: { unknown: 1, one: 0 } });
    expect(users[0]).toMatchObject({ doubts: [doubt], next: 'read' });
  });

  it('are users with several keys, even if IAM refused to show newer facts', () => {
    const { totals, users } = judged([two('a', { ...REPORTED, unreadAt: TAKEN })]);
    expect(totals).toMatchObject({ fine: 0, doubtful: 1, counts: { more: 1, unknown: 0 } });
    expect(users[0]).toMatchObject({ asOf: REPORT_OF, doubts: ['older-facts'], next: 'no-case' });
  });

  it('is a user whose history does not fit, although one key is active', () => {
    const { totals, users } = judged([one('a')], { unvouched: [idOf('a'), 'AIDALEFT'] });
    expect(totals).toMatchObject({ fine: 0, doubtful: 1, counts: { one: 1, gone: 1 } });
    expect(users[0]).toMatchObject({ doubts: ['history'], next: 'verify' });
  });

  it('is a user whose case this release cannot read', () => {
    const cases = [alteredCase(caseOf('a'))];
    expect(judged([one('a')], { cases }).totals).toMatchObject({ fine: 0, doubtful: 1, openCases: 1 });
    expect(firstOf([two('a')], { cases })).toMatchObject({
      doubts: ['unread-case'],
      next: 'unread-case',
      openCase: { number: 3, opened: null, phase: null, openBefore: false },
      pending: [],
      takeOver: [],
    });
  });
});

describe('a user with several active keys', () => {
  it('has the step of the open case, or waits for one', () => {
    expect(firstOf([two('a')], { cases: [caseOf('a')] })).toMatchObject({ next: 'awaiting-decision' });
    expect(firstOf([two('a')])).toMatchObject({ next: 'no-case' });
    expect(firstOf([one('a')], { cases: [caseOf('a', { phase: 'grace' })] })).toMatchObject({
      next: 'grace',
    });
    expect(firstOf([two('a')], { cases: [caseOf('a', { phase: 'closed' })] })).toMatchObject({
      next: 'no-case',
    });
  });

  it('who is excluded is seen and counted, and it is said by what', () => {
    const policy = { ...POLICY, exclude: { tag: { key: 'keep', value: 'yes' }, users: ['root-*'] } };
    const rows = [two('root-1'), two('b', { tags: { Keep: 'yes' } }), two('c', { tags: null })];
    const { totals, users } = judged(rows, { policy });
    expect(totals).toMatchObject({ counts: { more: 3 }, excluded: 2, fine: 0 });
    expect(users.map(({ excluded, next }) => [excluded, next])).toEqual([
      ['name', 'excluded'],
      ['tag', 'excluded'],
      [null, 'no-case'],
    ]);
  });

  it('who is outside "only" is left to their owner', () => {
    const policy = { ...POLICY, mode: { only: { tag: null, users: ['pilot-*'] } } };
    const { totals, users } = judged([two('pilot-1'), two('other')], { policy });
    expect(totals.observed).toBe(1);
    expect(users.map(({ next }) => next)).toEqual(['no-case', 'observed']);
  });
});

describe('populations that change', () => {
  it('has a user who was created since the credential report, and was read live', () => {
    const created = plus(NOW, -HOUR);
    const { totals, users } = judged([one('new', { created }), one('old')]);
    expect(totals.createdSince).toBe(1);
    expect(users.map(({ createdSince }) => createdSince)).toEqual([true, false]);
  });

  it('has a user who was created while the survey ran, of whom only a case is known', () => {
    const cases = [caseOf('new', { opened: plus(LISTED, MINUTE) }), caseOf('left', { opened: LISTED })];
    const { totals, users } = judged([], { cases });
    expect(totals).toMatchObject({ users: 1, fine: 0, counts: { unknown: 1, gone: 1 }, openCases: 2 });
    expect(users).toMatchObject([
      { userName: 'new', doubts: ['after-list'], read: 'unread', asOf: null, createdSince: true },
      { userName: 'left', doubts: [], read: 'live', asOf: LISTED, createdSince: false },
    ]);
  });

  it('does not call somebody gone whose decision is later than the list', () => {
    const remediated = [aRecord('new', { decidedAt: plus(LISTED, MINUTE) })];
    expect(firstOf([], { remediated })).toMatchObject({
      count: 'unknown',
      remaining: { verdict: 'not-read' },
    });
  });

  it('has renamed users under both names', () => {
    const previous = { at: plus(NOW, -DAY), users: [{ userId: idOf('ci'), userName: 'old-name' }] };
    expect(firstOf([one('ci')], { previous })).toMatchObject({ userName: 'ci', renamedFrom: 'old-name' });
    expect(firstOf([one('ci')], { remediated: [aRecord('ci', { userName: 'before' })] })).toMatchObject({
      renamedFrom: 'before',
      remaining: { verdict: 'ok' },
    });
    expect(firstOf([one('ci')])).toMatchObject({ renamedFrom: null });
    expect(judged([one('ci')], { previous }).totals.renamed).toBe(1);
  });

  it('has a case that was open at the last validation already', () => {
    const previous = { at: plus(NOW, -DAY), users: [] };
    const opened = [plus(NOW, -2 * DAY), plus(NOW, -HOUR)].map(
      (at) => firstOf([two('a')], { cases: [caseOf('a', { opened: at })], previous }).openCase,
    );
    expect(opened.map((one) => one?.openBefore)).toEqual([true, false]);
    expect(firstOf([two('a')], { cases: [caseOf('a')] }).openCase?.openBefore).toBe(false);
  });

  it('has a row without an id as it is', () => {
    expect(firstOf([one('a', { userId: null })])).toMatchObject({ userId: null, count: 'one', next: null });
  });
});

describe('keys with an open case', () => {
  const current = { ...inGrace(), userId: idOf('ci'), userName: 'ci' };

  it('are pending, with the verdict on their work', () => {
    const at = plus(NOW, -MINUTE);
    const lookup = { kind: 'looked-up', at, back: plus(NOW, -90 * DAY) } as const;
    const keys = [usage([family()], { keyId: OLDER, lookup }), usage([], { keyId: NEWER, lookup })];
    const { totals, users } = judged([one('ci')], {
      cases: [current],
      usage: new Map([[idOf('ci'), { at, keys }]]),
      policy: { ...POLICY, usage: [] },
    });
    expect(totals.pendingKeys).toBe(1);
    expect(users[0]).toMatchObject({
      pending: [{ keyId: OLDER, why: 'grace' }],
      takeOver: [{ keyId: OLDER, verdict: 'not-seen', at }],
      next: 'grace',
    });
  });

  it('have no verdict while nothing is looked up', () => {
    expect(firstOf([one('ci')], { cases: [current] }).takeOver).toEqual([]);
  });
});

it('judges 5,000 users in well under a second', () => {
  const rows = Array.from({ length: 5_000 }, (_, n) => one(`user-${n}`));
  const remediated = rows.map(({ userName }) => aRecord(userName));
  const began = performance.now();
  const { totals } = judged(rows, { remediated });
  expect(totals).toMatchObject({ users: 5_000, fine: 5_000, remaining: { ok: 5_000 } });
  expect(performance.now() - began).toBeLessThan(1_000);
});
