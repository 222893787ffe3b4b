/** The clock of a case: every date that follows from what happened and from the settings is computed here, and nowhere else. */
import {
  type Control,
  currentApprovers,
  isPaused,
  type Policy,
  pausedSince,
  resumedAt,
} from '../model/policy.ts';
import { DAY, type Instant, latest, plus, type Seconds } from '../model/time.ts';
import type { Case, Decision, KeyProgress } from './case.ts';

/** When the rotation window of a case ends: from then on a fresh second key no longer counts as a rotation under way. */
export function rotationEnds({ rotationFrom }: Case, { rotationWindow }: Policy): Instant {
  return plus(rotationFrom, rotationWindow);
}

/** From when people are told of a phase that has just begun: who changes keys twice in a minute gets one mail. */
export function firstToldFrom({ phaseSince }: Case, { notifyAfter }: Policy): Instant {
  return plus(phaseSince, notifyAfter);
}

/**
 * From when people may be told that the keys changed once more: whoever keeps making and deleting keys must not flood
 * them. Any other question is put at once.
 */
export function toldAgainFrom({ askedAgain, remindedAt }: Case, { notifyAfter }: Policy): Instant {
  return askedAgain?.code === 'keys-changed' && remindedAt !== null ? plus(remindedAt, notifyAfter) : '';
}

/** When people are next reminded of the present question; null: nobody was told of it yet. */
export function reminderDue({ remindedAt }: Case, { remindEvery }: Policy): Instant | null {
  return remindedAt === null ? null : plus(remindedAt, remindEvery);
}

/** When the escalation list hears of a question that nobody answered since people were told of it at `toldAt`. */
export function escalatesAt(toldAt: Instant, { escalateAfter }: Policy): Instant {
  return plus(toldAt, escalateAfter);
}

/** When the escalation list is due to hear of the present question; null: it has heard, nobody is on it, or nobody was told yet. */
export function escalationDue(current: Case, policy: Policy, control: Control): Instant | null {
  const { toldAt, escalatedAt } = current;
  const listed = currentApprovers(policy, control).some(({ id }) => policy.escalation.includes(id));
  return toldAt === null || escalatedAt !== null || !listed ? null : escalatesAt(toldAt, policy);
}

/** The last moment at which an answer given, or begun to be carried out, at `at` still counts. */
export function answerExpires(at: Instant, { decisionValid }: Policy): Instant {
  return plus(at, decisionValid);
}

/** The length of the grace period in force: what people were told when they decided, or the setting where that is longer now. */
export function graceInForce(decision: Decision | null, { grace }: Policy): Seconds {
  return Math.max(grace, decision?.terms.grace ?? 0);
}

/** When the grace period of a key really ends: never before the date told to people, later by time paused and longer settings. */
export function graceEnd(
  progress: KeyProgress,
  policy: Policy,
  control: Control,
  now: Instant,
): Instant | null {
  const { deactivated, graceFrom = deactivated, graceEnds } = progress;
  if (graceFrom === undefined || graceEnds === undefined) {
    return null;
  }
  return plus(latest(graceEnds, plus(graceFrom, policy.grace)), pausedSince(control, graceFrom, now));
}

/** S13: a deletion must have been announced at least this long before, given the length of the grace period. */
export function announcementLead(grace: Seconds): Seconds {
  return Math.min(DAY, grace / 2);
}

/** From when the deletion of a key whose grace period ends at `ends` is announced. */
export function announcementDue(ends: Instant, decision: Decision, policy: Policy): Instant {
  const lead = announcementLead(graceInForce(decision, policy));
  return plus(ends, -Math.max(policy.deletionNotice, lead));
}

/** The earliest moment of a deletion that is announced at `announced`, and never before the date that the notice named. */
export function announcedUntil(
  announced: Instant,
  { announcedFor = '' }: KeyProgress,
  decision: Decision,
  policy: Policy,
): Instant {
  return latest(plus(announced, announcementLead(graceInForce(decision, policy))), announcedFor);
}

/**
 * When the deletion of a key was announced. An announcement from before the last resume counts no more, so while paused
 * none does: whoever waited for its date would hear of the resume late, and announce anew late.
 */
export function announcedAt({ announced }: KeyProgress, control: Control): Instant | null {
  if (announced === undefined || isPaused(control)) {
    return null;
  }
  return announced >= (resumedAt(control) ?? announced) ? announced : null;
}
