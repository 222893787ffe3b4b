import type { KeyProgress } from '../case/progress.ts';
import { unansweredIn } from '../case/progress.ts';
import { type Instant, plus } from '../model/time.ts';
import type { ToGo } from './deletion-confirmation.ts';
import { byRefusal, inPhase, justFailed, withProgress } from './draft.ts';
import { closed } from './endings.ts';
import { held, isRefusedForLong } from './hold.ts';
import { believedFrom } from './lag.ts';
import type { Draft, Ending, Seen, Step } from './situation.ts';

/** The end of a pass that carries on with a decision. */
export function end(draft: Draft, more: Pick<Ending, 'again' | 'waitsUntil'> = {}): Step {
  return { go: 'end', rule: 'carry-on', draft, ...more };
}

/** Commits the deletion. From now on these keys cannot be restored. */
export function committed({ now }: Seen, draft: Draft, left: ToGo): Draft {
  return left.reduce(
    (d, [keyId, progress]) =>
      withProgress(d, keyId, { ...progress, deleting: now }, { code: 'deleting', keyId }),
    inPhase(draft, 'deleting', now),
  );
}

/** S4: deletes after two observations as Inactive, `settle` apart, following the commitment; then one key at a time. */
export function remove(situation: Seen, draft: Draft, left: ToGo): Step {
  const { policy, now } = situation;
  const standing = deletingOrHeld(situation, draft, left);
  const target = left
    .filter(([, progress]) => {
      const steady = progress.seenInactive !== undefined && now >= plus(progress.seenInactive, policy.settle);
      return steady && retryDue(progress, situation);
    })
    .sort(([, a], [, b]) => byRefusal(a, b))[0];
  if (target === undefined || justFailed(situation)) {
    return end(standing);
  }
  const [keyId, before] = target;
  const claimed = withProgress(
    standing,
    keyId,
    { ...before, ...unansweredIn(before), deletionClaimed: now },
    { code: 'delete-claimed', keyId },
  );
  return { go: 'end', rule: 'carry-on', draft: claimed, action: { kind: 'delete', keyId } };
}

/** If IAM refuses to delete a key for a day, people are notified. Solekey keeps trying. */
function deletingOrHeld(situation: Seen, draft: Draft, left: ToGo): Draft {
  const { now } = situation;
  if (!left.some(([, progress]) => isRefusedForLong(progress, situation))) {
    return inPhase(draft, 'deleting', now);
  }
  return held(situation, inPhase(draft, 'held', now, { heldFor: 'unknown' }), draft);
}

/**
 * True if the deletion may be tried (again). IAM may list a deleted key for some seconds, so it is tried again only
 * after `settle`.
 */
function retryDue(progress: KeyProgress, { now, policy }: Seen): boolean {
  return progress.deletionClaimed === undefined || now >= plus(progress.deletionClaimed, policy.settle);
}

/**
 * All keys to delete are gone from IAM. The case is closed only by a second observation, `settle` after the last key
 * was seen gone.
 */
export function verified(situation: Seen, draft: Draft): Step {
  const times = deletedAt(draft);
  return isVerified(situation, draft)
    ? {
        go: 'end',
        rule: 'settled',
        draft: closed(situation, draft, times.length === 0 ? 'by-owner' : 'remediated'),
      }
    : end(draft);
}

/** True if the second observation lacks the deleted keys, too. */
export function isVerified(situation: Seen, draft: Draft): boolean {
  const { now, policy } = situation;
  const seenTwice = deletedAt(draft).every((deleted) => now >= plus(deleted, policy.settle));
  return seenTwice && believedFrom(situation) === null;
}

function deletedAt({ case: { progress } }: Draft): Instant[] {
  return Object.values(progress).flatMap(({ deleted }) => deleted ?? []);
}
