import { type Case, keysOfOurs } from '../case/case.ts';
import { isCompromised } from '../case/decision.ts';
import type { Ask } from '../case/requests.ts';
import { isSuspicious } from '../case/unexpected-creators.ts';
import { onlyObserves } from '../model/only.ts';
import type { Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { adviceFor } from './advice.ts';
import type { Evidence } from './context.ts';
import type { Proposal } from './proposal.ts';

/**
 * The proposal that a list link may decide; null if it may decide nothing about this case. The case must be harmless:
 * undecided, with nothing pending and no alarm, of a user known to have no power over permissions, with a high confidence,
 * and no key to deactivate in use. Evidence can only withhold this permission (S15), and a fact that is not known withholds
 * it (law 3).
 */
export function harmlessProposal(
  current: Case,
  evidence: Evidence,
  policy: Policy,
  now: Instant,
): Proposal | null {
  const undecided = current.phase === 'awaiting-decision' && current.decision === null;
  const untouched = keysOfOurs(current).length === 0 && !current.excluded;
  const ordinary = evidence.about?.privilege.kind === 'ordinary';
  if (
    onlyObserves(policy, current) ||
    !undecided ||
    !untouched ||
    !ordinary ||
    isSuspicious(current, policy)
  ) {
    return null;
  }
  const advice = adviceFor(current, policy, now, evidence);
  if (advice.kind !== 'proposal' || advice.proposal.confidence !== 'high') {
    return null;
  }
  // A high confidence also means that no key to deactivate is in use, or has a last use that is not known.
  return advice.proposal;
}

/**
 * True if a list link permits this answer, given the proposal that it may decide now: only to carry out exactly that, with no
 * use acknowledged, and so not for a key that is called compromised, whose use needs no acknowledgement (S6). A restore needs
 * no proposal: nothing may stop it.
 */
export function listPermits(ask: Ask, harmless: Pick<Proposal, 'keep'> | null): boolean {
  switch (ask.kind) {
    case 'keep':
      return ask.keep === harmless?.keep && ask.acknowledged.length === 0 && !isCompromised(ask);
    case 'restore':
      return true;
    case 'none':
    case 'not-now':
    case 'confirm':
    case 'keep-inactive':
      return false;
  }
}

/** True if a list link may decide this case now: by carrying out the proposal, and in no other way. */
export function listDecides(current: Case, evidence: Evidence, policy: Policy, now: Instant): boolean {
  return harmlessProposal(current, evidence, policy, now) !== null;
}
