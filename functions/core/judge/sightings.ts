import type { Case, KeyProgress } from '../case/case.ts';
import { graceInForce } from '../case/dates.ts';
import type { HistoryEvent } from '../case/history.ts';
import type { ObservedKey } from '../model/observation.ts';
import { type Instant, plus } from '../model/time.ts';
import { type Attempt, type Failure, failureOf, type Seen } from './situation.ts';

/** What one look at a key of the case tells about what we did to it. */
interface Sighting {
  /** Null: the key is no longer any business of this case. */
  readonly progress: KeyProgress | null;
  readonly event: HistoryEvent | null;
  /** It is Active although we switched it off and no restore asked for that (S7). */
  readonly reactivated: boolean;
}

/** Progress of all keys after this look. */
export interface Sightings {
  readonly progress: Record<string, KeyProgress>;
  readonly events: HistoryEvent[];
  readonly reactivated: string[];
}

/** Holds what was seen against what we did. Success is seen here, never assumed. */
export function sightings(situation: Seen, current: Case): Sightings {
  const result: Sightings = { progress: {}, events: [], reactivated: [] };
  for (const [id, before] of Object.entries(current.progress)) {
    const key = situation.observed.keys.find((candidate) => candidate.id === id);
    const last = situation.last?.action.keyId === id ? situation.last : null;
    const seen = sighting(before, id, key, situation, current, last);
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

function nothing(progress: KeyProgress | null, event: HistoryEvent | null = null): Sighting {
  return { progress, event, reactivated: false };
}

function absent(before: KeyProgress, keyId: string, now: Instant): Sighting {
  if (before.deleted !== undefined) {
    return nothing(before);
  }
  if (before.deletionClaimed !== undefined) {
    return nothing({ ...before, deleted: now }, { code: 'deleted', keyId });
  }
  // Whoever asked for it back must learn that there is nothing left to bring back.
  const { restoring: _tooLate, ...rest } = before;
  const event: HistoryEvent = { code: 'gone-without-us', keyId };
  return nothing(before.deactivated === undefined ? null : { ...rest, deleted: now }, event);
}

/** `Expired` is off for good. A key of ours stays known as done with; any other is no business of ours. */
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
  if (before.restoring !== undefined) {
    return nothing(null, { code: 'restored', keyId });
  }
  const { now, policy } = situation;
  const settled = (since: Instant | undefined) => since !== undefined && now >= plus(since, policy.settle);
  if (before.deactivated !== undefined || settled(before.deactivationAnswered)) {
    return { progress: null, event: { code: 'reactivated-by-hand', keyId }, reactivated: true };
  }
  // IAM may still list the old status for some seconds after it said yes: never repeat that blindly.
  if (last?.outcome === 'done') {
    return nothing({ ...before, deactivationAnswered: now });
  }
  const { deactivating, ...rest } = before;
  if (last !== null) {
    return nothing(refusedNow(rest, now), { code: `deactivation-${last.outcome}`, keyId });
  }
  // A claim without an answer: a look this long after it shows that nothing came of it.
  const lost = before.deactivationAnswered === undefined && settled(deactivating);
  if (!lost) {
    return nothing(before);
  }
  return nothing(rest.refused === undefined ? null : rest, { code: 'deactivation-lost', keyId });
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
    // No call of ours can have done it: somebody else switched it off, so it is not ours to delete.
    if (before.deactivating === undefined || failed !== null) {
      return nothing(null, { code: 'off-without-us', keyId });
    }
    const graceEnds = plus(now, graceInForce(current.decision, situation.policy));
    return nothing({ deactivated: now, graceEnds }, { code: 'deactivated', keyId });
  }
  if (failed?.action.kind === 'reactivate') {
    return nothing(refusedNow(before, now), { code: `restore-${failed.outcome}`, keyId });
  }
  if (failed?.action.kind === 'delete') {
    return notDeleted(before, keyId, now, failed);
  }
  if (before.deleting !== undefined && before.seenInactive === undefined && observed.at >= before.deleting) {
    return nothing({ ...before, seenInactive: now });
  }
  return nothing(before);
}

/** "No such key" about a key that is listed is IAM lagging its own writes: the claim stands, and time shows. */
function notDeleted(before: KeyProgress, keyId: string, now: Instant, { outcome }: Failure): Sighting {
  if (outcome === 'absent') {
    return nothing(before);
  }
  const { deletionClaimed: _never, ...rest } = before;
  return nothing(refusedNow(rest, now), { code: `deletion-${outcome}`, keyId });
}
