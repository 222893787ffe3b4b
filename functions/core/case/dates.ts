/** Every date of a case that follows from its events and the settings is computed here, and only here. */
import {
  type Approver,
  type Control,
  currentApprovers,
  isPaused,
  type Policy,
  pausedSince,
  reachedSince,
  resumedAt,
} from '../model/policy.ts';
import {
  DAY,
  earliest,
  hourAfter,
  type Instant,
  latest,
  MINUTE,
  plus,
  type Seconds,
  secondsBetween,
} from '../model/time.ts';
import type { Case } from './case.ts';
import { changeFrom } from './change-window.ts';
import type { Confirmed, Decision } from './decision.ts';
import { MOST_WAITING, secondsHeldUp } from './held-up.ts';
import type { KeyProgress } from './progress.ts';
import { addressMark, isStillApprover } from './requests.ts';
import { isOldNews, keepsReturning } from './returned.ts';

/** People are told this often of a key that keeps returning. */
const WEEK: Seconds = 7 * DAY;

/** End of the rotation window. After it a new second key does not count as a rotation any more. */
export function rotationEnds({ rotationFrom }: Case, { rotationWindow }: Policy): Instant {
  return plus(rotationFrom, rotationWindow);
}

/** True if a key of this age is no part of a rotation that could still be under way: it was created before the rotation window. */
export function isOlderThanRotation(created: Instant, { rotationWindow }: Policy, now: Instant): boolean {
  return created < plus(now, -rotationWindow);
}

/**
 * Earliest time of the first notice in a new phase, so that somebody who changes keys twice in a minute gets one
 * mail.
 */
export function firstToldFrom({ phaseSince }: Case, { notifyAfter }: Policy): Instant {
  return plus(phaseSince, notifyAfter);
}

/**
 * Earliest time of another notice that the keys have changed, so that somebody who keeps creating and deleting keys
 * does not flood people with mail; a week later for a key that keeps returning. Empty, and so before every instant, for
 * any other reason to ask.
 */
export function toldAgainFrom(current: Case, { notifyAfter }: Policy): Instant {
  const { askedAgain, remindedAt } = current;
  if (remindedAt !== null && isOldNews(current)) {
    return plus(remindedAt, WEEK);
  }
  return askedAgain?.code === 'keys-changed' && remindedAt !== null ? plus(remindedAt, notifyAfter) : '';
}

/** Longest time between two reminders of a question. */
const MOST_BETWEEN_REMINDERS = 30 * DAY;

/**
 * Time of the next reminder of the present question; null if nobody has been notified of it. The first comes after
 * `remindEvery`, and each time between two is twice as long as the one before, up to 30 days. Once a week about a key that
 * keeps returning.
 */
export function reminderDue(current: Case, { remindEvery }: Policy): Instant | null {
  const { toldAt, remindedAt, phaseSince } = current;
  if (remindedAt === null) {
    return null;
  }
  if (keepsReturning(current) !== null) {
    return plus(remindedAt, Math.max(remindEvery, WEEK));
  }
  // The times before add up to as much as the next one, less the first. A hold starts from its own beginning.
  const from = latest(toldAt ?? remindedAt, phaseSince);
  const before = Math.max(0, secondsBetween(from, remindedAt));
  return plus(remindedAt, Math.max(remindEvery, Math.min(MOST_BETWEEN_REMINDERS, before + remindEvery)));
}

/**
 * Time at which the escalation list is notified of a question that is still open, given when people were first
 * notified.
 */
export function escalatesAt(toldAt: Instant, { escalateAfter }: Policy): Instant {
  return plus(toldAt, escalateAfter);
}

/**
 * Time after which a question that nobody has answered is overdue: as long as the longest time between two reminders. No
 * action ever follows from it.
 */
export const OVERDUE_AFTER: Seconds = 30 * DAY;

/** Time from which a question is overdue, given when people were first notified. The escalation is never later. */
export function overdueFrom(toldAt: Instant, policy: Policy): Instant {
  return latest(plus(toldAt, OVERDUE_AFTER), escalatesAt(toldAt, policy));
}

/**
 * Time at which the escalation list must be notified of the present question; null if that is done, if no current
 * approver is on it, or if nobody has been notified yet.
 */
export function escalationDue(current: Case, policy: Policy, control: Control): Instant | null {
  const { toldAt, escalatedAt } = current;
  const listed = currentApprovers(policy, control).some(({ id }) => policy.escalation.includes(id));
  return toldAt === null || escalatedAt !== null || !listed ? null : escalatesAt(toldAt, policy);
}

/** Last moment at which an answer given at `at`, or first carried out then, is valid. */
export function answerExpires(at: Instant, { decisionValid }: Pick<Policy, 'decisionValid'>): Instant {
  return plus(at, decisionValid);
}

/**
 * Last moment at which a decision may be carried out, as far as known now. The time for which the hourly budget, the
 * change window or a pause makes it wait does not count.
 */
export function decisionExpires(
  { at, carriedOutAt, heldUp }: Decision,
  policy: Pick<Policy, 'decisionValid'>,
  control: Control,
  now: Instant,
): Instant {
  const from = carriedOutAt ?? at;
  const waited = pausedSince(control, from, now) + secondsHeldUp(heldUp, control, now);
  return plus(answerExpires(from, policy), Math.min(MOST_WAITING, waited));
}

/** Last moment at which a confirmation is valid. Pauses, and waits for the change window, do not count. */
export function confirmationExpires(
  { at, heldUp }: Confirmed,
  policy: Policy,
  control: Control,
  now: Instant,
): Instant {
  const waited = pausedSince(control, at, now) + secondsHeldUp(heldUp, control, now);
  return plus(answerExpires(at, policy), Math.min(MOST_WAITING, waited));
}

/** Span at the start of a clock hour, or of a change window, over which the changes that wait for it are spread. */
const TURNS: Seconds = MINUTE;

/** Time of the next attempt of a change for which this hour's budget is used up: within the change window. */
export function nextTurn(now: Instant, decision: Decision | null, policy: Policy): Instant {
  return turnFrom(hourAfter(now), decision, policy);
}

/** Time of the first attempt of a change, from `from` on, once the change window is open. The oldest decision comes first. */
export function turnFrom(from: Instant, decision: Decision | null, policy: Policy): Instant {
  const start = changeFrom(from, decision, policy);
  const { decisionValid } = policy;
  const oldest = decisionValid + MOST_WAITING;
  const age = decision === null ? 0 : Math.min(oldest, Math.max(0, secondsBetween(decision.at, start)));
  return plus(start, TURNS * (1 - age / oldest));
}

/**
 * The clock hour from which a decision that waits for the hourly budget is tried again; null if it does not wait for that. Which
 * hour it is carried out in depends on how many older ones wait.
 */
export function budgetWait({ heldUp }: Pick<Decision, 'heldUp'>, now: Instant): Instant | null {
  return heldUp === undefined || heldUp.since === null ? null : hourAfter(now);
}

/** The grace period in force: the one shown to the person who decided, or the setting if that is longer now. */
export function graceInForce(decision: Decision | null, { grace }: Pick<Policy, 'grace'>): Seconds {
  return Math.max(grace, decision?.terms.grace ?? 0);
}

/**
 * End of a key's grace period; null if the key is not deactivated. Never before the date announced to people, or before the one
 * until which a person keeps the key inactive; pauses and longer settings move it later.
 */
export function graceEnd(
  progress: KeyProgress,
  policy: Policy,
  control: Control,
  now: Instant,
): Instant | null {
  const { deactivated, graceFrom = deactivated, graceEnds, inactiveUntil = null } = progress;
  if (graceFrom === undefined || graceEnds === undefined) {
    return null;
  }
  const ends = plus(latest(graceEnds, plus(graceFrom, policy.grace)), pausedSince(control, graceFrom, now));
  return latest(ends, inactiveUntil);
}

/** S13: minimum time between the announcement of a deletion and the deletion, given the grace period. */
export function announcementLead(grace: Seconds): Seconds {
  return Math.min(DAY, grace / 2);
}

/** Time at which the deletion of a key must be announced, given the end of its grace period. */
export function announcementDue(ends: Instant, decision: Decision, policy: Policy): Instant {
  const lead = announcementLead(graceInForce(decision, policy));
  return plus(ends, -Math.max(policy.deletionNotice, lead));
}

/** True if a mail reaches somebody who may decide now. While none does, nothing is announced, and so nothing is deleted. */
export function isAnybodyReached(policy: Policy, control: Control): boolean {
  return currentApprovers(policy, control).some((one) => isReached(one, control));
}

/** True if mails reach an approver. */
export function isReached({ email }: Pick<Approver, 'email'>, control: Control): boolean {
  return reachedSince(control, addressMark(email)) !== null;
}

/** A mail to an address that is not reached counts at no time, and one from before it was reached again does not count. */
function reachedFrom(control: Control, address: string): Instant {
  return reachedSince(control, address) ?? NEVER;
}

/** Later than every instant. */
const NEVER: Instant = '~';

/** Earliest time of a deletion that was announced at `announced`, which is never before the date in that notice. */
export function announcedUntil(
  announced: Instant,
  { announcedFor = '' }: KeyProgress,
  decision: Decision,
  policy: Policy,
): Instant {
  return latest(plus(announced, announcementLead(graceInForce(decision, policy))), announcedFor);
}

/**
 * When the deletion of a key was first announced to somebody who still is an approver with that address (S13); null
 * if nobody like that is left. An announcement from before the latest resume is not valid any more, and during a
 * pause none is: otherwise waiting for its date would delay noticing the resume and the new announcement.
 */
export function announcedAt(
  { announcedTo = {} }: KeyProgress,
  policy: Policy,
  control: Control,
): Instant | null {
  if (isPaused(control)) {
    return null;
  }
  const resumed = resumedAt(control) ?? '';
  const counts = Object.entries(announcedTo).flatMap(([by, { address, at }]) =>
    at >= latest(resumed, reachedFrom(control, address)) && isStillApprover({ by, address }, policy, control)
      ? at
      : [],
  );
  return earliest(...counts);
}
