import type { ObservedKey } from '../model/observation.ts';
import type { ProposalContext } from './context.ts';
import { safeInService } from './proposal.ts';

/** The key to keep if the key in service was created by someone unexpected: it depends on that person's answer. */
export interface Doubt {
  /** The creator to ask, for example `user/mallory`. */
  readonly by: string;
  /** The key to keep if they created it on purpose. */
  readonly ifMeant: string;
  /** The key to keep if they did not, or do not answer; null if all others have unexpected creators or are exposed. */
  readonly ifNot: string | null;
}

/** The doubt about a user's keys; null if a proposal can be made, or AWS called all of them exposed. */
export function doubt(keys: readonly ObservedKey[], context: ProposalContext): Doubt | null {
  const { unexpected } = context;
  const meant = safeInService(keys, context);
  const by = unexpected[meant?.id ?? ''];
  if (meant === undefined || by === undefined) {
    return null;
  }
  const expected = keys.filter(({ id }) => !(id in unexpected));
  return { by, ifMeant: meant.id, ifNot: safeInService(expected, context)?.id ?? null };
}
