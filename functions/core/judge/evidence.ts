import { type Case, isOpen } from '../case/case.ts';
import { isSuspicious } from '../case/unexpected-creators.ts';
import { sameValue } from '../model/digest.ts';
import { ofThese, withOrigin } from './recorded.ts';
import type { Situation } from './situation.ts';

/**
 * What to keep of who made a key while no case is there to keep it; null: nothing new. Kept is only what would make a
 * case urgent: a stranger may make a key while the user's other one is off, and switch that on again later.
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
