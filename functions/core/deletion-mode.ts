import type { Decision } from './case.ts';
import type { Deletion, Policy } from './policy.ts';

/** Ways of deletion that are stricter than the usual one, the strictest first. */
const STRICTER: readonly Deletion[] = ['never', 'on-confirmation'];

/**
 * What becomes of the keys of a decision: as people were told, or as the settings are now, whichever is stricter.
 * Without a decision nothing is deleted.
 */
export function deletionMode(decision: Decision | null, policy: Policy): Deletion {
  if (decision === null) return 'never';
  const named = [decision.terms.deletion, policy.deletion];
  return STRICTER.find((mode) => named.includes(mode)) ?? 'after-grace';
}
