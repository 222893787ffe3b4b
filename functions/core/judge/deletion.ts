import type { Decision, KeyProgress } from '../case.ts';
import { deletionMode } from '../deletion-mode.ts';
import type { Control, Policy } from '../policy.ts';
import { isPaused, pausedSince, resumedAt } from '../policy.ts';
import { DAY, type Instant, latest, MINUTE, plus, type Seconds } from '../time.ts';

/** Uses up to this long after the deactivation may still be its echo (IAM records one use per 15 minutes). */
export const ECHO = 15 * MINUTE;

/** Whether the deletion may be committed and carried out, as far as settings and people go. Dates are another matter. */
export function mayDelete(decision: Decision, policy: Policy): boolean {
  const mode = deletionMode(decision, policy);
  return mode === 'after-grace' || (mode === 'on-confirmation' && decision.confirmed !== null);
}

/** S13: a deletion must have been announced at least this long before. */
export function announcementLead(grace: Seconds): Seconds {
  return Math.min(DAY, grace / 2);
}

/**
 * When the deletion of a key was announced. An announcement from before the last resume counts no more, so while paused
 * none does: whoever waited for its date would hear of the resume late, and announce anew late.
 */
export function announcedAt({ announced }: KeyProgress, control: Control): Instant | null {
  if (announced === undefined || isPaused(control)) return null;
  return announced >= (resumedAt(control) ?? announced) ? announced : null;
}

/** When the grace period of a key really ends: never before the date told to people, later by time paused and longer settings. */
export function graceEnd(
  progress: KeyProgress,
  policy: Policy,
  control: Control,
  now: Instant,
): Instant | null {
  const { deactivated, graceFrom = deactivated, graceEnds } = progress;
  if (graceFrom === undefined || graceEnds === undefined) return null;
  return plus(latest(graceEnds, plus(graceFrom, policy.grace)), pausedSince(control, graceFrom, now));
}

/** Until when the grace period of a key that is never deleted keeps the case open; null: it is over, and not paused. */
export function graceWait(
  progress: KeyProgress,
  policy: Policy,
  control: Control,
  now: Instant,
): Instant | null {
  const ends = graceEnd(progress, policy, control, now) ?? plus(now, DAY);
  return now < ends || isPaused(control) ? noticing(ends, policy, control, now) : null;
}

/** What a key of a decision in its grace period waits for next, and since when or until when. */
export type DeletionStep = { step: 'wait'; until: Instant } | { step: 'announce' } | { step: 'delete' };

/** The next step towards the deletion of one key that is off. */
export function deletionStep(
  decision: Decision,
  progress: KeyProgress,
  policy: Policy,
  control: Control,
  now: Instant,
): DeletionStep {
  const ends = graceEnd(progress, policy, control, now);
  if (ends === null) return { step: 'wait', until: plus(now, DAY) };
  const lead = announcementLead(Math.max(decision.terms.grace, policy.grace));
  const announced = announcedAt(progress, control);
  if (announced === null) {
    const due = plus(ends, -Math.max(policy.deletionNotice, lead));
    return now < due || isPaused(control) ? waiting(due, policy, control, now) : { step: 'announce' };
  }
  const due = latest(ends, plus(announced, lead), progress.announcedFor ?? '');
  return now < due || isPaused(control) ? waiting(due, policy, control, now) : { step: 'delete' };
}

function waiting(due: Instant, policy: Policy, control: Control, now: Instant): DeletionStep {
  return { step: 'wait', until: noticing(due, policy, control, now) };
}

/** While paused nobody knows when it ends, so look again soon enough to notice. */
function noticing(due: Instant, policy: Policy, control: Control, now: Instant): Instant {
  return isPaused(control) ? latest(due, plus(now, policy.settle)) : due;
}
