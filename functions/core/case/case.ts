import type { KeyStatus, ObservedKey } from '../model/observation.ts';
import type { Scoped } from '../model/only.ts';
import type { OwnerTag } from '../model/owners.ts';
import type { Instant } from '../model/time.ts';
import type { Decision } from './decision.ts';
import type { DroppedAnswer } from './dropped.ts';
import type { Granted } from './exception.ts';
import type { Exposed } from './exposure.ts';
import type { KeyProgress } from './progress.ts';
import type { Returned } from './returned.ts';
import type { ShownTerms } from './terms.ts';

/** The state of a case. The phase belongs to the case, progress to each key. */
export type Phase =
  | 'rotating'
  | 'awaiting-decision'
  | 'exception'
  | 'approved'
  | 'grace'
  | 'awaiting-confirmation'
  | 'deleting'
  | 'held'
  | 'excluded'
  | 'closed';

/** The safety rule that stopped Solekey. */
export type HeldReason = 'unknown' | 'no-active-key' | 'restore-by-hand' | 'used-after-deactivation';

/**
 * How a case ended. `deactivated`: because of the setting `deletion: never` the deactivated keys are not deleted.
 * `by-restore`: after an approver's restore nothing was left to decide.
 */
export type ClosedAs = 'remediated' | 'by-owner' | 'by-restore' | 'user-gone' | 'deactivated';

/** A key with its status as shown to a person, to which a decision is bound. */
export interface ShownKey {
  readonly id: string;
  readonly status: KeyStatus;
}

/** The reason for asking people again, from which mail and page make a sentence. */
export type AskedAgain =
  | { readonly code: 'keys-changed' }
  | { readonly code: 'reactivated'; readonly keyId: string }
  | { readonly code: 'restored'; readonly by: string }
  | { readonly code: 'in-use'; readonly keyId: string }
  | { readonly code: 'kept-key-gone'; readonly keyId: string }
  | { readonly code: 'decision-expired' }
  | { readonly code: 'approver-removed'; readonly by: string }
  | { readonly code: 'exclusion-ended' }
  | { readonly code: 'exception-ended' }
  /** An alarm about a key that an exception left Active, of which nobody knew when it was given. */
  | { readonly code: 'exception-alarm'; readonly keyId: string };

export type NoticeKind =
  | 'detected'
  | 'rotation'
  | 'reminder'
  | 'escalated'
  | 'asked-again'
  | 'deactivated'
  | 'deletion-announced'
  | 'confirm-deletion'
  | 'held'
  | 'restored'
  | 'exception-ending'
  | 'closed';

/**
 * How soon a notice that is not mailed by itself must be in a digest. `urgent`: within minutes. `new`: in the daily one,
 * or after a quiet day in one of its own. `reminder`: in the daily one. `weekly`: in any, at the latest in the weekly
 * one.
 */
export type Pool = (typeof POOLS)[number];

/** All of them. */
export const POOLS = ['urgent', 'new', 'reminder', 'weekly'] as const;

/** One notice that is not sent yet, to one recipient. It is removed when SNS has accepted it, or a digest with it. */
export interface OwedNotice {
  readonly kind: NoticeKind;
  /** Id of the approver; `*` for the JSON copy on the data topic. */
  readonly recipient: string;
  /** When it became due. */
  readonly since: Instant;
  /** Present if it waits for a digest and is not mailed by itself. */
  readonly pooled?: Pool;
}

/** The recipient that stands for the data topic. */
export const MACHINES = '*';

/**
 * The creation of a key according to a CloudTrail event. It is evidence for people and the proposal, never authority.
 */
export interface KeyOrigin {
  /** `user/<name>`, `role/<name>` or `root`. */
  readonly createdBy: string;
  readonly at: Instant;
  /**
   * The ARNs of that caller: of the user, or of the session and of its role. They only withhold from an approver what is
   * about their own key (core/case/own-key.ts). Absent in records of releases before 0.9.0, or if they could not be read.
   */
  readonly arns?: readonly string[];
  /** When a person decided, in an earlier case, to keep this key. From then on its creator raises no alarm. */
  readonly answered?: Instant;
}

/** A former question, from which the page shows what has changed since an earlier mail. */
export interface FormerFacts {
  readonly digest: string;
  readonly keys: readonly ShownKey[];
  readonly until: Instant;
  /** If the user was excluded then. Absent in entries of releases before 0.3.0. */
  readonly excluded?: boolean;
  /** If `only` left the user out then. Absent if that setting was never set. */
  readonly outside?: boolean;
}

/**
 * The unexpected creators of which people were notified, by key id, and the exposed keys. `number` is that of the case, because an older
 * release opens the next case without clearing this.
 */
export interface Alarmed {
  readonly number: number;
  readonly creators: Readonly<Record<string, string>>;
  /** The suspect keys of which people were notified. Absent if there was none. */
  readonly exposed?: readonly string[];
}

/** A pass at work on the case. Nobody else moves the case until it expires. */
export interface Lease {
  readonly until: Instant;
  /** Random id of the pass. */
  readonly by: string;
}

/**
 * *Case*: our record of one violation, from detection to closing. There is at most one per user; a closed one stays
 * until the next begins. Absent values are null, so that the history can be folded by plain assignment.
 */
export interface Case extends Scoped {
  readonly account: string;
  readonly userId: string;
  readonly userName: string;
  readonly path: string;
  /**
   * The tags that say who is responsible for the user, those believed first first. Only people are shown them: they are
   * part of no digest and no proof. Absent if there never was one.
   */
  readonly owners?: readonly OwnerTag[];
  /** Number of the case among those of this user, from 1. */
  readonly number: number;
  /**
   * Number of the write among those for this user, from 1, across cases. Version n has exactly one history entry
   * (S10).
   */
  readonly version: number;
  readonly phase: Phase;
  /** When the phase began. */
  readonly phaseSince: Instant;
  readonly heldFor: HeldReason | null;
  readonly closedAs: ClosedAs | null;
  readonly opened: Instant;
  /** When the violation last returned after the case had been closed; absent if it never did. */
  readonly reopenedAt?: Instant;
  /** Number of the question to people. It increases whenever answers to the earlier question must become invalid. */
  readonly asking: number;
  readonly askedAgain: AskedAgain | null;
  /**
   * The keys as last recorded. Their statuses are part of the facts; their last uses are only information for people.
   */
  readonly keys: readonly ObservedKey[];
  readonly keysSeenAt: Instant;
  readonly excluded: boolean;
  readonly former: readonly FormerFacts[];
  /**
   * The terms under which questions of this case may have been shown, the newest last. A case that only a release
   * before 0.3.0 has written has none.
   */
  readonly shownTerms?: readonly ShownTerms[];
  readonly progress: Readonly<Record<string, KeyProgress>>;
  readonly origins: Readonly<Record<string, KeyOrigin>>;
  readonly decision: Decision | null;
  /**
   * Start of the rotation window: the first new key within 30 days, so that creating another key does not extend it.
   */
  readonly rotationFrom: Instant;
  /** When people were first notified of the present question; null if they were not. */
  readonly toldAt: Instant | null;
  /** When people were last notified of it, by the first notice or a reminder. */
  readonly remindedAt: Instant | null;
  readonly escalatedAt: Instant | null;
  readonly alarmed?: Alarmed;
  readonly owed: readonly OwedNotice[];
  /** The latest return of a key of this user, which outlives the case; absent if there was none. */
  readonly returned?: Returned;
  /**
   * How often each key was restored on request, by key id: a restore after the first is typed. It outlives the case;
   * keys that are gone leave it with the next restore. Absent if there was none.
   */
  readonly restored?: Readonly<Record<string, number>>;
  /** Keys that a person decided to deactivate as compromised. It outlives the case and every decision; absent if there was none. */
  readonly compromised?: readonly string[];
  /** The latest exceptions of this user, oldest first. They outlive the case and every decision; absent if there was none. */
  readonly exceptions?: readonly Granted[];
  /** The keys that AWS called exposed. It outlives the case; absent if there was none. */
  readonly exposed?: Exposed;
  /** Recorded answers that are not carried out, oldest first. */
  readonly dropped?: readonly DroppedAnswer[];
  readonly missingSince: Instant | null;
  /**
   * When an observation first showed nothing left to do. One list may be outdated, so only a second observation,
   * `settle` later, closes the case.
   */
  readonly compliantSince: Instant | null;
  readonly unknownSince: Instant | null;
  readonly lease: Lease | null;
}

/** True if the case is not closed. */
export function isOpen(current: Case | null): current is Case {
  return current !== null && current.phase !== 'closed';
}

/** A key that this case deactivated and that still exists, Inactive. */
export interface KeyOff {
  readonly id: string;
  /** When it was first seen Inactive. */
  readonly since: Instant;
}

/** The keys that this case deactivated and that still exist, Inactive. */
export function keysOff({ progress }: Case): KeyOff[] {
  return Object.entries(progress).flatMap(([id, { deactivated, deleted, expired }]) =>
    deactivated === undefined || deleted !== undefined || expired !== undefined
      ? []
      : { id, since: deactivated },
  );
}

/** The ids of these keys. */
export function keysOfOurs(current: Case): string[] {
  return keysOff(current).map(({ id }) => id);
}
