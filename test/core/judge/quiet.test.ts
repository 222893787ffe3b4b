import { describe, expect, test } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import { withoutLag } from '../../../functions/core/judge/lag.ts';
import { HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import {
  aCase,
  aDecision,
  key,
  NEWER,
  NOW,
  newer,
  OLDER,
  older,
  POLICY,
  THIRD,
  used,
} from '../../fakes/cases.ts';
import { judged, seen } from './scene.ts';

const decidedAt = plus(NOW, -HOUR);

/** Both older keys are to be deactivated; the use of some was acknowledged. */
function decided(...acknowledged: string[]) {
  const decision = aDecision({
    at: decidedAt,
    carriedOutAt: null,
    deactivate: [OLDER, THIRD],
    remove: [OLDER, THIRD],
    shownActive: [NEWER, OLDER, THIRD],
    acknowledged,
  });
  return aCase({ phase: 'approved', keys: [newer(), older(), key(THIRD)], decision });
}

/** Judges when OLDER and THIRD were last used then. */
function look(current = decided(), uses: Readonly<Record<string, string>> = {}) {
  const keys = [newer(), older(), key(THIRD)].map((one) => {
    const at = uses[one.id];
    return at === undefined ? one : { ...one, lastUsed: used(at) };
  });
  return judged({ current, observed: seen(keys) });
}

const beforeDecision = plus(decidedAt, -HOUR);

describe('S6: the quiet period', () => {
  test('a key used within it is not deactivated, though the use came before the decision', () => {
    const { action, next } = look(decided(), { [OLDER]: beforeDecision });
    expect(action).toBeNull();
    expect(next).toMatchObject({ decision: null, askedAgain: { code: 'in-use', keyId: OLDER } });
  });

  test('one used before it, and not since the decision, is deactivated', () => {
    const { action } = look(decided(), { [OLDER]: plus(NOW, -POLICY.quietPeriod) });
    expect(action).toEqual({ kind: 'deactivate', keyId: OLDER });
  });

  test('one used since the decision is not, however short the period', () => {
    const policy = { ...POLICY, quietPeriod: MINUTE };
    const busy = { ...older(), lastUsed: used(plus(decidedAt, MINUTE)) };
    const { action } = judged({ policy, current: decided(), observed: seen([newer(), busy, key(THIRD)]) });
    expect(action).toBeNull();
  });
});

describe('S6: a listing that goes back in time', () => {
  const created = plus(NOW, -POLICY.settle / 2);
  const recent = (...acknowledged: string[]) => {
    const decision = aDecision({ at: decidedAt, carriedOutAt: null, acknowledged });
    return aCase({ phase: 'approved', keys: [newer(), { ...older(), created }], decision });
  };
  const observedIn = (current: Case) =>
    withoutLag(seen([newer()]), { current, policy: POLICY, now: NOW, last: null });

  test('a key that it lacks is not deactivated on a last use that was read before', () => {
    const current = recent();
    const { action, next } = judged({ current, observed: observedIn(current) });
    expect(action).toBeNull();
    expect(next).toMatchObject({ phase: 'approved', unknownSince: NOW });
  });

  test('one whose use is acknowledged needs no reading', () => {
    const current = recent(OLDER);
    const { action } = judged({ current, observed: observedIn(current) });
    expect(action).toEqual({ kind: 'deactivate', keyId: OLDER });
  });
});

describe('S6: an acknowledgement is for the keys that it names', () => {
  const acknowledged = decided(OLDER);

  test('the named key is deactivated although it is in use', () => {
    const { action } = look(acknowledged, { [OLDER]: beforeDecision });
    expect(action).toEqual({ kind: 'deactivate', keyId: OLDER });
  });

  test('another one in use is not', () => {
    const off = {
      ...acknowledged,
      keys: [newer(), older('Inactive'), key(THIRD)],
      progress: { [OLDER]: { deactivated: plus(NOW, -MINUTE), graceEnds: plus(NOW, POLICY.grace) } },
    };
    const busy = { ...key(THIRD), lastUsed: used(beforeDecision) };
    const { action, next } = judged({ current: off, observed: seen([newer(), older('Inactive'), busy]) });
    expect(action).toBeNull();
    expect(next).toMatchObject({ decision: null, askedAgain: { code: 'in-use', keyId: THIRD } });
  });
});
