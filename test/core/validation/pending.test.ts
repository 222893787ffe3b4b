import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import { paused } from '../../../functions/core/model/control.ts';
import { type Policy, UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import { pendingKeys } from '../../../functions/core/validation/pending.ts';
import {
  aCase,
  aDecision,
  bothInactive,
  confirmedAt,
  inGrace,
  NOW,
  OLDER,
  POLICY,
  THIRD,
  toConfirm,
} from '../../fakes/cases.ts';

const ENDS = plus(NOW, 7 * DAY - HOUR);
const SINCE = plus(NOW, -HOUR);

function pending(current: Case, policy: Partial<Policy> = {}, control = UNRESTRICTED) {
  return pendingKeys(current, { policy: { ...POLICY, ...policy }, control, at: NOW });
}

/** The reason and the date of the only key that is pending. */
function why(...given: Parameters<typeof pending>) {
  const [first] = pending(...given);
  return [first?.why, first?.until];
}

describe('a key that is pending', () => {
  it('is one that is decided and still active', () => {
    const current = aCase({ phase: 'approved', decision: aDecision() });
    expect(pending(current)).toEqual([{ keyId: OLDER, why: 'to-deactivate', since: null, until: null }]);
    expect(pending(aCase())).toEqual([]);
  });

  it('is every one that Solekey deactivated, with the end of its grace period', () => {
    expect(pending(inGrace())).toEqual([{ keyId: OLDER, why: 'grace', since: SINCE, until: ENDS }]);
    expect(pending(bothInactive()).map(({ keyId }) => keyId)).toEqual([OLDER, THIRD]);
    expect(pending(inGrace({ deleted: NOW }))).toEqual([]);
  });

  it('is said once where one of two is inactive and the other still active', () => {
    const decision = aDecision({ deactivate: [OLDER, THIRD], remove: [OLDER, THIRD] });
    const current = inGrace({}, { decision });
    const keys = [...current.keys, { ...aCase().keys[1], id: THIRD } as Case['keys'][number]];
    expect(pending({ ...current, keys }).map(({ keyId, why: reason }) => [keyId, reason])).toEqual([
      [THIRD, 'to-deactivate'],
      [OLDER, 'grace'],
    ]);
  });

  it('has what stops its deletion, whatever the date', () => {
    expect(why(inGrace({}, { phase: 'held', heldFor: 'unknown' }))).toEqual(['held', null]);
    expect(why(inGrace({}, { phase: 'excluded' }))).toEqual(['excluded', null]);
    expect(why(inGrace({}, { decision: null }))).toEqual(['undecided', null]);
    expect(why(inGrace(), {}, paused(UNRESTRICTED, NOW))).toEqual(['paused', null]);
    expect(why(inGrace(), { deletion: 'never' })).toEqual(['never', ENDS]);
    expect(why(inGrace({ deleting: NOW }, { phase: 'deleting' }))).toEqual(['deleting', null]);
  });

  it('waits for a confirmation, and once it is given for its turn', () => {
    expect(why(toConfirm())).toEqual(['confirmation', null]);
    expect(why(toConfirm({ confirmed: confirmedAt(NOW) }))).toEqual(['due', null]);
    expect(why(inGrace({ graceEnds: NOW, graceFrom: plus(NOW, -8 * DAY) }))).toEqual(['due', null]);
    const { graceEnds: _, ...progress } = inGrace().progress[OLDER] ?? {};
    expect(why(inGrace({}, { progress: { [OLDER]: progress } }))).toEqual(['due', null]);
  });

  it('is kept inactive until a date by an approver', () => {
    const until = plus(NOW, 30 * DAY);
    expect(why(inGrace({ inactiveUntil: until }))).toEqual(['put-off', until]);
    expect(why(inGrace({ inactiveUntil: plus(NOW, DAY) }))).toEqual(['grace', ENDS]);
  });
});
