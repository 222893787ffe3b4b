import type { Policy } from '../model/policy.ts';
import { type Case, keysOfOurs } from './case.ts';
import { isUnexpected } from './unexpected-creators.ts';

/**
 * Reason why a key is restored only when its ending is typed after the word `reactivate`. `compromised`: it was deactivated
 * with that reason · `unexpected-creator`: nobody expected its creator · `restored-before`: it was restored once, so a
 * program that presses buttons could go on for ever.
 */
export type TypedBecause = 'compromised' | 'unexpected-creator' | 'restored-before';

type Suspected = Pick<Case, 'userName' | 'origins' | 'compromised' | 'restored'>;

/** The reason why this key must be typed to be restored, the most serious first; null if there is none. */
export function typedBecause(
  { compromised = [], origins, restored = {}, userName }: Suspected,
  keyId: string,
  policy: Pick<Policy, 'trustedCreators'>,
): TypedBecause | null {
  if (compromised.includes(keyId)) {
    return 'compromised';
  }
  const made = origins[keyId];
  if (made !== undefined && isUnexpected(made, userName, policy)) {
    return 'unexpected-creator';
  }
  return (restored[keyId] ?? 0) > 0 ? 'restored-before' : null;
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

/** True if a key that this case deactivated has an alarm. Then no mail offers a restore by one press of a button. */
export function isAnyAlarmed(current: Case, policy: Pick<Policy, 'trustedCreators'>): boolean {
  return keysOfOurs(current).some((id) => isAlarmed(current, id, policy));
}
