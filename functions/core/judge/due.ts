import { type Case, keysOfOurs } from '../case/case.ts';
import { windowCloses } from '../case/change-window.ts';
import {
  escalationDue,
  firstToldFrom,
  nextTurn,
  reminderDue,
  rotationEnds,
  toldAgainFrom,
} from '../case/dates.ts';
import { deletionMode, deletionStep, graceWait, mayDelete } from '../case/deletion.ts';
import { warningDue } from '../case/exception.ts';
import { owesMail, pooledIn } from '../case/notices.ts';
import { type KeyProgress, unansweredUntil } from '../case/progress.ts';
import { onlyObserves } from '../model/only.ts';
import { type Control, currentApprovers, isPaused, type Policy } from '../model/policy.ts';
import { DAY, earliest, HOUR, type Instant, latest, plus } from '../model/time.ts';
import { closesFrom } from './endings.ts';

/**
 * Open cases are evaluated at least this often, so that pages stay up to date and a missed date has no lasting
 * effect.
 */
const FRESHNESS = DAY;

/**
 * While changes are suspended, the case is evaluated after this multiple of `settle` to notice that they are allowed
 * again.
 */
const IDLE = 10;

/** While nobody is an approver nobody can be notified, so an evaluation now and then is enough. */
const NOBODY_LOOKS = HOUR;

/**
 * Due time of a case's next evaluation, computed from its events and the settings; null if it needs none. `waits`: a change
 * that is due waits until then.
 */
export function dueAt(
  current: Case,
  policy: Policy,
  control: Control,
  now: Instant,
  waits: Instant = now,
): Instant | null {
  if (current.lease !== null) {
    return current.lease.until;
  }
  if (owesMail(current)) {
    return now;
  }
  if (current.phase === 'closed') {
    return null;
  }
  const next =
    endDue(current, policy) ??
    earliest(exceptionDue(current, now), nextStep(current, policy, control, now, waits));
  const latestLook = plus(now, FRESHNESS);
  const due = next !== null && next < latestLook ? next : latestLook;
  return currentApprovers(policy, control).length === 0 ? latest(due, plus(now, NOBODY_LOOKS)) : due;
}

/** Due time of the end of an exception, or of a warning of it; null if there is none. */
function exceptionDue({ decision }: Case, now: Instant): Instant | null {
  if (decision?.kind !== 'not-now') {
    return null;
  }
  const warning = warningDue(decision);
  return earliest(upcoming(decision.until, now), warning === null ? null : upcoming(warning, now));
}

/**
 * Due time of a case whose change has no room in this hour's budget. A commitment to delete is withdrawn as soon as the change
 * window has closed, so that the keys can be restored until it opens.
 */
export function dueAfterBudget(current: Case | null, policy: Policy, now: Instant): Instant {
  const decision = current?.decision ?? null;
  const turn = nextTurn(now, decision, policy);
  const closes = current?.phase === 'deleting' ? windowCloses(decision, policy, now) : null;
  return closes !== null && closes < turn ? closes : turn;
}

/** Due time of the second observation that ends a case; null if no first one showed its end. */
function endDue(current: Case, policy: Policy): Instant | null {
  const { missingSince, compliantSince } = current;
  if (missingSince !== null) {
    return plus(missingSince, policy.settle);
  }
  return compliantSince === null ? null : closesFrom(current, compliantSince, policy);
}

function nextStep(
  current: Case,
  policy: Policy,
  control: Control,
  now: Instant,
  waits: Instant,
): Instant | null {
  const { toldAt, phaseSince } = current;
  const firstTold = latest(firstToldFrom(current, policy), toldAgainFrom(current, policy));
  const reminder = reminderDue(current, policy);
  const escalation = escalationDue(current, policy, control);
  if (!current.excluded && !onlyObserves(policy, current)) {
    const restores = restoresDue(current, policy, now);
    if (restores !== null) {
      return restores;
    }
  }
  switch (current.phase) {
    case 'rotating':
      return earliest(toldAt === null ? firstTold : null, rotationEnds(current, policy));
    case 'awaiting-decision':
      return toldAt === null ? firstTold : earliest(reminder, escalation);
    case 'held':
      return earliest(
        reminder,
        escalation,
        upcoming(waits, now),
        upcoming(plus(phaseSince, policy.settle), now),
        ...Object.values(current.progress).map(({ deleted }) =>
          deleted === undefined ? null : upcoming(plus(deleted, policy.settle), now),
        ),
      );
    case 'approved':
      return latest(
        plus(now, isPaused(control) || onlyObserves(policy, current) ? IDLE * policy.settle : policy.settle),
        waits,
      );
    case 'grace':
    case 'awaiting-confirmation':
    case 'deleting':
      return deletionDue(current, policy, control, now, earliest(reminder, escalation), waits);
    case 'exception':
    case 'excluded':
    case 'closed':
      return null;
  }
}

/** The time if it has not passed yet; null otherwise. */
function upcoming(at: Instant, now: Instant): Instant | null {
  return now < at ? at : null;
}

/**
 * Due time while keys are being restored: the case is evaluated until they are seen Active, whatever its phase. Null
 * if there are none.
 */
function restoresDue({ progress }: Case, { settle }: Policy, now: Instant): Instant | null {
  const restoring = Object.values(progress).filter((key) => key.restoring !== undefined);
  return earliest(...restoring.map((key) => latest(now, unansweredUntil(key) ?? plus(now, settle))));
}

/** Due time of the next step towards deletion, or of the next reminder to confirm it. */
function deletionDue(
  current: Case,
  policy: Policy,
  control: Control,
  now: Instant,
  reminding: Instant | null,
  waits: Instant,
): Instant | null {
  const { decision, phase } = current;
  const keys = Object.values(current.progress);
  const ours = keysOfOurs(current);
  const left = Object.entries(current.progress).flatMap(([id, progress]) =>
    ours.includes(id) ? progress : [],
  );
  if (left.length === 0) {
    return latest(now, ...keys.map(({ deleted }) => plus(deleted ?? now, policy.settle)));
  }
  if (decision === null) {
    return null;
  }
  if (deletionMode(decision, policy) === 'never') {
    return latest(now, ...left.map((progress) => graceWait(progress, policy, control, now)));
  }
  // The digest that announces the deletion also sets the next due time.
  const inDigest = pooledIn(current).some(({ kind }) => kind === 'deletion-announced');
  const steps = left.map((progress) => {
    const step = deletionStep(decision, progress, policy, control, now);
    const free =
      step.step === 'wait' ? step.until : inDigest && step.step === 'announce' ? plus(now, FRESHNESS) : now;
    return { ready: step.step === 'delete', free, removal: latest(free, removalDue(progress, policy, now)) };
  });
  if (phase === 'deleting') {
    return earliest(...steps.map(({ removal }) => removal));
  }
  // The keys are deleted together, so the latest time counts. If only the confirmation is missing, only reminders are
  // due.
  const asked = phase === 'awaiting-confirmation' && !mayDelete(decision, policy);
  const ready = steps.every((step) => step.ready);
  const together = latest(now, waits, ...steps.map(({ free }) => free));
  return earliest(asked ? reminding : null, asked && ready ? null : together);
}

/**
 * Due time of the next step after the deletion was committed: two observations, the call, and an observation that the
 * key is gone.
 */
function removalDue({ deletionClaimed, seenInactive }: KeyProgress, policy: Policy, now: Instant): Instant {
  const since = deletionClaimed ?? seenInactive;
  return since === undefined ? now : latest(now, plus(since, policy.settle));
}
