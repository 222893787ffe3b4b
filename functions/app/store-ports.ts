import type { Case } from '../core/case/case.ts';
import type { Decision } from '../core/case/decision.ts';
import type { Exposed } from '../core/case/exposure.ts';
import type { HistoryEntry } from '../core/case/history.ts';
import type { LaterUses } from '../core/case/later-uses.ts';
import type { DecisionRequest, NewerRequest } from '../core/case/requests.ts';
import type { NameRecord, UnderName } from '../core/case/under-name.ts';
import type { UnreadCase } from '../core/case/unread.ts';
import type { SealedLinkRequest } from '../core/channel/link-request.ts';
import type { CheckedSubscriptions } from '../core/health/reach.ts';
import type { ToKeep } from '../core/judge/evidence.ts';
import type { Control } from '../core/model/policy.ts';
import type { Instant } from '../core/model/time.ts';
import type { StoredEvidence } from '../core/proposal/context.ts';

/** Everything stored about a user, from one consistent read before a pass. */
export interface StoredUser extends StoredEvidence {
  readonly control: Control;
  /** The open or latest case; null if there never was one. */
  readonly case: Case | null;
  /** Due time of the case's next evaluation, as stored now. */
  readonly wakeAt: Instant | null;
  /** Number of failed passes in a row. */
  readonly failures: number;
  /** Hash of the latest history entry; null before the first. */
  readonly lastHash: string | null;
  /** Hash of the case as stored; null if there is none. */
  readonly state: string | null;
  /** UserId whose case had the given name last; null if no case has it or no name was given. */
  readonly nameHolder: string | null;
  /** The states of the approvers' subscriptions; null if health never checked them. */
  readonly subscriptions?: CheckedSubscriptions | null;
  /** Last uses read since the case's version was written. */
  readonly laterUses?: LaterUses | null;
  /** Creators of keys, stored beside the case because it could not record them. */
  readonly evidence: Case['origins'];
  /** The keys that AWS called exposed, stored there for the same reason; absent if there was none. */
  readonly exposed?: Exposed;
  /** The data stored under the given name; nothing if no name was given. */
  readonly underName: UnderName;
}

/** Everything read before a pass over a user whose stored case this release cannot read. */
export interface UnreadUser extends Pick<StoredUser, 'nameHolder' | 'evidence' | 'exposed' | 'underName'> {
  readonly unread: UnreadCase;
  /** The version of the item; null if even that cannot be read. */
  readonly version: number | null;
}

/**
 * A versioned write of the case with its history entry and everything else that must be written in the same
 * transaction.
 */
export interface Commit {
  /** The version that must be stored now; 0 if there must be no item. */
  readonly from: number;
  readonly next: Case;
  readonly entry: HistoryEntry;
  /** Due time of the next evaluation; null for a closed case. */
  readonly wakeAt: Instant | null;
  /** Number of failed passes in a row, including this one. */
  readonly failures: number;
  /** A decision adopted by this write, which is also stored permanently beside the case. */
  readonly decided: Decision | null;
  /** True if the case's name is new, so that the item from name to UserId must be written. */
  readonly named: boolean;
  /** The rank in the list of open cases; null for a closed case. */
  readonly rank: string | null;
  /** The hourly budget from which a change of a key is taken (S8); null for any other write. */
  readonly budget: { readonly hour: string; readonly limit: number } | null;
  /** The clock hour to whose budget a change is given back that was claimed and not made; null if there is none. */
  readonly givenBack: string | null;
  /** The parts of the control item that must be stored now as they were read; null if the write depends on none. */
  readonly control: Partial<Control> | null;
  /**
   * Digests of the question that this write ends, to which there must still be no answer. Otherwise an answer that was
   * stored since they were read would never be looked for again.
   */
  readonly unanswered: readonly string[];
}

/** The answers to a case's question, and its history entry. */
export interface Recorded {
  /** By digest. */
  readonly requests: ReadonlyMap<string, DecisionRequest | NewerRequest>;
  /**
   * Hash of the case according to the history entry of its version; null if a release before 0.3.0 wrote that entry,
   * and empty if there is none.
   */
  readonly state: string | null;
}

export interface CaseStore {
  /** One consistent read of control item, case and, if a name is given, the UserId whose case had it last. */
  load(account: string, userId: string, userName: string | null): Promise<StoredUser | UnreadUser>;
  /** The data stored under a name, compared in lower case. */
  byName(account: string, userName: string): Promise<NameRecord>;
  /**
   * Writes everything or nothing. `stale`: somebody else wrote this version, the control item, or an answer first.
   * `over-budget`: this hour's changes are used up. In both cases nothing was written.
   */
  commit(change: Commit): Promise<'done' | 'stale' | 'over-budget'>;
  /**
   * Changes only the due time of the next evaluation (null if none is due) and, if they are given, the last uses that
   * pages show. Does nothing if the stored version is not this one any more.
   */
  reschedule(
    current: Case,
    wakeAt: Instant | null,
    failures: number,
    laterUses: LaterUses | null,
  ): Promise<void>;
  /** Sets the time of the next try to read a case. Does nothing if the stored version is not this one any more. */
  postpone(user: Pick<UnreadUser, 'unread' | 'version'>, wakeAt: Instant): Promise<void>;
  /** The requests stored for these digests and what the history says of this version, in one consistent read. */
  recorded(
    current: Pick<Case, 'account' | 'userId' | 'version'>,
    digests: readonly string[],
  ): Promise<Recorded>;
  /**
   * Stores the parts of the evidence about a user that the case does not have. Of two concurrent writes of a part the later
   * one remains, which is acceptable for evidence.
   */
  keepEvidence(account: string, userId: string, parts: ToKeep): Promise<void>;
  /** Stores parts of what is kept under a name, compared in lower case. */
  keepUnderName(account: string, userName: string, parts: Partial<UnderName>): Promise<void>;
}

/** The list of open cases, and of closed ones whose end a digest still has to tell. */
export interface OpenCases {
  /** Everything stored about their users, the most urgent first; cases that this release cannot read are left out. */
  open(account: string): Promise<StoredUser[]>;
  /** UserIds of open cases that are not in the list, because a release that did not know it wrote them last. */
  unlisted(account: string): Promise<string[]>;
  /** Puts an open case into the list. Does nothing if the stored version is not this one any more. */
  enlist(current: Case, rank: string): Promise<void>;
}

/** Everything that a page needs of the table besides its case. */
export interface BesideCase extends StoredEvidence {
  readonly control: Control;
  /** The states of the approvers' subscriptions; null if health never checked them. */
  readonly subscriptions?: CheckedSubscriptions | null;
}

/**
 * The part of the table that `approve` uses: one case, the control item, evidence, the states of subscriptions, and its own
 * requests.
 */
export interface RequestStore {
  case(account: string, userId: string): Promise<{ readonly current: Case | UnreadCase | null } & BesideCase>;
  /**
   * Stores a request, with the comment whose digest it has if there is one, unless a request exists for its digest. Returns
   * the one that is stored now, which may be somebody else's.
   */
  record(
    account: string,
    userId: string,
    request: DecisionRequest,
    comment?: string,
  ): Promise<DecisionRequest | NewerRequest>;
  /** The comment stored beside the request with this digest; null if there is none, or it is not that with `commentDigest`. */
  comment(account: string, userId: string, digest: string, commentDigest: string): Promise<string | null>;
  request(account: string, userId: string, digest: string): Promise<DecisionRequest | NewerRequest | null>;
  /** Stores a request for a mail with a new link. `before`: one is stored already for its person, case, reason and day. */
  recordLinkRequest(account: string, request: SealedLinkRequest): Promise<'recorded' | 'before'>;
}

/** The stored requests for mails with a new link. */
export interface LinkRequests {
  /** The request stored under a digest; null if there is none that this release understands. */
  read(account: string, userId: string, digest: string): Promise<SealedLinkRequest | null>;
}

export interface DueStore {
  /** Users whose open case is due for evaluation, oldest first, from all shards. */
  due(now: Instant, limit: number): Promise<DueCase[]>;
  /** Addresses with a digest that is due. Without an address: some may be reached that lately were not. */
  digests(now: Instant): Promise<(Pick<DueDigest, 'account'> & Partial<DueDigest>)[]>;
  /** Moves the due time, unless somebody else moved it first. True if this call moved it. */
  push(due: DueCase, to: Instant): Promise<boolean>;
}

/** A digest that is due: the account, and the mark of the address. */
export interface DueDigest {
  readonly account: string;
  readonly address: string;
}

export interface DueCase {
  readonly account: string;
  readonly userId: string;
  readonly wakeAt: Instant;
}
