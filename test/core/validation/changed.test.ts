import { describe, expect, it } from 'vitest';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import type { RecordedTimes } from '../../../functions/core/records/times.ts';
import { changedSince } from '../../../functions/core/validation/changed.ts';
import { NOW } from '../../fakes/cases.ts';
import { aReport, aReportRow } from '../../fakes/report.ts';

const SINCE = plus(NOW, -2 * DAY);
const long = { closedAt: plus(NOW, -9 * DAY), automation: false } as const;
const openCase = { number: 1, opened: plus(NOW, -DAY), phase: 'grace', openBefore: false } as const;

it.each([
  ['whose case closed', aReportRow(), 1],
  ['whose case closed before', aReportRow(long), 0],
  ['whose case opened', aReportRow({ ...long, openCase }), 1],
  [
    'whose case opened before',
    aReportRow({ ...long, openCase: { ...openCase, opened: plus(NOW, -9 * DAY) } }),
    0,
  ],
  ['whose case cannot be read', aReportRow({ ...long, openCase: { ...openCase, opened: null } }), 0],
  [
    'with a key that waits',
    aReportRow({ ...long, pending: [{ keyId: '…3QXK', why: 'grace', until: null }] }),
    1,
  ],
  ['with another key than decided', aReportRow({ ...long, remaining: 'other-key' }), 1],
  ['who could not be compared', aReportRow({ ...long, remaining: 'not-read' }), 0],
  ['without a case', aReportRow({ remaining: null, closedAt: null }), 0],
  ['who is excluded', aReportRow({ remaining: null, closedAt: null, openCase, excluded: 'name' }), 0],
])('a user %s', (_what, row, users) => {
  expect(changedSince([row], [], SINCE).users).toBe(users);
});

it('privileged users are named first, then software, five of each, and everybody counts', () => {
  const rows = [
    ...Array.from({ length: 7 }, (_, n) => aReportRow({ userName: `admin-${n}`, privileged: true })),
    ...Array.from({ length: 6 }, (_, n) => aReportRow({ userName: `ci-${n}` })),
    aReportRow({ userName: 'alice', automation: false }),
  ];
  expect(changedSince(rows, [], SINCE)).toMatchObject({
    since: SINCE,
    users: 14,
    privileged: ['admin-0', 'admin-1', 'admin-2', 'admin-3', 'admin-4'],
    automation: ['ci-0', 'ci-1', 'ci-2', 'ci-3', 'ci-4'],
  });
  expect(changedSince(aReport().rows, [], null).users).toBeGreaterThan(3);
});

describe('the changes of keys since a moment', () => {
  const before = plus(SINCE, -60);
  const after = plus(SINCE, 60);
  const one = { userId: 'AIDA1', caseNumber: 1, opened: before, decided: null, deleted: null };
  const keys = (...times: RecordedTimes[]) => changedSince([], times, SINCE).keys;

  it('are counted by kind, over all cases', () => {
    const first = { deactivated: [before, after], deleted: [after], reactivated: [] };
    const second = { deactivated: [after], deleted: [], reactivated: [before, after] };
    expect(keys({ ...one, keys: first }, { ...one, caseNumber: 2, keys: second })).toEqual({
      deactivated: 2,
      deleted: 1,
      reactivated: 1,
      atLeast: false,
    });
    const all = changedSince([], [{ ...one, keys: first }], null).keys;
    expect(all).toMatchObject({ deactivated: 2, deleted: 1 });
  });

  it('may be more if release 0.11.0 recorded a case with something since then', () => {
    const none = { deactivated: 0, deleted: 0, reactivated: 0 };
    expect(keys(one)).toEqual({ ...none, atLeast: false });
    for (const more of [{ opened: after }, { decided: after }, { deleted: after }]) {
      expect(keys({ ...one, ...more })).toEqual({ ...none, atLeast: true });
    }
  });
});
