/** The table of transitions, from the other side: whatever stands in it happens, each move in a scene of its own. */
import { describe, expect, it, test } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import { TRANSITIONS } from '../../../functions/core/case/transitions.ts';
import type { Observation } from '../../../functions/core/model/observation.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import { asked, judged, seen } from '../../core/judge/scene.ts';
import {
  ACCOUNT,
  aCase,
  aDecision,
  inGrace,
  key,
  NOW,
  newer,
  OLDER,
  older,
  POLICY,
  restoringSince,
  someOff,
  THIRD,
  toldOf,
  USER_ID,
} from '../../fakes/cases.ts';
import { SEEN } from '../../fakes/moves.ts';
import { played } from './played.ts';
import { CASES, ROWS } from './rows.ts';

const unreadable: Observation = {
  kind: 'unknown',
  account: ACCOUNT,
  userId: USER_ID,
  why: 'throttled',
  at: NOW,
};
const third = () => key(THIRD, 'Active', { created: plus(NOW, -20 * DAY) });
const everybody = { ...POLICY, exclude: { tag: null, users: ['*'] } };
const keepNewer = (...off: string[]) => ({ kind: 'keep', keep: newer().id, off, acknowledged: [] }) as const;

/** The older key, off for eight days: its grace period is over, and its deletion was announced in time. */
const overdue = {
  deactivated: plus(NOW, -8 * DAY),
  graceEnds: plus(NOW, -DAY),
  ...toldOf(plus(NOW, -2 * DAY)),
};
const confirmable = aDecision({
  at: plus(NOW, -8 * DAY),
  terms: { grace: 7 * DAY, deletion: 'on-confirmation' },
});
const unknownHold: Partial<Case> = {
  phase: 'held',
  heldFor: 'unknown',
  phaseSince: plus(NOW, -HOUR),
  unknownSince: plus(NOW, -2 * DAY),
};

function typical(phase: string): Case {
  const current = CASES[phase];
  if (current === null || current === undefined) {
    throw new Error(`there is no typical case in the phase ${phase}`);
  }
  return current;
}

describe('moves that need more than one row of the matrix', () => {
  it.each([
    'rotating',
    'awaiting-decision',
    'approved',
    'grace',
    'awaiting-confirmation',
    'deleting',
    'excluded',
    'exception',
  ])('a day without an answer from IAM holds a case that was %s', (phase) => {
    const current = { ...typical(phase), unknownSince: plus(NOW, -DAY) };
    expect(judged({ current, observed: unreadable }).next).toMatchObject({
      phase: 'held',
      heldFor: 'unknown',
    });
  });

  it.each(['grace', 'awaiting-confirmation', 'deleting', 'closed'])(
    'a user with two active keys, none of them off because of us, is excluded after %s',
    (phase) => {
      const observed = seen([newer(), third()]);
      const { next } = judged({ current: typical(phase), observed, policy: everybody });
      expect(next).toMatchObject({ phase: 'excluded', decision: null });
    },
  );

  it('an answer about a key that is off already starts its grace period', () => {
    const off = { [OLDER]: { deactivated: plus(NOW, -DAY) } };
    const current = aCase({ keys: [newer(), older('Inactive')], progress: off });
    const request = asked(current, keepNewer(OLDER));
    expect(judged({ current, observed: seen(current.keys), request }).next?.phase).toBe('grace');
  });

  it('an answer counts once the restore that stood before it has lapsed', () => {
    // Two keys were asked for; one came back, IAM refuses the other, and whoever asked is no approver any more.
    const keys = [newer(), third(), older('Inactive')];
    const progress = { [OLDER]: { deactivated: plus(NOW, -DAY), restoring: restoringSince(plus(NOW, -60)) } };
    const current = inGrace(
      {},
      { keys, progress, decision: null, askedAgain: { code: 'restored', by: 'x' } },
    );
    const request = asked(current, keepNewer(THIRD, OLDER), {
      recipient: 'platform-lead',
      address: aDecision().address,
    });
    const control = { pauses: [], revoked: ['sec-lead'] };
    const { next, action } = judged({ current, observed: seen(keys), request, control });
    expect([next?.phase, action]).toEqual(['approved', { kind: 'deactivate', keyId: THIRD }]);
  });

  it('a deletion that wants a confirmation asks for it when grace is over, and again after a hold', () => {
    for (const before of [{}, unknownHold]) {
      const current = inGrace(overdue, { decision: confirmable, ...before });
      expect(judged({ current, observed: seen(current.keys) }).next?.phase).toBe('awaiting-confirmation');
    }
  });

  it('an exception carries on with keys that are deleted after all, and with one that is seen again', () => {
    const kept = someOff({}, { phase: 'exception' });
    expect(judged({ current: kept, observed: seen(kept.keys) }).next?.phase).toBe('grace');
    const gone = { deleting: plus(NOW, -DAY), deletionClaimed: plus(NOW, -DAY), deleted: plus(NOW, -DAY) };
    const back = someOff({ ...overdue, ...gone }, { phase: 'exception' });
    expect(judged({ current: back, observed: seen(kept.keys) }).next?.phase).toBe('deleting');
  });

  it('an exception lasts once the keys of its decision are deleted', () => {
    const deleted = someOff({ ...overdue, deleted: plus(NOW, -HOUR) }, { phase: 'deleting' });
    expect(judged({ current: deleted, observed: seen([newer(), older()]) }).next?.phase).toBe('exception');
  });

  it('a deletion is committed when grace is over, and goes on after a hold', () => {
    const after = inGrace({ ...overdue, deleting: plus(NOW, -2 * DAY) }, unknownHold);
    for (const current of [inGrace(overdue), after]) {
      expect(judged({ current, observed: seen(current.keys) }).next?.phase).toBe('deleting');
    }
  });
});

test('the table has every move that was seen here or in a row of the matrix, and no other', async () => {
  for (const row of Object.keys(ROWS)) {
    for (const current of Object.values(CASES)) {
      await played(row, current);
    }
  }
  const declared = Object.entries(TRANSITIONS).flatMap(([from, to]) =>
    to.map((phase) => `${from} > ${phase}`),
  );
  expect(
    declared.filter((move) => !SEEN.has(move)),
    'declared and never seen',
  ).toEqual([]);
  expect(
    [...SEEN].filter((move) => !declared.includes(move)),
    'seen and not declared',
  ).toEqual([]);
});
