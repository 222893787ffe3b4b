import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import type { HistoryEvent } from '../../../functions/core/case/history.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import type { DeletionRow } from '../../../functions/core/records/deletion-row.ts';
import { deletionRows } from '../../../functions/core/records/deletions.ts';
import type { RecordContext } from '../../../functions/core/records/row.ts';
import {
  aDecision,
  confirmedAt,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  OLDER,
  older,
  POLICY,
  toConfirm,
  toldOf,
} from '../../fakes/cases.ts';
import { history, recordContext } from '../../fakes/history.ts';

const OFF: HistoryEvent = { code: 'deactivated', keyId: OLDER };

/** The row about the older key, at the time of the last version. */
function rowOf(
  current: Case,
  events: readonly HistoryEvent[] = [],
  more: Partial<RecordContext> = {},
): DeletionRow {
  const told = history()
    .next({ ...current, number: 1 }, OFF)
    .next({}, ...events);
  const [row] = deletionRows(told.course, recordContext({ now: told.at, ...more }));
  if (row === undefined) {
    throw new Error('there is no row');
  }
  return row;
}

describe('a key that is deleted', () => {
  const gone = { keys: [newer()] };

  it('has the time, and that Solekey did it', () => {
    const at = plus(NOW, HOUR);
    const current = inGrace(
      { deleted: at },
      { ...gone, decision: aDecision({ confirmed: confirmedAt(NOW) }) },
    );
    expect(rowOf(current, [{ code: 'deleted', keyId: OLDER }])).toEqual({
      schema: 1,
      id: `AIDACKCEVSQ6C2EXAMPLE/1/${OLDER}`,
      account: '123456789012',
      userId: 'AIDACKCEVSQ6C2EXAMPLE',
      userName: 'ci-deploy',
      caseNumber: 1,
      version: 3,
      asOf: plus(NOW, 2 * HOUR),
      final: false,
      keyId: OLDER,
      state: 'deleted',
      deletedAt: at,
      deletedBy: 'solekey',
      why: null,
      due: null,
      heldFor: null,
      status: null,
      deactivatedAt: plus(NOW, -HOUR),
      announcedAt: null,
      confirmedBy: 'sec-lead',
      confirmedAt: NOW,
    });
  });

  it('by somebody else is said to be so', () => {
    const row = rowOf(inGrace({ deleted: NOW }, gone), [{ code: 'gone-without-us', keyId: OLDER }]);
    expect(row).toMatchObject({ state: 'deleted', deletedBy: 'others', deletedAt: NOW });
  });

  it('before Solekey deactivated it has the time at which it was seen gone', () => {
    const current = { ...inGrace({}, gone), progress: {} };
    const row = rowOf(current, [{ code: 'gone-without-us', keyId: OLDER }]);
    expect(row).toMatchObject({ deletedBy: 'others', deletedAt: plus(NOW, 2 * HOUR), announcedAt: null });
    expect(rowOf(current)).toMatchObject({ deletedBy: 'others', deletedAt: current.keysSeenAt });
  });

  it('with its user went with them, unless it was deleted before', () => {
    const closed = { phase: 'closed', phaseSince: NOW, closedAs: 'user-gone' } as const;
    expect(rowOf(inGrace({}, closed))).toMatchObject({ deletedBy: 'others', deletedAt: NOW, final: true });
    const before = inGrace({ deleted: plus(NOW, -DAY) }, { ...closed, ...gone });
    const row = rowOf(before, [{ code: 'deleted', keyId: OLDER }]);
    expect(row).toMatchObject({ deletedBy: 'solekey', deletedAt: plus(NOW, -DAY) });
  });
});

describe('a key that remains', () => {
  it.each<[DeletionRow['why'], Partial<Case>, HistoryEvent[]]>([
    ['expired', { keys: [newer(), key(OLDER, 'Expired')] }, []],
    ['deletion-never', { decision: aDecision({ terms: { grace: DAY, deletion: 'never' } }) }, []],
    ['deletion-never', { phase: 'closed', closedAs: 'deactivated' }, []],
    ['restored', { decision: null, keys: [newer(), older()] }, [{ code: 'restored', keyId: OLDER }]],
    [
      'by-hand',
      { decision: null, keys: [newer(), older()] },
      [{ code: 'reactivated-by-hand', keyId: OLDER }],
    ],
    ['not-decided', { decision: null }, [{ code: 'decision-void', detail: 'keys-changed' }]],
    [
      'kept',
      { decision: aDecision({ digest: '1'.repeat(64), keep: OLDER, remove: [NEWER], deactivate: [NEWER] }) },
      [],
    ],
    ['not-decided', { decision: aDecision({ digest: '1'.repeat(64), remove: [], deactivate: [] }) }, []],
  ])('says why: %s', (why, more, events) => {
    const told = history()
      .next({ ...inGrace({}), number: 1 }, OFF)
      .next(more, ...events);
    const rows = deletionRows(told.course, recordContext());
    expect(rows.find(({ keyId }) => keyId === OLDER)).toMatchObject({
      state: 'remaining',
      why,
      due: null,
      deletedAt: null,
      deletedBy: null,
      confirmedBy: null,
    });
  });
});

describe('a key that is pending', () => {
  const now = plus(NOW, HOUR);
  const due = plus(NOW, 7 * DAY - HOUR);
  const paused = { pauses: [{ from: NOW, to: null }], revoked: [] };

  it.each<[DeletionRow['why'], string | null, Case, Partial<RecordContext>]>([
    ['grace', due, inGrace({}), {}],
    ['announced', due, inGrace(toldOf(NOW, due)), {}],
    ['put-off', plus(NOW, 30 * DAY), inGrace({ inactiveUntil: plus(NOW, 30 * DAY) }), {}],
    [
      'deleting',
      now,
      inGrace({
        deleting: NOW,
        graceEnds: NOW,
        ...toldOf(plus(NOW, -2 * DAY)),
        deactivated: plus(NOW, -8 * DAY),
      }),
      {},
    ],
    ['confirmation', null, toConfirm(), {}],
    ['held', null, inGrace({}, { phase: 'held', heldFor: 'used-after-deactivation' }), {}],
    ['paused', null, inGrace({}), { control: paused }],
    ['observe-mode', null, inGrace({}), { policy: { ...POLICY, mode: 'observe' } }],
    [
      'to-deactivate',
      null,
      { ...inGrace({}), keys: [newer(), older()], progress: { [OLDER]: {} }, phase: 'approved' },
      {},
    ],
  ])('says why, and when it is due: %s', (why, date, current, more) => {
    const row = rowOf(current, [], { now, ...more });
    expect(row).toMatchObject({ state: 'pending', why, due: date, heldFor: current.heldFor });
  });

  it('waits for its date once the deletion is confirmed', () => {
    const row = rowOf(toConfirm({ confirmed: confirmedAt(NOW) }), [], { now });
    expect(row).toMatchObject({ state: 'pending', why: 'announced', confirmedBy: 'sec-lead' });
  });

  it('has the time at which it was last deactivated, also after it came back', () => {
    const current = { ...inGrace({}), progress: {} };
    expect(rowOf(current, [], { now }).deactivatedAt).toBe(plus(NOW, HOUR));
    const never = history().next({ ...current, number: 1 });
    expect(deletionRows(never.course, recordContext())[0]?.deactivatedAt).toBeNull();
  });
});

it('there is no row about a key that no decision removes', () => {
  expect(deletionRows(history().course, recordContext())).toEqual([]);
});
