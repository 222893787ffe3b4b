import type { Policy } from '../model/policy.ts';
import { type Case, keysOfOurs } from './case.ts';
import { exposedHow, NOTHING_EXPOSED } from './exposure.ts';
import { isUnexpected } from './unexpected-creators.ts';

/**
 * Reason why a key is restored only when its ending is typed after the word `reactivate`. `compromised`: it was deactivated
 * with that reason · `exposed`: AWS called it exposed, or quarantined its user · `unexpected-creator`: nobody expected its creator · `restored-before`: it was restored once, so a
 * program that presses buttons could go on for ever.
 */
export type TypedBecause = 'compromised' | 'exposed' | 'unexpected-creator' | 'restored-before';

type Suspected = Pick<Case, 'userName' | 'keys' | 'origins' | 'compromised' | 'exposed' | 'restored'>;

/** The reason why this key must be typed to be restored, the most serious first; null if there is none. */
export function typedBecause(
  { compromised = [], exposed = NOTHING_EXPOSED, keys, origins, restored = {}, userName }: Suspected,
  keyId: string,
  policy: Pick<Policy, 'trustedCreators'>,
): TypedBecause | null {
  if (compromised.includes(keyId)) {
    return 'compromised';
  }
  if (keys.some((key) => key.id === keyId && exposedHow(exposed, key) !== null)) {
    return 'exposed';
  }
  const made = origins[keyId];
  if (made !== undefined && isUnexpected(made, userName, policy)) {
    return 'unexpected-creator';
  }
  return (restored[keyId] ?? 0) > 0 ? 'restored-before' : null;
}

const IS_ALARM = {
  compromised: true,
  exposed: true,
  'unexpected-creator': true,
  'restored-before': false,
} as const satisfies Record<TypedBecause, boolean>;

/** True if a key has an alarm: it was deactivated as compromised, AWS called it exposed, or nobody expected its creator. */
export function isAlarmed(
  current: Suspected,
  keyId: string,
  policy: Pick<Policy, 'trustedCreators'>,
): boolean {
  const why = typedBecause(current, keyId, policy);
  return why !== null && IS_ALARM[why];
}

/** True if a key that this case deactivated has an alarm. Then no mail offers a restore by one press of a button. */
export function isAnyAlarmed(current: Case, policy: Pick<Policy, 'trustedCreators'>): boolean {
  return keysOfOurs(current).some((id) => isAlarmed(current, id, policy));
}
