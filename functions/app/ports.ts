import type { IamError } from '../core/case/history.ts';
import type { Answer, DecisionRequest, LinkClaim, NewClaim, Sealed } from '../core/case/requests.ts';
import type { LinkRequest, SealedLinkRequest } from '../core/channel/link-request.ts';
import type { CaseEvent } from '../core/messages/case-events.ts';
import type { DataMessage } from '../core/messages/news.ts';
import type { KeyStatus, LastUsed, UnknownWhy } from '../core/model/observation.ts';
import type { Instant, Seconds } from '../core/model/time.ts';
import type { SealedStatement, Statement } from '../core/signoff/statement.ts';
import type { Metric } from './metrics.ts';
import type { Wake } from './wake.ts';

/** A read that gave no answer. Law 3: nothing is done on the basis of unknown facts. */
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

/**
 * Reads of IAM. Every method throws {@link Unreadable} if IAM gave no answer, and returns null only if IAM said that
 * there is nothing.
 */
export interface IamReader {
  /** A user by name, compared without regard to case; null if IAM has no such user now. */
  user(name: string): Promise<IamUser | null>;
  /** All keys of a user, from all pages; null if the user does not exist any more. */
  keys(name: string): Promise<ListedKey[] | null>;
  lastUsed(keyId: string): Promise<LastUsed>;
  /** Present name of the key's owner; null if the key does not exist. */
  ownerOf(keyId: string): Promise<string | null>;
  /** Present name of a user by unique id, from all pages of the user list; null if the list does not contain it. */
  nameOf(userId: string): Promise<string | null>;
}

/**
 * Result of an IAM write. `done`: IAM accepted it. `absent`: no such key or user. `refused`: IAM returned an error
 * and changed nothing. `throttled`: the same, because of too many calls, whoever makes them. `unknown`: no answer, so it
 * may have been carried out.
 */
export type WriteOutcome = 'done' | 'absent' | 'refused' | 'throttled' | 'unknown';

/** The result of an IAM write, with IAM's error if it returned one. */
export interface WriteAnswer {
  readonly outcome: WriteOutcome;
  readonly error?: IamError;
}

/** Writes to IAM, with one attempt and a timeout of 5 s (law 2). Only reconcile has them. */
export interface IamWriter {
  setStatus(userName: string, keyId: string, status: 'Active' | 'Inactive'): Promise<WriteAnswer>;
  remove(userName: string, keyId: string): Promise<WriteAnswer>;
}

export interface LinkMinter {
  /** The signed token for a link. */
  mint(claim: NewClaim): Promise<string>;
}

/** The part of links that `approve` has: it can verify one, but not make one. */
export interface LinkVerifier {
  /** The claim in a link; null if it was not signed with our key or is not a link. */
  verify(token: string): Promise<LinkClaim | null>;
  /** The request to store for an answer given through a verified link: bound to that link, but not revealing it. */
  seal(token: string, asked: Answer): DecisionRequest;
  /** The same for a request for a mail with a new link. */
  sealLinkRequest(token: string, asked: LinkRequest): SealedLinkRequest;
  /** The same for a statement about a report. */
  sealStatement(token: string, statement: Statement): SealedStatement;
  /**
   * The claim that a stored request says it was made with. It is unverified, because that takes the link's MAC, which
   * only reconcile can make.
   */
  claimed(request: DecisionRequest): LinkClaim | null;
}

/** Verifies stored requests. Only reconcile has it, and only its result counts. */
export interface RequestAttester {
  /**
   * The claim of the link behind the request; null unless exactly this answer was given by somebody who had that link
   * of ours.
   */
  claimOf(request: Sealed): Promise<LinkClaim | null>;
  /** The same for a request for a mail with a new link. */
  claimOfLinkRequest(request: SealedLinkRequest): Promise<LinkClaim | null>;
  /** The same for a statement about a report. */
  claimOfStatement(statement: SealedStatement): Promise<LinkClaim | null>;
}

export interface Mail {
  readonly recipient: string;
  /** Mark of the recipient's address, as in the claim of a link. */
  readonly address: string;
  readonly subject: string;
  readonly body: string;
}

export interface Publisher {
  /** Sends a mail. Resolves when SNS has accepted it. */
  mail(mail: Mail): Promise<void>;
  /** Publishes the same notice as JSON for machines, never with a token or link. */
  machines(message: DataMessage): Promise<void>;
}

/** The account's event bus, on which other programs listen. */
export interface EventBus {
  /** Puts all events with one call. Throws unless every one was accepted. */
  put(events: readonly CaseEvent[]): Promise<void>;
}

export interface WakeSender {
  send(wakes: readonly Wake[], delay?: Seconds): Promise<void>;
}

export interface Clock {
  now(): Instant;
  /** Milliseconds left in this invocation. */
  remaining(): number;
}

/** Structured log. The adapter removes secrets and full key ids. */
export interface Log {
  info(message: string, details?: Readonly<Record<string, unknown>>): void;
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
  error(message: string, details?: Readonly<Record<string, unknown>>): void;
  /** Adds `times` (1 by default) to a metric. */
  count(metric: Metric, times?: number): void;
}
