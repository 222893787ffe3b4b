import { describe, expect, it } from 'vitest';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { recordRows } from '../../../functions/core/records/rows.ts';
import { type RecordedTimes, recordedTimes, withTimes } from '../../../functions/core/records/times.ts';
import { aDecision, NOW, OLDER, USER_ID } from '../../fakes/cases.ts';
import { history, recordContext } from '../../fakes/history.ts';

const timesOf = (told: ReturnType<typeof history>) =>
  recordedTimes(recordRows(told.versions, recordContext()));

describe('the times of a case', () => {
  const decided = history().next({ decision: aDecision() }, { code: 'decided', by: 'sec-lead' });

  it('begin with its detection', () => {
    expect(timesOf(history())).toEqual([
      {
        userId: USER_ID,
        caseNumber: 1,
        opened: NOW,
        decided: null,
        deleted: null,
        keys: { deactivated: [], deleted: [], reactivated: [] },
      },
    ]);
  });

  it('have the answer in force, and the last deletion once the case is closed', () => {
    expect(timesOf(decided)).toMatchObject([{ decided: aDecision().at, deleted: null }]);
    const deleted = decided.next({}, { code: 'deleted', keyId: OLDER });
    expect(timesOf(deleted)).toMatchObject([{ deleted: null }]);
    const closed = deleted.next({ phase: 'closed', closedAs: 'remediated' }, { code: 'closed' });
    expect(timesOf(closed)).toMatchObject([{ deleted: deleted.at }]);
  });

  it('have each change of a key', () => {
    const off = decided.next({}, { code: 'deactivated', keyId: OLDER });
    const on = off.next({}, { code: 'restored', keyId: OLDER });
    const gone = on.next({}, { code: 'deleted', keyId: OLDER });
    expect(timesOf(gone)[0]?.keys).toEqual({
      deactivated: [off.at],
      deleted: [gone.at],
      reactivated: [on.at],
    });
  });

  it('are without a deletion where none was', () => {
    const closed = history().next({ phase: 'closed', closedAs: 'by-owner' }, { code: 'closed' });
    expect(timesOf(closed)).toMatchObject([{ decided: null, deleted: null }]);
  });
});

describe('the times of several cases', () => {
  const head = { schema: 1, account: '1', userName: 'n', version: 1, asOf: NOW, final: true };
  const summary = (userId: string, caseNumber: number) =>
    ({
      ...head,
      id: `${userId}/${caseNumber}`,
      userId,
      caseNumber,
      openedAt: NOW,
      deactivated: [],
      deleted: [],
      restored: [],
    }) as never;
  const answer = (userId: string, caseNumber: number, id: string, more: object) =>
    ({ ...head, id, userId, caseNumber, ended: null, answeredAt: NOW, ...more }) as never;

  it('have the last answer in force of their own case, and none that is not dated or ended', () => {
    const later = plus(NOW, DAY);
    const found = recordedTimes({
      summary: [summary('A', 1), summary('A', 2), summary('B', 1)],
      decisions: [
        answer('A', 1, 'a', { answeredAt: later }),
        answer('A', 1, 'b', {}),
        answer('A', 2, 'c', { answeredAt: null }),
        answer('B', 1, 'd', { ended: { at: NOW, why: 'superseded', by: null, keyId: null } }),
      ],
    });
    expect(
      found.map(({ userId, caseNumber, decided, deleted }) => [userId, caseNumber, decided, deleted]),
    ).toEqual([
      ['A', 1, later, null],
      ['A', 2, null, null],
      ['B', 1, null, null],
    ]);
  });
});

describe('the times of all cases', () => {
  const one = (userId: string, daysAgo: number): RecordedTimes => ({
    ...{ userId, caseNumber: 1, decided: null, deleted: null },
    opened: plus(NOW, -daysAgo * DAY),
  });

  it('have those read last, in the order of users, and none of 400 days ago', () => {
    const read = { ...one('A', 3), decided: NOW };
    expect(withTimes([one('B', 2), one('A', 3), one('C', 401)], [read], NOW)).toEqual([read, one('B', 2)]);
    expect(withTimes([one('A', 3), one('B', 2)], [], NOW)).toEqual([one('A', 3), one('B', 2)]);
  });
});
