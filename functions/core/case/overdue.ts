import { onlyObserves } from '../model/only.ts';
import type { Policy } from '../model/policy.ts';
import { type Instant, latest } from '../model/time.ts';
import { type Case, type HeldReason, isOpen, type Phase } from './case.ts';
import { overdueFrom } from './dates.ts';

/** The phases in which a case waits for a person. */
const WAITS_FOR_PERSON = {
  rotating: false,
  'awaiting-decision': true,
  exception: false,
  approved: false,
  grace: false,
  'awaiting-confirmation': true,
  deleting: false,
  held: true,
  excluded: false,
  closed: false,
} as const satisfies Record<Phase, boolean>;

/** True if a case waits for a person who has been notified of that. */
export function asksSomebody(current: Case): boolean {
  return isOpen(current) && WAITS_FOR_PERSON[current.phase] && current.toldAt !== null;
}

/** True for holds in which a person has something to decide. Of the others IAM's answer is the end. */
const IS_QUESTION = {
  'used-after-deactivation': true,
  'no-active-key': true,
  'restore-by-hand': true,
  unknown: false,
} as const satisfies Record<HeldReason, boolean>;

/**
 * Since when the present question of a case is overdue; null if it is not, if it asks nobody, or if Solekey only observes
 * the user. People and AWS Config are told so, and nothing else follows from it.
 */
export function overdueSince(current: Case, policy: Policy, now: Instant): Instant | null {
  const { toldAt, phaseSince, heldFor, reopenedAt = '' } = current;
  const asks = asksSomebody(current) && (heldFor === null || IS_QUESTION[heldFor]);
  if (toldAt === null || !asks || onlyObserves(policy, current)) {
    return null;
  }
  // A hold starts from its own beginning, and so does a question that was resolved in the meantime.
  const since = overdueFrom(latest(toldAt, reopenedAt, heldFor === null ? null : phaseSince), policy);
  return since <= now ? since : null;
}
