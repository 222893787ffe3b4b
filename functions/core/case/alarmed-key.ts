import type { Policy } from '../model/policy.ts';
import { type Case, keysOfOurs } from './case.ts';
import { isUnexpected } from './unexpected-creators.ts';

type Suspected = Pick<Case, 'userName' | 'origins' | 'compromised'>;

/** True if a key has an alarm: it was deactivated as compromised, or nobody expected its creator. */
export function isAlarmed(
  { compromised = [], origins, userName }: Suspected,
  keyId: string,
  policy: Pick<Policy, 'trustedCreators'>,
): boolean {
  const made = origins[keyId];
  return compromised.includes(keyId) || (made !== undefined && isUnexpected(made, userName, policy));
}

/** True if a key that this case deactivated has an alarm. Then no mail offers a restore by one press of a button. */
export function isAnyAlarmed(current: Case, policy: Pick<Policy, 'trustedCreators'>): boolean {
  return keysOfOurs(current).some((id) => isAlarmed(current, id, policy));
}
