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

/** How a case ended. `deactivated`: the setting `deletion: never` leaves switched-off keys where they are. */
export type ClosedAs = 'remediated' | 'by-owner' | 'user-gone' | 'deactivated';

/** A key with its status, as shown to a person: what a decision is bound to. */
export interface ShownKey {
  id: string;
  status: KeyStatus;
}

/** What this case did to one key and what it saw of that. All instants UTC. */
export interface KeyProgress {
  /** A claim to deactivate was committed; cleared by what is seen afterwards. */
  deactivating?: Instant;
  /** IAM accepted the deactivation but still listed the key as Active then (reads lag writes by seconds). */
  deactivationAnswered?: Instant;
  /** IAM refused our last attempt to change it, then; cleared by success. Keys never refused go first. */
  refused?: Instant;
  /** First of the refusals in a row. */
  refusedSince?: Instant;
  /** First seen Inactive after our claim: from now on it is a key of ours. */
  deactivated?: Instant;
  /** When the grace period began anew, with a later decision about a key that was off already; else it began with the deactivation. */
  graceFrom?: Instant;
  /** When the grace period ends; told to people, so it may move later but never earlier. */
  graceEnds?: Instant;
  /** A notice naming this key and the time of deletion was accepted by SNS (S13). */
  announced?: Instant;
  /** The time of deletion that it named: never earlier than that. */
  announcedFor?: Instant;
  /** The phase deleting was committed for this key; restore is refused from here. */
  deleting?: Instant;
  /** First sighting as Inactive after `deleting` (S4 wants two, `settle` apart). */
  seenInactive?: Instant;
  /** A claim to delete was committed. */
  deletionClaimed?: Instant;
  /** Seen absent after our claim to delete (or, when somebody else deleted it, seen absent). */
  deleted?: Instant;
  /** AWS expired it: off for good, and nothing of ours to delete. */
  expired?: Instant;
  /** A person asked for it back: from now on Active is what we asked for. */
  restoring?: Restoring;
}

/** Who asked for a key back, through the link mailed to which address, and when. */
export interface Restoring {
  by: string;
  /** Mark of the address that the link was mailed to. */
  address: string;
  at: Instant;
}

/**
 * What a person chose and what follows from it. The choice is never edited: a new decision replaces it entirely. Added
 * are only when it was first carried out and, with `deletion: on-confirmation`, who confirmed the deletion.
 */
export interface Decision {
  /** The digest of the facts that were shown: one decision per digest. */
  digest: string;
  kind: 'keep';
  /** Id of the approver through whose link it came. */
  by: string;
  /** Mark of the address that the link was mailed to: an id may pass on to somebody else. */
  address: string;
  at: Instant;
  keep: string;
  /** Active keys to switch off, in the order they were shown. */
  deactivate: readonly string[];
  /** Keys to delete after the grace period: those of `deactivate`, and keys of ours that are off already. */
  remove: readonly string[];
  /** The Active keys that were shown (S5). */
  shownActive: readonly string[];
  /** Keys the person knowingly switches off although they are in use (S6). */
  acknowledged: readonly string[];
  /** Of the keys that were off already: their last use as it was shown (S6 asks about any later one). */
  shownUse: Readonly<Record<string, Instant>>;
  /**
   * What people were told; settings may move dates later, never earlier, and make deletion stricter, never laxer. Once
   * a confirmation is asked for, that is a term, too.
   */
  terms: { grace: Seconds; deletion: Deletion };
  /** When the first claim for it was committed; until then it expires after `decisionValid`. */
  carriedOutAt: Instant | null;
  /** Who confirmed the deletion, through which approver's link, and when; null: nobody did (yet), or nobody has to. */
  confirmed: { by: string; address: string; at: Instant } | null;
}

/** Why people are asked anew; becomes a sentence in mail and page. */
export type AskedAgain =
  | { code: 'keys-changed' }
  | { code: 'reactivated'; keyId: string }
  | { code: 'restored'; by: string }
  | { code: 'in-use'; keyId: string }
  | { code: 'kept-key-gone'; keyId: string }
  | { code: 'decision-expired' }
  | { code: 'approver-removed'; by: string }
  | { code: 'exclusion-ended' };

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
  kind: NoticeKind;
  /** Id of the approver; `*` is the one JSON copy for machines on the data topic. */
  recipient: string;
  /** When it became due. */
  since: Instant;
}

/** The recipient that stands for the data topic. */
export const MACHINES = '*';

/** How a key came to be, from the CloudTrail event: evidence for people and the proposal, never authority. */
export interface KeyOrigin {
  /** `user/<name>`, `role/<name>` or `root`. */
  createdBy: string;
  at: Instant;
}

/** A former question: lets the page show what changed since somebody's mail. */
export interface FormerFacts {
  digest: string;
  keys: readonly ShownKey[];
  until: Instant;
}

/** A pass that is at work on the case. Until then nobody else moves it. */
export interface Lease {
  until: Instant;
  /** Random id of the pass. */
  by: string;
}

/**
 * *Case*: our record of one violation, from detection to closing. There is one per user at most; a closed one
 * stays until the next begins. Optional things are null, so that folding the history is plain assignment.
 */
export interface Case {
  account: string;
  userId: string;
  userName: string;
  path: string;
  /** Counts the cases of this user from 1. */
  number: number;
  /** Counts the writes for this user from 1, across cases: version n has exactly one history entry (S10). */
  version: number;
  phase: Phase;
  /** When the phase began. */
  phaseSince: Instant;
  heldFor: HeldReason | null;
  closedAs: ClosedAs | null;
  opened: Instant;
  /** Counts the questions put to people; goes up whenever an answer to an earlier one must not count any more. */
  asking: number;
  askedAgain: AskedAgain | null;
  /** The keys as last recorded; statuses are part of the facts, last uses are a help for people. */
  keys: readonly ObservedKey[];
  keysSeenAt: Instant;
  excluded: boolean;
  former: readonly FormerFacts[];
  progress: Readonly<Record<string, KeyProgress>>;
  origins: Readonly<Record<string, KeyOrigin>>;
  decision: Decision | null;
  /** Start of the rotation window: the first fresh key within 30 days, so that re-creating does not extend it. */
  rotationFrom: Instant;
  /** When people were first told of the present question; null: not yet. */
  toldAt: Instant | null;
  /** When they were last reminded of it (or told). */
  remindedAt: Instant | null;
  escalatedAt: Instant | null;
  owed: readonly OwedNotice[];
  missingSince: Instant | null;
  /** First look that showed nothing left to do; one listing may lag, so only a second, `settle` later, ends the case. */
  compliantSince: Instant | null;
  unknownSince: Instant | null;
  lease: Lease | null;
}

/** Whether the case still wants something. */
export function isOpen(known: Case | null): known is Case {
  return known !== null && known.phase !== 'closed';
}

/** A key that this case switched off and that is still there, off. */
export interface KeyOff {
  id: string;
  /** When it was first seen off. */
  since: Instant;
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
export function keysOfOurs(known: Case): string[] {
  return keysOff(known).map(({ id }) => id);
}
