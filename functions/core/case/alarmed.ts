import type { Policy } from '../model/policy.ts';
import type { Case } from './case.ts';
import { isExpected } from './unexpected-creators.ts';

/**
 * True for an *alarmed key*: an unexpected creator made it and nobody has decided to keep it since, or the decision that deactivates it
 * says that it is compromised. No mail has a link that only needs a press to reactivate such a key: that is typed on its page.
 */
export function isAlarmedKey(
  { userName, origins, decision }: Pick<Case, 'userName' | 'origins' | 'decision'>,
  keyId: string,
  trust: Pick<Policy, 'trustedCreators'>,
): boolean {
  const made = origins[keyId];
  const byStranger =
    made !== undefined && made.answered === undefined && !isExpected(made.createdBy, userName, trust);
  return byStranger || (decision?.reason === 'compromised' && decision.remove.includes(keyId));
}
