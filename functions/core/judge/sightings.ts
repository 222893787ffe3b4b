import type { Case } from '../case/case.ts';
import { graceInForce } from '../case/dates.ts';
import type { HistoryEvent } from '../case/history.ts';
import {
  type KeyProgress,
  lastingIn,
  UNANSWERED_FOR,
  unansweredIn,
  unansweredUntil,
} from '../case/progress.ts';
import type { ObservedKey } from '../model/observation.ts';
import { type Instant, plus } from '../model/time.ts';
import { type Attempt, type Failure, failureDetails, failureOf, type Seen } from './situation.ts';

/** The result of one observation of a key, compared with what we did to it. */
interface Sighting {
  /** Null if the key is no longer part of this case. */
  readonly progress: KeyProgress | null;
  readonly event: HistoryEvent | null;
  /** True if the key is Active although we deactivated it and no restore was requested (S7). */
  readonly reactivated: boolean;
}

/** The progress of all keys after this observation. */
export interface Sightings {
  readonly progress: Record<string, KeyProgress>;
  readonly events: HistoryEvent[];
  readonly reactivated: string[];
}

/** Compares the observation with what we did. Success is observed here, never assumed. */
export function sightings(situation: Seen, current: Case): Sightings {
  const result: Sightings = { progress: {}, events: [], reactivated: [] };
  for (const [id, before] of Object.entries(current.progress)) {
    const key = situation.observed.keys.find((candidate) => candidate.id === id);
    const last = situation.last?.action.keyId === id ? situation.last : null;
    const known = key === undefined ? { progress: before, events: [] } : whileThere(before, key, situation);
    result.events.push(...known.events);
    const seen = sighting(known.progress, id, key, situation, current, last);
    if (seen.progress !== null) {
      result.progress[id] = seen.progress;
    }
    if (seen.event !== null) {
      result.events.push(seen.event);
    }
    if (seen.reactivated) {
      result.reactivated.push(id);
    }
  }
  return result;
}

function sighting(
  before: KeyProgress,
  keyId: string,
  key: ObservedKey | undefined,
  situation: Seen,
  current: Case,
  last: Attempt | null,
): Sighting {
  if (key === undefined) {
    return absent(before, keyId, situation.now);
  }
  switch (key.status) {
    case 'Active':
      return active(before, keyId, situation, last);
    case 'Inactive':
      return off(before, keyId, situation, current, last);
    case 'Expired':
      return expired(before, keyId, situation.now);
  }
}

/**
 * The progress of a key that is listed. "Deleted" is only what the latest reading says, so a key that is listed again
 * falls back to what was done to it. A call to delete it has come to nothing if the key is listed long after it.
 */
function whileThere(
  before: KeyProgress,
  { id: keyId }: ObservedKey,
  { observed }: Seen,
): { readonly progress: KeyProgress; readonly events: readonly HistoryEvent[] } {
  const { deleted, deletionClaimed: _claimed, deletionUnanswered: _unanswered, ...rest } = before;
  const until = unansweredUntil(unansweredIn(before));
  const lost = until !== null && observed.at >= until && observed.lag?.keys.includes(keyId) !== true;
  const events: HistoryEvent[] = [
    ...(deleted === undefined ? [] : [{ code: 'seen-again' as const, keyId }]),
    ...(lost ? [{ code: 'deletion-lost' as const, keyId }] : []),
  ];
  const { deleted: _gone, ...there } = before;
  return { progress: lost ? rest : deleted === undefined ? before : there, events };
}

function nothing(progress: KeyProgress | null, event: HistoryEvent | null = null): Sighting {
  return { progress, event, reactivated: false };
}

function absent(before: KeyProgress, keyId: string, now: Instant): Sighting {
  if (before.deleted !== undefined) {
    return nothing(before);
  }
  // The person who requested the restore must learn that there is no key left to restore.
  const { restoring: _tooLate, ...rest } = before;
  if (before.deletionClaimed !== undefined || before.deletionUnanswered !== undefined) {
    return nothing({ ...rest, deleted: now }, { code: 'deleted', keyId });
  }
  const event: HistoryEvent = { code: 'gone-without-us', keyId };
  return nothing(before.deactivated === undefined ? null : { ...rest, deleted: now }, event);
}

/**
 * An `Expired` key can never be used again. A key that we deactivated remains in the case as finished; any other
 * leaves it.
 */
function expired(before: KeyProgress, keyId: string, now: Instant): Sighting {
  if (before.deactivated === undefined) {
    return nothing(null, { code: 'expired', keyId });
  }
  const { restoring: _tooLate, ...rest } = before;
  return before.expired === undefined
    ? nothing({ ...rest, expired: now }, { code: 'expired', keyId })
    : nothing(before);
}

function active(before: KeyProgress, keyId: string, situation: Seen, last: Attempt | null): Sighting {
  const left = unlessEmpty(unansweredIn(before));
  if (before.restoring !== undefined) {
    return nothing(left, { code: 'restored', keyId });
  }
  const { now, policy } = situation;
  const settled = (since: Instant | undefined) => since !== undefined && now >= plus(since, policy.settle);
  if (before.deactivated !== undefined || settled(before.deactivationAnswered)) {
    return { progress: left, event: { code: 'reactivated-by-hand', keyId }, reactivated: true };
  }
  // IAM may list the old status for some seconds after it accepted the change, so the change is not repeated.
  if (last?.outcome === 'done') {
    return nothing({ ...before, deactivationAnswered: now });
  }
  const { deactivating, ...rest } = before;
  if (last !== null) {
    const refused = last.windowClosed === true ? unlessEmpty(rest) : refusedNow(rest, now);
    return nothing(refused, { code: `deactivation-${last.outcome}`, keyId, ...failureDetails(last) });
  }
  // A claim without an answer: long after it, an observation proves that the change was not made.
  const due = deactivating !== undefined && now >= plus(deactivating, UNANSWERED_FOR);
  const lost = before.deactivationAnswered === undefined && due;
  if (!lost) {
    return nothing(before);
  }
  return nothing(unlessEmpty(rest), { code: 'deactivation-lost', keyId });
}

function unlessEmpty(progress: KeyProgress): KeyProgress | null {
  return Object.keys(progress).length === 0 ? null : progress;
}

function refusedNow(before: KeyProgress, now: Instant): KeyProgress {
  return { ...before, refused: now, refusedSince: before.refusedSince ?? now };
}

function off(
  before: KeyProgress,
  keyId: string,
  situation: Seen,
  current: Case,
  last: Attempt | null,
): Sighting {
  const { now, observed } = situation;
  const failed = failureOf(last);
  if (before.deactivated === undefined) {
    // The key is not ours, but a call of ours may still delete it.
    if (before.deactivating === undefined && before.deletionUnanswered !== undefined) {
      return nothing(before);
    }
    // No call of ours can have done this: somebody else deactivated the key, so we must not delete it.
    if (before.deactivating === undefined || failed !== null) {
      return nothing(null, { code: 'off-without-us', keyId });
    }
    const graceEnds = plus(now, graceInForce(current.decision, situation.policy));
    return nothing({ ...lastingIn(before), deactivated: now, graceEnds }, { code: 'deactivated', keyId });
  }
  if (failed?.action.kind === 'reactivate') {
    return nothing(refusedNow(before, now), {
      code: `restore-${failed.outcome}`,
      keyId,
      ...failureDetails(failed),
    });
  }
  if (failed?.action.kind === 'delete') {
    return notDeleted(before, keyId, now, failed);
  }
  // S4 needs sightings: that a key is taken for Inactive although this reading shows it Active is none.
  const seen = observed.lag?.keys.includes(keyId) !== true;
  const committed = before.deleting !== undefined && observed.at >= before.deleting;
  return nothing(
    committed && seen && before.seenInactive === undefined ? { ...before, seenInactive: now } : before,
  );
}

/**
 * "No such key" for a key that is listed means that IAM's reads lag its writes. The claim remains, and a later
 * observation decides.
 */
function notDeleted(before: KeyProgress, keyId: string, now: Instant, failed: Failure): Sighting {
  const { outcome, windowClosed } = failed;
  if (outcome === 'absent') {
    return nothing(before);
  }
  const { deletionClaimed: _never, ...rest } = before;
  const refused = windowClosed === true ? rest : refusedNow(rest, now);
  return nothing(refused, { code: `deletion-${outcome}`, keyId, ...failureDetails(failed) });
}
