import { type Case, type KeyProgress, keysOfOurs } from '../case.ts';
import type { Control, Policy } from '../policy.ts';
import { DAY, earliest, type Instant, latest, plus } from '../time.ts';
import { deletionStep } from './deletion.ts';

/** Open cases are looked at least this often, so that pages stay fresh and no forgotten date matters. */
const FRESHNESS = DAY;

/** When a case wants to be looked at next, computed from what happened and the settings; null when never again. */
export function dueAt(known: Case, policy: Policy, control: Control, now: Instant): Instant | null {
  if (known.lease !== null) return known.lease.until;
  if (known.owed.length > 0) return now;
  if (known.phase === 'closed') return null;
  const next =
    known.missingSince === null
      ? nextStep(known, policy, control, now)
      : plus(known.missingSince, policy.settle);
  return earliest(next, plus(now, FRESHNESS));
}

function nextStep(known: Case, policy: Policy, control: Control, now: Instant): Instant | null {
  const { toldAt, remindedAt, escalatedAt, phaseSince, rotationFrom } = known;
  const firstTold = plus(phaseSince, policy.notifyAfter);
  const reminder = remindedAt === null ? null : plus(remindedAt, policy.remindEvery);
  const escalation =
    toldAt === null || escalatedAt !== null || policy.escalation.length === 0
      ? null
      : plus(toldAt, policy.escalateAfter);
  switch (known.phase) {
    case 'rotating':
      return earliest(toldAt === null ? firstTold : null, plus(rotationFrom, policy.rotationWindow));
    case 'awaiting-decision':
      return toldAt === null ? firstTold : earliest(reminder, escalation);
    case 'held':
      return earliest(
        reminder,
        escalation,
        known.heldFor === 'no-active-key' ? plus(phaseSince, policy.settle) : null,
      );
    case 'approved':
      return plus(now, policy.settle);
    case 'grace':
    case 'deleting':
      return deletionDue(known, policy, control, now);
    default:
      return null;
  }
}

/** When the keys of the decision take their next step. In grace all go together, so the latest counts. */
function deletionDue(known: Case, policy: Policy, control: Control, now: Instant): Instant | null {
  const keys = Object.values(known.progress);
  if (keys.some((progress) => progress.restoring !== undefined)) return plus(now, policy.settle);
  if (policy.mode === 'observe' || known.decision?.terms.deletion !== 'after-grace') return null;
  const left = keysOfOurs(known).map((id) => known.progress[id] ?? {});
  if (left.length === 0)
    return latest(now, ...keys.map(({ deleted }) => plus(deleted ?? now, policy.settle)));
  const moments = left.map((progress) => {
    const step = deletionStep(known, progress, policy, control, now);
    const free = step.step === 'wait' ? step.until : now;
    return known.phase === 'deleting' ? latest(free, removalDue(progress, policy, now)) : free;
  });
  return known.phase === 'deleting' ? earliest(...moments) : latest(now, ...moments);
}

/** After the deletion was committed: two sightings, then the call, then a look whether it is gone. */
function removalDue({ deletionClaimed, seenInactive }: KeyProgress, policy: Policy, now: Instant): Instant {
  const since = deletionClaimed ?? seenInactive;
  return since === undefined ? now : latest(now, plus(since, policy.settle));
}
