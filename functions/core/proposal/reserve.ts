import type { Reserved } from '../inventory/reserved.ts';
import type { ObservedKey } from '../model/observation.ts';
import type { Weighed } from './reason.ts';

/**
 * Doubts about the other keys, because tags say that these are for rare use. Tags say nothing of whoever wrote them, so all
 * they can do is to have the owner asked.
 */
export function doubtsFromTags(others: readonly ObservedKey[], reserved: Reserved | undefined): Weighed[] {
  return reserved === undefined
    ? []
    : others
        .filter(({ id }) => reserved.user || reserved.keys.includes(id))
        .map(({ id: keyId }) => ({ reason: { code: 'in-reserve', keyId }, confidence: 'low' }));
}
