import { SETBACK_LASTS } from '../model/setbacks.ts';
import { type Instant, MINUTE, plus, type Seconds } from '../model/time.ts';

/** The announcement of a deletion to one person. */
export interface Announcement {
  /** Mark of the address to which the notice was mailed. */
  readonly address: string;
  /** When SNS accepted it. */
  readonly at: Instant;
  /** The time of deletion in the notice; null if it had none because a confirmation was still needed. */
  readonly date: Instant | null;
}

/** Our changes to one key, and what was observed of them. All instants are UTC. */
export interface KeyProgress {
  /** When a claim to deactivate was committed. Removed once an observation shows the result. */
  readonly deactivating?: Instant;
  /** When IAM accepted the deactivation but still listed the key as Active (reads lag writes by seconds). */
  readonly deactivationAnswered?: Instant;
  /**
   * When IAM refused our latest attempt to change the key. Removed by success. Keys that were never refused are tried
   * first.
   */
  readonly refused?: Instant;
  /** When the first of these refusals in a row happened. */
  readonly refusedSince?: Instant;
  /** When the key was first seen Inactive after our claim. From then on we have deactivated it. */
  readonly deactivated?: Instant;
  /**
   * Start of the grace period, if a later decision about an inactive key started it again; otherwise it starts with
   * the deactivation.
   */
  readonly graceFrom?: Instant;
  /** End of the grace period. It has been announced to people, so it may become later but never earlier. */
  readonly graceEnds?: Instant;
  /**
   * When SNS last accepted a notice that names this key and the time of its deletion. Release 0.2.0 decides by it;
   * here only `announcedTo` counts.
   */
  readonly announced?: Instant;
  /** The time of deletion in that notice. The key is never deleted earlier. */
  readonly announcedFor?: Instant;
  /** The latest announcement to each approver, by id (S13). */
  readonly announcedTo?: Readonly<Record<string, Announcement>>;
  /** When the deletion of this key was committed. From then on it cannot be restored. */
  readonly deleting?: Instant;
  /** When the key was first seen Inactive after `deleting` (S4 needs two observations, `settle` apart). */
  readonly seenInactive?: Instant;
  /** When a claim to delete was committed. */
  readonly deletionClaimed?: Instant;
  /**
   * When an earlier claim to delete was committed to which IAM has given no answer, so that it may still take effect.
   * It is kept whatever happens to the decision, until an observation settles it. A restore waits for that.
   */
  readonly deletionUnanswered?: Instant;
  /** When the key was seen absent: after our claim to delete, or because somebody else deleted it. */
  readonly deleted?: Instant;
  /** When the key was seen as expired by AWS. It can never be used again, and we do not delete it. */
  readonly expired?: Instant;
  /** A person asked to delete the key no earlier than this. It only becomes later, whatever decisions follow. */
  readonly inactiveUntil?: Instant;
  /** The requested restore of the key. From then on an Active status is what we asked for. */
  readonly restoring?: Restoring;
}

/** A request to restore a key: the approver, the address of the link that was used, and the time. */
export interface Restoring {
  readonly by: string;
  /** Mark of the address to which the link was mailed. */
  readonly address: string;
  readonly at: Instant;
  /**
   * Digest under which the request is stored, so that it can be verified again. Releases before 0.3.0 wrote none.
   */
  readonly proof?: string;
}

/**
 * For each field of a key's progress, if it stays when the decision is void. Fields that show that we deactivated the
 * key stay, and with them the restore; those that lead to deletion are removed.
 */
const WHEN_VOID = {
  deactivating: 'stays',
  deactivationAnswered: 'stays',
  refused: 'goes',
  refusedSince: 'goes',
  deactivated: 'stays',
  graceFrom: 'goes',
  graceEnds: 'goes',
  announced: 'goes',
  announcedFor: 'goes',
  announcedTo: 'goes',
  deleting: 'goes',
  seenInactive: 'goes',
  // It becomes `deletionUnanswered`.
  deletionClaimed: 'goes',
  deletionUnanswered: 'stays',
  deleted: 'goes',
  expired: 'goes',
  inactiveUntil: 'stays',
  restoring: 'stays',
} as const satisfies Record<keyof KeyProgress, 'stays' | 'goes'>;

/** A key's progress without a pending deletion. A deleted key stays deleted, and a call without an answer is remembered. */
export function withoutRoad(progress: KeyProgress): KeyProgress {
  return progress.deleted === undefined
    ? { ...without(progress, 'goes'), ...unansweredIn(progress) }
    : progress;
}

/** The part of a key's progress that no decision and no restore ends: a call to delete it without an answer. */
export function unansweredIn({ deletionClaimed, deletionUnanswered }: KeyProgress): KeyProgress {
  const latest = deletionClaimed ?? deletionUnanswered;
  return latest === undefined ? {} : { deletionUnanswered: latest };
}

/** After a call without an answer, an observation this much later shows whether it took effect. */
export const UNANSWERED_FOR: Seconds = 10 * MINUTE;

/** Until when a call to delete the key may still take effect, so that a restore waits; null if none is unanswered. */
export function unansweredUntil({ deletionUnanswered }: KeyProgress): Instant | null {
  return deletionUnanswered === undefined ? null : plus(deletionUnanswered, UNANSWERED_FOR);
}

/**
 * The part of a key's progress that a new start keeps: fields that only a newer release knows, an unanswered call, and the date
 * until which a person keeps the key inactive.
 */
export function lastingIn(progress: KeyProgress = {}): KeyProgress {
  const { inactiveUntil } = progress;
  return {
    ...without(without(progress, 'goes'), 'stays'),
    ...unansweredIn(progress),
    ...(inactiveUntil === undefined ? {} : { inactiveUntil }),
  };
}

/** The progress of a key without the announcements of its deletion. */
export function unannounced({
  announced: _told,
  announcedFor: _date,
  announcedTo: _whom,
  ...rest
}: KeyProgress): KeyProgress {
  return rest;
}

function without(progress: KeyProgress | undefined, fate: 'stays' | 'goes'): KeyProgress {
  const known: Readonly<Record<string, string>> = WHEN_VOID;
  return Object.fromEntries(Object.entries({ ...progress }).filter(([field]) => known[field] !== fate));
}

/**
 * True if IAM, which has just refused a change of a key with this progress, did not yet do so an hour ago. A key that it has
 * refused for long says nothing new: a few of them, each tried again every hour, must not pause the account for ever.
 */
export function isRefusedLately({ refusedSince }: KeyProgress, now: Instant): boolean {
  return refusedSince === undefined || now < plus(refusedSince, SETBACK_LASTS);
}
