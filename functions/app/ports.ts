import type { Case, Decision } from '../core/case/case.ts';
import type { HistoryEntry } from '../core/case/history.ts';
import type { Answer, DecisionRequest, LinkClaim } from '../core/case/requests.ts';
import type { Refreshed } from '../core/config/refresh.ts';
import type { CredentialReport, Evaluation, ListedUser, ShownVerdict } from '../core/config/survey.ts';
import type { KeyStatus, LastUsed, UnknownWhy } from '../core/model/observation.ts';
import type { Control } from '../core/model/policy.ts';
import type { Instant, Seconds } from '../core/model/time.ts';
import type { Metric } from './metrics.ts';
import type { RefreshWish, Wake } from './wake.ts';

/** A read that did not answer. Law 3: unknown never acts. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  constructor(
    readonly why: UnknownWhy,
    readonly call: string,
  ) {
    super(`${call}: ${why}`);
  }
}

export interface IamUser {
  readonly userId: string;
  readonly userName: string;
  readonly path: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ListedKey {
  readonly id: string;
  readonly status: KeyStatus;
  readonly created: Instant;
}

/** Every method throws {@link Unreadable} when IAM did not answer, and says `null` or `'absent'` only when IAM said so. */
export interface IamReader {
  /** By name, whatever its case; null when IAM knows no such user now. */
  user(name: string): Promise<IamUser | null>;
  /** All keys of a user, all pages; null when the user is gone. */
  keys(name: string): Promise<ListedKey[] | null>;
  lastUsed(keyId: string): Promise<LastUsed>;
  /** Present name of the user who owns a key; null when no such key exists. */
  ownerOf(keyId: string): Promise<string | null>;
  /** Present name of a user by unique id, through all pages of the user list; null when the list lacks it. */
  nameOf(userId: string): Promise<string | null>;
}

/**
 * How an IAM write ended. `done`: IAM accepted it. `absent`: no such key or user. `refused`: IAM answered and
 * changed nothing. `unknown`: no answer, so it may have happened.
 */
export type WriteOutcome = 'done' | 'absent' | 'refused' | 'unknown';

/** One attempt, 5 s timeout (law 2). Only reconcile's adapter set has it. */
export interface IamWriter {
  setStatus(userName: string, keyId: string, status: 'Active' | 'Inactive'): Promise<WriteOutcome>;
  remove(userName: string, keyId: string): Promise<WriteOutcome>;
}

/** What is known before a pass: one consistent read. */
export interface StoredUser {
  readonly control: Control;
  /** The open or last case; null when there never was one. */
  readonly case: Case | null;
  /** When the case wants to be looked at next, as stored now. */
  readonly wakeAt: Instant | null;
  /** How many passes in a row failed. */
  readonly failures: number;
  /** The hash of the newest history entry, null before the first. */
  readonly lastHash: string | null;
  /** UserId whose case last had the name asked for; null when no case knows it or none was asked for. */
  readonly nameHolder: string | null;
  /** Who made keys, from before there was a case to keep it. */
  readonly evidence: Case['origins'];
}

/** A versioned write: the case, its history entry and what else must be true together. */
export interface Commit {
  /** The version that must be stored now; 0 when there is no item. */
  readonly from: number;
  readonly next: Case;
  readonly entry: HistoryEntry;
  /** When to look next; null for a closed case. */
  readonly wakeAt: Instant | null;
  /** How many passes in a row failed, this one included. */
  readonly failures: number;
  /** A decision adopted by this very write: recorded for ever beside the case. */
  readonly decided: Decision | null;
  /** The case's name is new to us: remember who holds it. */
  readonly named: boolean;
  /** A change of a key that counts against an hour's budget (S8); null for any other write. */
  readonly budget: { readonly hour: string; readonly limit: number } | null;
}

export interface CaseStore {
  /** One consistent read of control item, case, and (when given) who held this name in our cases. */
  load(account: string, userId: string, userName: string | null): Promise<StoredUser>;
  /** UserId that last had this name in a case (lower case compare); null when no case knows the name. */
  userIdByName(account: string, userName: string): Promise<string | null>;
  /** `stale`: somebody else wrote first. `over-budget`: this hour's changes are used up. Nothing was written in both. */
  commit(change: Commit): Promise<'done' | 'stale' | 'over-budget'>;
  /** Moves only the time of the next look; quietly does nothing when the version moved on. */
  reschedule(current: Case, wakeAt: Instant, failures: number): Promise<void>;
  request(account: string, userId: string, digest: string): Promise<DecisionRequest | null>;
  /** Keeps who made keys of a user without a case. Evidence: of two at once the last stays. */
  keepEvidence(account: string, userId: string, evidence: Case['origins']): Promise<void>;
}

/** What `approve` may touch: one case, the control item, and its own requests. */
export interface RequestStore {
  case(
    account: string,
    userId: string,
  ): Promise<{ readonly current: Case | null; readonly control: Control }>;
  /** First one per digest wins: returns what is stored now, which may be somebody else's. */
  record(account: string, userId: string, request: DecisionRequest): Promise<DecisionRequest>;
  request(account: string, userId: string, digest: string): Promise<DecisionRequest | null>;
}

export interface DueStore {
  /** Users whose open case wants a look, oldest first, from every shard. */
  due(now: Instant, limit: number): Promise<DueCase[]>;
  /** Pushes the look on, unless somebody else did: true when it was ours to push. */
  push(due: DueCase, to: Instant): Promise<boolean>;
}

export interface DueCase {
  readonly account: string;
  readonly userId: string;
  readonly wakeAt: Instant;
}

export interface LinkMinter {
  /** The signed token for a link. */
  mint(claim: LinkClaim): Promise<string>;
}

/** What `approve` can do with links: check one that somebody sent. It can make none. */
export interface LinkVerifier {
  /** What the link says; null when it was not signed by our key or is not a link at all. */
  verify(token: string): Promise<LinkClaim | null>;
  /** The request to store for what was asked through a verified link: bound to it, without giving it away. */
  seal(token: string, asked: Answer): DecisionRequest;
  /** What a stored request says about its link, unproved: that takes its MAC, which only reconcile can make. */
  claimed(request: DecisionRequest): LinkClaim | null;
}

/** For reconcile, whose word on a stored request is the one that counts. */
export interface RequestAttester {
  /** What the link behind the request says; null unless exactly this was asked by somebody who had that link of ours. */
  claimOf(request: DecisionRequest): Promise<LinkClaim | null>;
}

export interface Mail {
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
}

export interface Publisher {
  /** Resolves when SNS accepted the message. */
  mail(mail: Mail): Promise<void>;
  /** The same news as JSON for machines: never a token or link. */
  machines(news: Readonly<Record<string, unknown>>): Promise<void>;
}

export interface WakeSender {
  send(wakes: readonly Wake[], delay?: Seconds): Promise<void>;
}

/** All users of the account at once, without their keys. */
export interface SurveyTaker {
  users(): Promise<ListedUser[]>;
  /** The credential report, made anew when IAM's present one is too old for it (4 h). */
  report(): Promise<CredentialReport>;
}

/** What evaluate reads of the table. */
export interface CaseReader {
  /** UserIds with an open case, from the due index: a help to choose whom to read, never the truth. */
  open(account: string): Promise<string[]>;
  /** The cases of these users, and the control item, by consistent reads. */
  cases(
    account: string,
    userIds: readonly string[],
  ): Promise<{ readonly control: Control; readonly cases: Map<string, Case> }>;
}

/** The rule's side of AWS Config, during one run of it. */
export interface ConfigRule {
  /** What Config shows now, by UserId, through all pages. */
  shown(): Promise<Map<string, ShownVerdict>>;
  /** Puts at most a hundred evaluations; returns those that Config did not take. */
  put(evaluations: readonly Evaluation[]): Promise<Evaluation[]>;
}

/** Asks for a look of the rule in AWS Config, some seconds from now. */
export interface RefreshSender {
  /** Longer than 15 minutes becomes 15 minutes: who receives the wish too early sends it on. */
  ask(wish: RefreshWish, delay: Seconds): Promise<void>;
}

/** When AWS Config was asked to run the rule, for all passes. */
export interface RefreshStore {
  last(account: string): Promise<Refreshed | null>;
  /** Records a run that was asked for, unless somebody else recorded one since `seen` was read: theirs was later. */
  record(account: string, seen: Refreshed | null, next: Refreshed): Promise<void>;
}

export interface RuleStarter {
  /** `busy`: the rule runs already, or ran less than a minute ago. */
  start(): Promise<'started' | 'busy'>;
}

export interface Clock {
  now(): Instant;
  /** Milliseconds this invocation has left. */
  remaining(): number;
}

/** Structured log; the adapter keeps secrets and full key ids out. */
export interface Log {
  info(message: string, details?: Readonly<Record<string, unknown>>): void;
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
  error(message: string, details?: Readonly<Record<string, unknown>>): void;
  /** Adds to a metric, one unless told otherwise. */
  count(metric: Metric, times?: number): void;
}
