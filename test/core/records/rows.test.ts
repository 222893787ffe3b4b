import { describe, expect, it } from 'vitest';
import { remediatedUsers } from '../../../functions/core/records/remediated.ts';
import {
  joinedRows,
  latestRows,
  NO_ROWS,
  recordRows,
  rowsAfter,
} from '../../../functions/core/records/rows.ts';
import { aDecision, NEWER, NOW, newer, OLDER, POLICY } from '../../fakes/cases.ts';
import { history, recordContext } from '../../fakes/history.ts';

const CLOSED = { phase: 'closed', phaseSince: NOW, closedAs: 'remediated', keys: [newer()] } as const;

/** A case that was remediated. */
const remediated = () =>
  history()
    .next({ decision: aDecision(), asking: 2 })
    .next({ ...CLOSED });

/** The next case of the same user, which waits for a decision. */
const again = () =>
  remediated().next({ number: 2, phase: 'awaiting-decision', closedAs: null, decision: null, asking: 1 });

const rowsOf = ({ versions }: ReturnType<typeof history>) => recordRows(versions, recordContext());

describe('the rows of a user', () => {
  it('are of every case, and of each kind', () => {
    const failed = again().next(
      { decision: aDecision(), asking: 2 },
      { code: 'deactivation-refused', keyId: OLDER },
    );
    const rows = rowsOf(failed);
    expect(rows.decisions.map(({ id }) => id)).toEqual([
      'AIDACKCEVSQ6C2EXAMPLE/1/1',
      'AIDACKCEVSQ6C2EXAMPLE/2/1',
    ]);
    expect(rows.summary.map(({ caseNumber, final }) => [caseNumber, final])).toEqual([
      [1, true],
      [2, false],
    ]);
    expect(rows.deletions).toHaveLength(2);
    expect(rows.failures).toHaveLength(1);
  });

  it('have decisions, exclusions and put-off deletions in the order in which they were recorded', () => {
    const told = history({ excluded: true })
      .next({ excluded: false })
      .next({ decision: aDecision(), asking: 2 })
      .next({ asking: 3 }, { code: 'kept-inactive', keyId: OLDER, detail: NOW });
    expect(rowsOf(told).decisions.map(({ kind }) => kind)).toEqual(['excluded', 'keep', 'keep-inactive']);
  });

  it('are none without a history', () => {
    expect(recordRows([], recordContext())).toEqual(NO_ROWS);
  });
});

describe('of rows', () => {
  it('those are new that have a later entry', () => {
    const rows = rowsAfter(rowsOf(again()), 3);
    expect([rows.decisions.length, rows.summary.length, rows.deletions.length, rows.failures.length]).toEqual(
      [0, 1, 0, 0],
    );
    expect(rows.summary[0]?.caseNumber).toBe(2);
  });

  it('the latest about the same thing counts', () => {
    const before = rowsOf(history().next({ decision: aDecision(), asking: 2 }));
    const rows = latestRows(joinedRows([before, rowsOf(remediated())]));
    expect(rows).toEqual(rowsOf(remediated()));
  });
});

describe('the remediated users', () => {
  const USER = {
    userId: 'AIDACKCEVSQ6C2EXAMPLE',
    userName: 'ci-deploy',
    caseNumber: 1,
    expectedActive: [NEWER],
    decidedAt: aDecision().at,
    closedAt: NOW,
    closedAs: 'remediated',
  };

  it('are those whose latest case ended with a decision in force', () => {
    expect(remediatedUsers(rowsOf(remediated()))).toEqual([USER]);
    expect(remediatedUsers(rowsOf(again()))).toEqual([]);
    expect(remediatedUsers(rowsOf(history().next({ ...CLOSED, closedAs: 'by-owner' })))).toEqual([]);
  });

  it('are found in rows of several anchors, whatever the order of their cases', () => {
    const [before, after] = [rowsOf(remediated()), rowsOf(again())];
    expect(remediatedUsers(joinedRows([before, rowsAfter(after, 3)]))).toEqual([]);
    expect(remediatedUsers(joinedRows([rowsAfter(after, 3), before]))).toEqual([]);
  });

  it('are none of whom a row does not say when somebody decided, or how the case ended', () => {
    const { decisions, summary } = rowsOf(remediated());
    const without = (more: object) => ({ summary, decisions: decisions.map((row) => ({ ...row, ...more })) });
    expect(remediatedUsers(without({ answeredAt: null }))).toEqual([]);
    expect(remediatedUsers(without({ closedAt: null }))).toEqual([]);
    expect(remediatedUsers(without({ closedAs: null }))).toEqual([]);
  });
});

it('a user who is no approver any more still stands in the rows', () => {
  const rows = recordRows(remediated().versions, recordContext({ policy: { ...POLICY, approvers: [] } }));
  expect(rows.decisions[0]?.by).toBe('platform-lead');
});
