import { type Case, isOpen } from '../case/case.ts';
import { ofThese, withFewOthers, withOrigin } from '../case/origins.ts';
import { isExpected, isSuspicious } from '../case/unexpected-creators.ts';
import { sameValue } from '../model/digest.ts';
import type { Policy } from '../model/policy.ts';
import type { Situation } from './situation.ts';

/** The stored data of a user after a pass: the case, and the creators of keys beside it. */
interface After {
  readonly case: Case | null;
  readonly evidence: Case['origins'];
}

/** True if an unexpected creator is known of some key of the user, so that a new case would be told at once. */
export function isAlarming(
  { origin, evidence }: Pick<Situation, 'origin' | 'evidence'>,
  userName: string,
  policy: Pick<Policy, 'trustedCreators'>,
): boolean {
  const creators = [...Object.values(evidence), ...(origin === null ? [] : [origin])];
  return creators.some(({ createdBy }) => !isExpected(createdBy, userName, policy));
}

/**
 * Creators of keys to store for a user without an open case; null if there is nothing new. Only evidence that would
 * make a case urgent is stored: an unexpected creator may make a key while the user's other key is inactive, and
 * reactivate that one later.
 */
export function evidenceToKeep(
  { observed, origin, evidence, policy }: Situation,
  { case: current, evidence: kept }: After,
): Case['origins'] | null {
  if (isOpen(current) || observed.kind !== 'user') {
    return null;
  }
  const { keys, userName } = observed;
  const origins = ofThese(keys, withOrigin({ userName, origins: evidence }, origin, policy));
  const fresh = Object.entries(origins).filter(([id, one]) => !sameValue(one, kept[id]));
  return isSuspicious({ userName, keys, origins: Object.fromEntries(fresh) }, policy) ? origins : null;
}

/**
 * Creators of keys to store before a pass that must wait hands over to a later one; null if the case has what this
 * event says, or it says nothing. The later pass is woken by a message that cannot say it again.
 */
export function evidenceToHandOn(
  { observed, origin, policy }: Situation,
  { case: current, evidence }: After,
): Case['origins'] | null {
  if (origin === null || (isOpen(current) && current.origins[origin.keyId] !== undefined)) {
    return null;
  }
  const userName = (observed.kind === 'user' ? observed.userName : current?.userName) ?? '';
  const origins = withOrigin({ userName, origins: evidence }, origin, policy);
  return sameValue(origins, evidence) ? null : withFewOthers(current?.keys ?? [], origins);
}
