import type { ObservedKey } from '../model/observation.ts';
import { inService, type ProposalContext } from './proposal.ts';

/** What to keep where the key in service was made by a stranger: that depends on what they answer. */
export interface Doubt {
  /** Whom to ask. */
  readonly by: string;
  /** The key to keep if it was meant. */
  readonly ifMeant: string;
  /** The key to keep if not, or if nobody answers; null: strangers made them all. */
  readonly ifNot: string | null;
}

/** Null where a proposal can be made. */
export function doubt(keys: readonly ObservedKey[], { unexpected }: ProposalContext): Doubt | null {
  const meant = inService(keys);
  const by = unexpected[meant?.id ?? ''];
  if (meant === undefined || by === undefined) {
    return null;
  }
  const expected = keys.filter(({ id }) => !(id in unexpected));
  return { by, ifMeant: meant.id, ifNot: inService(expected)?.id ?? null };
}
