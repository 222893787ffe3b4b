import type { KeyStatus, ObservedKey } from '../model/observation.ts';
import type { Deletion } from '../model/policy.ts';
import type { Instant, Seconds } from '../model/time.ts';

/** Where a case stands. The phase belongs to the case, progress to each key. */
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

/** Which safety rule stopped us. */
export type HeldReason = 'unknown' | 'no-active-key' | 'restore-by-hand' | 'used-after-deactivation';

/**
 * How a case ended. `deactivated`: the setting `deletion: never` leaves switched-off keys where they are. `by-restore`: an
 * approver's restore left nothing to decide; read here, written from a later release on.
 */
export type ClosedAs = 'remediated' | 'by-owner' | 'by-restore' | 'user-gone' | 'deactivated';

/** A key with its status, as shown to a person: what a decision is bound to. */
export interface ShownKey {
  readonly id: string;
  readonly status: KeyStatus;
}

/** What this case did to one key and what it saw of that. All instants UTC. */
export interface KeyProgress {
  /** A claim to deactivate was committed; cleared by what is seen afterwards. */
  readonly deactivating?: Instant;
  /** IAM accepted the deactivation but still listed the key as Active then (reads lag writes by seconds). */
  readonly deactivationAnswered?: Instant;
  /** IAM refused our last attempt to change it, then; cleared by success. Keys never refused go first. */
  readonly refused?: Instant;
  /** First of the refusals in a row. */
  readonly refusedSince?: Instant;
  /** First seen Inactive after our claim: from now on it is a key of ours. */
  readonly deactivated?: Instant;
  /** When the grace period began anew, with a later decision about a key that was off already; else it began with the deactivation. */
  readonly graceFrom?: Instant;
  /** When the grace period ends; told to people, so it may move later but never earlier. */
  readonly graceEnds?: Instant;
  /** A notice naming this key and the time of deletion was accepted by SNS (S13). */
  readonly announced?: Instant;
  /** The time of deletion that it named: never earlier than that. */
  readonly announcedFor?: Instant;
  /** The same by approver id: whom the notice reached. Read here, written from a later release on. */
  readonly announcedTo?: Readonly<Record<string, Announcement>>;
  /** The phase deleting was committed for this key; restore is refused from here. */
  readonly deleting?: Instant;
  /** First sighting as Inactive after `deleting` (S4 wants two, `settle` apart). */
  readonly seenInactive?: Instant;
  /** A claim to delete was committed. */
  readonly deletionClaimed?: Instant;
  /** Seen absent after our claim to delete (or, when somebody else deleted it, seen absent). */
  readonly deleted?: Instant;
  /** AWS expired it: off for good, and nothing of ours to delete. */
  readonly expired?: Instant;
  /** A person asked for it back: from now on Active is what we asked for. */
  readonly restoring?: Restoring;
}

/** That a deletion was announced to one person. */
export interface Announcement {
  /** Mark of the address that the notice was mailed to. */
  readonly address: string;
  /** When SNS accepted it. */
  readonly at: Instant;
  /** The time of deletion that it named; null: it named none, because a confirmation was still wanted. */
  readonly date: Instant | null;
}

/** Who asked for a key back, through the link mailed to which address, and when. */
export interface Restoring {
  readonly by: string;
  /** Mark of the address that the link was mailed to. */
  readonly address: string;
  readonly at: Instant;
  /** Digest under which the request is stored, so that it can be proved again. Read here, written from a later release on. */
  readonly proof?: string;
}

/**
 * What a person chose and what follows from it. The choice is never edited: a new decision replaces it entirely. Added
 * are only when it was first carried out and, with `deletion: on-confirmation`, who confirmed the deletion.
 */
export interface Decision {
  /** The digest of the facts that were shown: one decision per digest. */
  readonly digest: string;
  readonly kind: 'keep';
  /** Id of the approver through whose link it came. */
  readonly by: string;
  /** Mark of the address that the link was mailed to: an id may pass on to somebody else. */
  readonly address: string;
  readonly at: Instant;
  readonly keep: string;
  /** Active keys to switch off, in the order they were shown. */
  readonly deactivate: readonly string[];
  /** Keys to delete after the grace period: those of `deactivate`, and keys of ours that are off already. */
  readonly remove: readonly string[];
  /** The Active keys that were shown (S5). */
  readonly shownActive: readonly string[];
  /** Keys the person knowingly switches off although they are in use (S6). */
  readonly acknowledged: readonly string[];
  /** Of the keys that were off already: their last use as it was shown (S6 asks about any later one). */
  readonly shownUse: Readonly<Record<string, Instant>>;
  /**
   * What people were told; settings may move dates later, never earlier, and make deletion stricter, never laxer. Once
   * a confirmation is asked for, that is a term, too.
   */
  readonly terms: { readonly grace: Seconds; readonly deletion: Deletion };
  /** When the first claim for it was committed; until then it expires after `decisionValid`. */
  readonly carriedOutAt: Instant | null;
  /** Who confirmed the deletion, through which approver's link, and when; null: nobody did (yet), or nobody has to. */
  readonly confirmed: { readonly by: string; readonly address: string; readonly at: Instant } | null;
}

/** Why people are asked anew; becomes a sentence in mail and page. */
export type AskedAgain =
  | { readonly code: 'keys-changed' }
  | { readonly code: 'reactivated'; readonly keyId: string }
  | { readonly code: 'restored'; readonly by: string }
  | { readonly code: 'in-use'; readonly keyId: string }
  | { readonly code: 'kept-key-gone'; readonly keyId: string }
  | { readonly code: 'decision-expired' }
  | { readonly code: 'approver-removed'; readonly by: string }
  | { readonly code: 'exclusion-ended' };

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
  | 'closed';

/** One message owed to one recipient: case state, struck off when SNS accepted it. */
export interface OwedNotice {
  readonly kind: NoticeKind;
  /** Id of the approver; `*` is the one JSON copy for machines on the data topic. */
  readonly recipient: string;
  /** When it became due. */
  readonly since: Instant;
}

/** The recipient that stands for the data topic. */
export const MACHINES = '*';

/** How a key came to be, from the CloudTrail event: evidence for people and the proposal, never authority. */
export interface KeyOrigin {
  /** `user/<name>`, `role/<name>` or `root`. */
  readonly createdBy: string;
  readonly at: Instant;
}

/** A former question: lets the page show what changed since somebody's mail. */
export interface FormerFacts {
  readonly digest: string;
  readonly keys: readonly ShownKey[];
  readonly until: Instant;
}

/** A pass that is at work on the case. Until then nobody else moves it. */
export interface Lease {
  readonly until: Instant;
  /** Random id of the pass. */
  readonly by: string;
}

/**
 * *Case*: our record of one violation, from detection to closing. There is one per user at most; a closed one
 * stays until the next begins. Optional things are null, so that folding the history is plain assignment.
 */
export interface Case {
  readonly account: string;
  readonly userId: string;
  readonly userName: string;
  readonly path: string;
  /** Counts the cases of this user from 1. */
  readonly number: number;
  /** Counts the writes for this user from 1, across cases: version n has exactly one history entry (S10). */
  readonly version: number;
  readonly phase: Phase;
  /** When the phase began. */
  readonly phaseSince: Instant;
  readonly heldFor: HeldReason | null;
  readonly closedAs: ClosedAs | null;
  readonly opened: Instant;
  /** Counts the questions put to people; goes up whenever an answer to an earlier one must not count any more. */
  readonly asking: number;
  readonly askedAgain: AskedAgain | null;
  /** The keys as last recorded; statuses are part of the facts, last uses are a help for people. */
  readonly keys: readonly ObservedKey[];
  readonly keysSeenAt: Instant;
  readonly excluded: boolean;
  readonly former: readonly FormerFacts[];
  readonly progress: Readonly<Record<string, KeyProgress>>;
  readonly origins: Readonly<Record<string, KeyOrigin>>;
  readonly decision: Decision | null;
  /** Start of the rotation window: the first fresh key within 30 days, so that re-creating does not extend it. */
  readonly rotationFrom: Instant;
  /** When people were first told of the present question; null: not yet. */
  readonly toldAt: Instant | null;
  /** When they were last reminded of it (or told). */
  readonly remindedAt: Instant | null;
  readonly escalatedAt: Instant | null;
  readonly owed: readonly OwedNotice[];
  readonly missingSince: Instant | null;
  /** First look that showed nothing left to do; one listing may lag, so only a second, `settle` later, ends the case. */
  readonly compliantSince: Instant | null;
  readonly unknownSince: Instant | null;
  readonly lease: Lease | null;
}

/** Whether the case still wants something. */
export function isOpen(current: Case | null): current is Case {
  return current !== null && current.phase !== 'closed';
}

/** A key that this case switched off and that is still there, off. */
export interface KeyOff {
  readonly id: string;
  /** When it was first seen off. */
  readonly since: Instant;
}

/** The keys that this case switched off and that are still there, off. */
export function keysOff({ progress }: Case): KeyOff[] {
  return Object.entries(progress).flatMap(([id, { deactivated, deleted, expired }]) =>
    deactivated === undefined || deleted !== undefined || expired !== undefined
      ? []
      : { id, since: deactivated },
  );
}

/** Their ids. */
export function keysOfOurs(current: Case): string[] {
  return keysOff(current).map(({ id }) => id);
}
