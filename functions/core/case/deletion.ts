import { type Control, type Deletion, isPaused, onlyObserves, type Policy } from '../model/policy.ts';
import { DAY, type Instant, latest, MINUTE, plus } from '../model/time.ts';
import { type Case, type Decision, type KeyProgress, keysOfOurs } from './case.ts';
import { announcedAt, announcedUntil, announcementDue, graceEnd } from './dates.ts';

/** Ways of deletion by how strict they are. */
const STRICTNESS = {
  'after-grace': 0,
  'on-confirmation': 1,
  never: 2,
} as const satisfies Record<Deletion, number>;

/** Whether a date alone leads to the deletion. */
const HAS_DATE = {
  'after-grace': true,
  'on-confirmation': false,
  never: false,
} as const satisfies Record<Deletion, boolean>;

/**
 * What becomes of the keys of a decision: as people were told, or as the settings are now, whichever is stricter.
 * Without a decision nothing is deleted.
 */
export function deletionMode(decision: Decision | null, policy: Policy): Deletion {
  if (decision === null) {
    return 'never';
  }
  const { deletion } = decision.terms;
  return STRICTNESS[deletion] > STRICTNESS[policy.deletion] ? deletion : policy.deletion;
}

/** Uses up to this long after the deactivation may still be its echo (IAM records one use per 15 minutes). */
export const ECHO = 15 * MINUTE;

/** Whether the deletion may be committed and carried out, as far as settings and people go. Dates are another matter. */
export function mayDelete(decision: Decision, policy: Policy): boolean {
  const allowed = {
    'after-grace': true,
    'on-confirmation': decision.confirmed !== null,
    never: false,
  } as const satisfies Record<Deletion, boolean>;
  return allowed[deletionMode(decision, policy)];
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
export type DeletionStep =
  | { readonly step: 'wait'; readonly until: Instant }
  | { readonly step: 'announce' }
  | { readonly step: 'delete' };

/** In which order the steps follow each other. */
const STEP_ORDER = { wait: 0, announce: 1, delete: 2 } as const satisfies Record<
  DeletionStep['step'],
  number
>;

/** The one step that keys take together: that of the one which is furthest behind. */
export function jointStep(steps: readonly DeletionStep['step'][]): DeletionStep['step'] {
  return steps.reduce((a, b) => (STEP_ORDER[b] < STEP_ORDER[a] ? b : a), 'delete');
}

/** The next step towards the deletion of one key that is off. */
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
  const announced = announcedAt(progress, control);
  if (announced === null) {
    const due = announcementDue(ends, decision, policy);
    return now < due || isPaused(control) ? waiting(due, policy, control, now) : { step: 'announce' };
  }
  const due = latest(ends, announcedUntil(announced, progress, decision, policy));
  return now < due || isPaused(control) ? waiting(due, policy, control, now) : { step: 'delete' };
}

function waiting(due: Instant, policy: Policy, control: Control, now: Instant): DeletionStep {
  return { step: 'wait', until: noticing(due, policy, control, now) };
}

/** While paused nobody knows when it ends, so look again soon enough to notice. */
function noticing(due: Instant, policy: Policy, control: Control, now: Instant): Instant {
  return isPaused(control) ? latest(due, plus(now, policy.settle)) : due;
}

/**
 * Whether a key is so far on its way out that a restore asked for at this time comes too late. Whoever asked before the
 * deletion was committed is heard until the call for it; and while IAM refuses to delete the key, it may as well come back.
 */
export function isGoing({ progress }: Case, keyId: string, asked: Instant): boolean {
  const key = progress[keyId];
  if (key?.deleting === undefined || key.refused !== undefined) {
    return false;
  }
  return asked >= key.deleting || key.deletionClaimed !== undefined;
}

/**
 * When the keys that are off will be deleted, as far as anybody can say now: after grace, time paused, and a mail that
 * says so long enough before (S13). They go together, so the latest date counts; null: no deletion is due.
 */
export function deletionDate(current: Case, policy: Policy, control: Control, now: Instant): Instant | null {
  const { decision } = current;
  if (decision === null || !HAS_DATE[deletionMode(decision, policy)] || onlyObserves(policy)) {
    return null;
  }
  const announced = ourProgress(current).map((progress) => {
    const at = announcedAt(progress, control);
    return at === null
      ? announcedUntil(now, {}, decision, policy)
      : announcedUntil(at, progress, decision, policy);
  });
  const ends = graceEnds(current, policy, control, now);
  return ends.length === 0 ? null : latest('', ...ends, ...announced);
}

/**
 * Until when keys that are off may come back through a link, as far as anybody can say now: until they are deleted, or,
 * where none ever is, until the grace period of the last is over and the case is closed. Null: no date ends it.
 */
export function undoDate(current: Case, policy: Policy, control: Control, now: Instant): Instant | null {
  const never = current.decision !== null && deletionMode(current.decision, policy) === 'never';
  if (!never || onlyObserves(policy)) {
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
