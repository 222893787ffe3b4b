import { isAlarmed } from '../case/alarmed-key.ts';
import type { Case } from '../case/case.ts';
import { isOlderThanRotation } from '../case/dates.ts';
import { isExpected, isKnown } from '../case/unexpected-creators.ts';
import type { Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import type { Evidence } from './context.ts';
import { harmlessProposal } from './harmless.ts';
import type { Proposal } from './proposal.ts';

/**
 * The proposal that may be decided together with those of other users; null if this user is decided alone. The case must be
 * harmless, and the key to keep must be settled: older than the rotation window, with a creator on record who is expected to
 * create it. People look less closely at one of twenty, so a key of which we know least, because it is new or nobody knows where
 * it came from, is never kept that way. That a person once decided to keep it makes no creator expected.
 */
export function togetherProposal(
  current: Case,
  evidence: Evidence,
  policy: Policy,
  now: Instant,
): Proposal | null {
  const proposal = harmlessProposal(current, evidence, policy, now);
  return proposal !== null && isSettled(current, proposal.keep, policy, now) ? proposal : null;
}

function isSettled(current: Case, keep: string, policy: Policy, now: Instant): boolean {
  const { keys, origins, userName } = current;
  const kept = keys.find(({ id }) => id === keep);
  const origin = origins[keep];
  return (
    kept !== undefined &&
    isOlderThanRotation(kept.created, policy, now) &&
    !isAlarmed(current, keep, policy) &&
    origin !== undefined &&
    isKnown(origin.createdBy) &&
    isExpected(origin.createdBy, userName, policy)
  );
}
