import type { Case, KeyProgress } from '../case.ts';
import type { HistoryEvent } from '../history.ts';
import type { ObservedKey } from '../model.ts';
import { type Instant, plus, type Seconds } from '../time.ts';
import type { Attempt, Seen } from './situation.ts';

/** What one look at a key of the case tells about what we did to it. */
interface Sighting {
  /** Null: the key is no longer any business of this case. */
  progress: KeyProgress | null;
  event: HistoryEvent | null;
  /** It is Active although we switched it off and no restore asked for that (S7). */
  reactivated: boolean;
}

/** Progress of all keys after this look. */
export interface Sightings {
  progress: Record<string, KeyProgress>;
  events: HistoryEvent[];
  reactivated: string[];
}

/** Holds what was seen against what we did. Success is seen here, never assumed. */
export function sightings(situation: Seen, known: Case): Sightings {
  const result: Sightings = { progress: {}, events: [], reactivated: [] };
  for (const [id, before] of Object.entries(known.progress)) {
    const key = situation.observed.keys.find((candidate) => candidate.id === id);
    const last = situation.last?.action.keyId === id ? situation.last : null;
    const seen = sighting(before, id, key, situation, known, last);
    if (seen.progress !== null) result.progress[id] = seen.progress;
    if (seen.event !== null) result.events.push(seen.event);
    if (seen.reactivated) result.reactivated.push(id);
  }
  return result;
}

function sighting(
  before: KeyProgress,
  keyId: string,
  key: ObservedKey | undefined,
  situation: Seen,
  known: Case,
  last: Attempt | null,
): Sighting {
  if (key === undefined) return absent(before, keyId, situation.now);
  if (key.status === 'Active') return active(before, keyId, situation, last);
  if (key.status === 'Inactive') return off(before, keyId, situation, known, last);
  return expired(before, keyId, situation.now);
}

function nothing(progress: KeyProgress | null, event: HistoryEvent | null = null): Sighting {
  return { progress, event, reactivated: false };
}

function absent(before: KeyProgress, keyId: string, now: Instant): Sighting {
  if (before.deleted !== undefined) return nothing(before);
  if (before.deletionClaimed !== undefined)
    return nothing({ ...before, deleted: now }, { code: 'deleted', keyId });
  // Whoever asked for it back must learn that there is nothing left to bring back.
  const { restoring: _tooLate, ...rest } = before;
  const event = { code: 'gone-without-us', keyId };
  return nothing(before.deactivated === undefined ? null : { ...rest, deleted: now }, event);
}

/** `Expired` is off for good. A key of ours stays known as done with; any other is no business of ours. */
function expired(before: KeyProgress, keyId: string, now: Instant): Sighting {
  if (before.deactivated === undefined) return nothing(null, { code: 'expired', keyId });
  const { restoring: _tooLate, ...rest } = before;
  return before.expired === undefined
    ? nothing({ ...rest, expired: now }, { code: 'expired', keyId })
    : nothing(before);
}

function active(before: KeyProgress, keyId: string, situation: Seen, last: Attempt | null): Sighting {
  if (before.restoring !== undefined) {
    return nothing(null, { code: 'restored', keyId });
  }
  const settled =
    before.deactivationAnswered !== undefined &&
    situation.now >= plus(before.deactivationAnswered, situation.policy.settle);
  if (before.deactivated !== undefined || settled) {
    return { progress: null, event: { code: 'reactivated-by-hand', keyId }, reactivated: true };
  }
  // IAM may still list the old status for some seconds after it said yes: never repeat that blindly.
  if (last?.outcome === 'done') return nothing({ ...before, deactivationAnswered: situation.now });
  if (last !== null) {
    const { deactivating: _never, ...rest } = before;
    const { now } = situation;
    const refusal = { refused: now, refusedSince: before.refusedSince ?? now };
    return nothing({ ...rest, ...refusal }, { code: `deactivation-${last.outcome}`, keyId });
  }
  return nothing(before);
}

function off(
  before: KeyProgress,
  keyId: string,
  situation: Seen,
  known: Case,
  last: Attempt | null,
): Sighting {
  const { now, observed } = situation;
  if (before.deactivated === undefined) {
    // No claim of ours is open (IAM refused it, say): somebody else switched it off, so it is not ours to delete.
    if (before.deactivating === undefined) return nothing(null, { code: 'off-without-us', keyId });
    const {
      deactivating: _done,
      deactivationAnswered: _seen,
      refused: _then,
      refusedSince: _since,
      ...rest
    } = before;
    const graceEnds = plus(now, graceOf(known, situation));
    return nothing({ ...rest, deactivated: now, graceEnds }, { code: 'deactivated', keyId });
  }
  if (last?.action.kind === 'delete' && last.outcome !== 'done') {
    const { deletionClaimed: _never, ...rest } = before;
    return nothing(rest, { code: `deletion-${last.outcome}`, keyId });
  }
  if (before.deleting !== undefined && before.seenInactive === undefined && observed.at >= before.deleting) {
    return nothing({ ...before, seenInactive: now });
  }
  return nothing(before);
}

/** The grace period in force: what the decision promised, or longer if the setting is now longer. */
export function graceOf(known: Case, situation: Pick<Seen, 'policy'>): Seconds {
  return Math.max(situation.policy.grace, known.decision?.terms.grace ?? 0);
}
