import { onlyObserves } from '../model/only.ts';
import { type Control, type Deletion, isPaused, type Policy } from '../model/policy.ts';
import { DAY, type Instant, latest, MINUTE, plus } from '../model/time.ts';
import { type Case, keysOfOurs } from './case.ts';
import { changeFrom, windowOpens } from './change-window.ts';
import { announcedAt, announcedUntil, announcementDue, graceEnd, isAnybodyReached } from './dates.ts';
import type { Decision, DecisionKind } from './decision.ts';
import type { KeyProgress } from './progress.ts';
import { stricter } from './terms.ts';

/** True if a date alone leads to the deletion. */
const HAS_DATE = {
  'after-grace': true,
  'on-confirmation': false,
  never: false,
} as const satisfies Record<Deletion, boolean>;

/** For each kind of decision, true if it keeps a single key that can be seen doing what the deactivated ones did. */
const WORK_CAN_MOVE = { keep: true, none: false, 'not-now': false } as const satisfies Record<
  DecisionKind,
  boolean
>;

/**
 * S14: true if a person must confirm the deletion whatever the usage of keys shows, because no single key was kept that could
 * be seen taking over.
 */
export function needsConfirmation(
  { kind }: Pick<Decision, 'kind'>,
  { usage }: Pick<Policy, 'usage'>,
): boolean {
  return usage !== null && !WORK_CAN_MOVE[kind];
}

/** A way to delete the keys of a decision, or the stricter one that S14 asks of such a decision. */
export function confirmedIfNeeded(
  deletion: Deletion,
  decision: Pick<Decision, 'kind'>,
  policy: Pick<Policy, 'usage'>,
): Deletion {
  return needsConfirmation(decision, policy) ? stricter(deletion, 'on-confirmation') : deletion;
}

/**
 * How the keys of a decision are deleted: as people were told, or by the present setting or S14 if that is stricter. Without
 * a decision nothing is deleted.
 */
export function deletionMode(decision: Decision | null, policy: Policy): Deletion {
  if (decision === null) {
    return 'never';
  }
  return confirmedIfNeeded(stricter(decision.terms.deletion, policy.deletion), decision, policy);
}

/** A use up to this long after the deactivation may be from before it, because IAM records one use per 15 minutes. */
export const ECHO = 15 * MINUTE;

/** True if settings and people permit the deletion. Dates are checked separately. */
export function mayDelete(decision: Decision, policy: Policy): boolean {
  const allowed = {
    'after-grace': true,
    'on-confirmation': decision.confirmed !== null,
    never: false,
  } as const satisfies Record<Deletion, boolean>;
  return allowed[deletionMode(decision, policy)];
}

/**
 * Time until which the grace period of a key that is never deleted keeps the case open; null if the period has ended
 * and Solekey is not paused.
 */
export function graceWait(
  progress: KeyProgress,
  policy: Policy,
  control: Control,
  now: Instant,
): Instant | null {
  const ends = graceEnd(progress, policy, control, now) ?? plus(now, DAY);
  return now < ends || isPaused(control) ? noticing(ends, policy, control, now) : null;
}

/** The next step of a key of a decision in its grace period. */
export type DeletionStep =
  | { readonly step: 'wait'; readonly until: Instant }
  | { readonly step: 'announce' }
  | { readonly step: 'delete' };

/** The order of the steps. */
const STEP_ORDER = { wait: 0, announce: 1, delete: 2 } as const satisfies Record<
  DeletionStep['step'],
  number
>;

/** The step for several keys: that of the key furthest behind, because they are deleted together. */
export function jointStep(steps: readonly DeletionStep['step'][]): DeletionStep['step'] {
  return steps.reduce((a, b) => (STEP_ORDER[b] < STEP_ORDER[a] ? b : a), 'delete');
}

/**
 * The next step towards the deletion of one deactivated key, as far as dates say. The deletion itself may still wait for the
 * change window.
 */
export function deletionStep(
  decision: Decision,
  progress: KeyProgress,
  policy: Policy,
  control: Control,
  now: Instant,
): DeletionStep {
  const ends = graceEnd(progress, policy, control, now);
  if (ends === null) {
    return { step: 'wait', until: plus(now, DAY) };
  }
  const announced = announcedAt(progress, policy, control);
  if (announced === null) {
    const due = announcementDue(deletedFrom(ends, decision, policy), decision, policy);
    if (now < due || isPaused(control)) {
      return waiting(due, policy, control, now);
    }
    return isAnybodyReached(policy, control)
      ? { step: 'announce' }
      : { step: 'wait', until: plus(now, REACHED_AGAIN) };
  }
  const due = latest(ends, announcedUntil(announced, progress, decision, policy));
  return now < due || isPaused(control) ? waiting(due, policy, control, now) : { step: 'delete' };
}

/** Earliest time of a deletion that is due then. Where it still needs a confirmation, people are asked for that at any time. */
function deletedFrom(due: Instant, decision: Decision, policy: Policy): Instant {
  return mayDelete(decision, policy) ? changeFrom(due, decision, policy) : due;
}

/** While nobody is reached, the case is evaluated this often to notice that somebody is. */
const REACHED_AGAIN = 15 * MINUTE;

function waiting(due: Instant, policy: Policy, control: Control, now: Instant): DeletionStep {
  return { step: 'wait', until: noticing(due, policy, control, now) };
}

/** During a pause its end is unknown, so the case is evaluated again soon enough to notice it. */
function noticing(due: Instant, policy: Policy, control: Control, now: Instant): Instant {
  return isPaused(control) ? latest(due, plus(now, policy.settle)) : due;
}

/**
 * True if a restore requested at this time is too late for the key. A request from before the commitment to delete is
 * carried out until the call is claimed, and so is any while the change window is closed. While IAM refuses to delete the key, it
 * can still be restored.
 */
export function isGoing(
  { progress, decision }: Case,
  keyId: string,
  asked: Instant,
  policy: Pick<Policy, 'changeWindow'>,
  now: Instant,
): boolean {
  const key = progress[keyId];
  if (key?.deleting === undefined || key.refused !== undefined) {
    return false;
  }
  const isShut = windowOpens(decision, policy, now) !== null;
  return key.deletionClaimed !== undefined || (asked >= key.deleting && !isShut);
}

/**
 * Expected time at which the deactivated keys are deleted: after the grace period, pauses, and an announcement early
 * enough (S13), within the change window. They are deleted together, so the latest time counts; now at the earliest, because a deletion may wait for a
 * lookup (S14). Null if no deletion is due.
 */
export function deletionDate(current: Case, policy: Policy, control: Control, now: Instant): Instant | null {
  const { decision } = current;
  if (decision === null || !HAS_DATE[deletionMode(decision, policy)] || onlyObserves(policy, current)) {
    return null;
  }
  const due = allDue(current, decision, policy, control, now);
  return due === '' ? null : changeFrom(latest(due, now), decision, policy);
}

/** Time from which all keys that this case deactivated may be deleted, as far as dates say; empty if none has a date. */
export function allDue(
  current: Case,
  decision: Decision,
  policy: Policy,
  control: Control,
  now: Instant,
): Instant {
  const announced = ourProgress(current).map((progress) => {
    return announcedUntil(announcedAt(progress, policy, control) ?? now, progress, decision, policy);
  });
  const ends = graceEnds(current, policy, control, now);
  return ends.length === 0 ? '' : latest('', ...ends, ...announced);
}

/**
 * Expected time until which deactivated keys can be restored through a link: until their deletion or, if they are
 * never deleted, until the last grace period ends and the case is closed. Null if there is no such date.
 */
export function undoDate(current: Case, policy: Policy, control: Control, now: Instant): Instant | null {
  const never = current.decision !== null && deletionMode(current.decision, policy) === 'never';
  if (!never || onlyObserves(policy, current)) {
    return deletionDate(current, policy, control, now);
  }
  const ends = graceEnds(current, policy, control, now);
  return ends.length === 0 ? null : latest('', ...ends);
}

function ourProgress(current: Case) {
  const ours = keysOfOurs(current);
  return Object.entries(current.progress).flatMap(([id, progress]) => (ours.includes(id) ? progress : []));
}

function graceEnds(current: Case, policy: Policy, control: Control, now: Instant): Instant[] {
  return ourProgress(current).flatMap((progress) => graceEnd(progress, policy, control, now) ?? []);
}
