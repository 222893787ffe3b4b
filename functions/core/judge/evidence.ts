import { type Case, isOpen } from '../case/case.ts';
import { isSuspicious } from '../case/unexpected-creators.ts';
import { sameValue } from '../model/digest.ts';
import { ofThese, withOrigin } from './recorded.ts';
import type { Situation } from './situation.ts';

/**
 * Creators of keys to store for a user without an open case; null if there is nothing new. Only evidence that would
 * make a case urgent is stored: an unexpected creator may make a key while the user's other key is inactive, and
 * reactivate that one later.
 */
export function evidenceToKeep(
  { observed, origin, evidence, policy }: Situation,
  after: Case | null,
): Case['origins'] | null {
  if (origin === null || isOpen(after) || observed.kind !== 'user') {
    return null;
  }
  const { keys, userName } = observed;
  const origins = ofThese(keys, withOrigin(evidence, origin));
  const told = { userName, keys, origins: ofThese([{ id: origin.keyId }], origins) };
  return isSuspicious(told, policy) && !sameValue(origins, evidence) ? origins : null;
}
