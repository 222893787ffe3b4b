import type { Policy } from '../model/policy.ts';
import type { Case } from './case.ts';
import { isExpected } from './unexpected-creators.ts';

/**
 * Reason why a key comes back only when its ending is typed after the word `reactivate`. `compromised`: it was deactivated
 * with that reason · `unexpected-creator`: nobody expected its creator · `restored-before`: it was restored once, so a
 * program that presses buttons could go on for ever.
 */
export type TypedBecause = 'compromised' | 'unexpected-creator' | 'restored-before';

type Suspected = Pick<Case, 'userName' | 'origins' | 'compromised' | 'restored'>;

/** The reason why this key must be typed to be restored, the most serious first; null if there is none. */
export function typedBecause(
  current: Suspected,
  keyId: string,
  policy: Pick<Policy, 'trustedCreators'>,
): TypedBecause | null {
  if (current.compromised?.includes(keyId) === true) {
    return 'compromised';
  }
  const made = current.origins[keyId];
  if (
    made !== undefined &&
    made.answered === undefined &&
    !isExpected(made.createdBy, current.userName, policy)
  ) {
    return 'unexpected-creator';
  }
  return (current.restored?.[keyId] ?? 0) > 0 ? 'restored-before' : null;
}

/** True if a key has an alarm: it was deactivated as compromised, or nobody expected its creator. */
export function isAlarmed(
  current: Suspected,
  keyId: string,
  policy: Pick<Policy, 'trustedCreators'>,
): boolean {
  const why = typedBecause(current, keyId, policy);
  return why === 'compromised' || why === 'unexpected-creator';
}
