import type { NewExposure } from '../core/case/exposure.ts';
import type { NewOrigin } from '../core/case/origins.ts';
import type { KeyStatus } from '../core/model/observation.ts';
import type { Instant } from '../core/model/time.ts';

/**
 * The state of a key that the sender of a wake has seen. If IAM does not show it yet, the user is evaluated again
 * later.
 */
export interface Expectation {
  readonly keyId: string;
  readonly status: KeyStatus | 'Deleted';
  /** When the key was brought into that state, if the sender knows. */
  readonly at?: Instant;
}

/** *Wake*: "re-evaluate this user". It never says what to do and carries no authority. */
export interface Wake {
  readonly kind: 'user';
  readonly account: string;
  /** At least one of the three identifies the user. */
  readonly userId?: string;
  readonly userName?: string;
  readonly accessKeyId?: string;
  readonly expects?: Expectation;
  /** True if the sender found so many new violations that an ordinary notice about them waits for a digest. */
  readonly pool?: boolean;
  /** Number of times this wake was sent again, from 0. */
  readonly attempt: number;
}

/**
 * The evidence in an event from the event queue, besides the wake. A message from anywhere else has none, because
 * anybody who can send one could make it up (S15).
 */
export interface News {
  /** The creator of the key that was made, if the event is about one. */
  readonly origin: NewOrigin | null;
  /** Present if AWS calls a key exposed. */
  readonly exposure?: NewExposure;
}

/**
 * "Write the digests that are due for this address, or for those that are reached anew." Like every wake it carries no
 * authority, and says nothing of their content.
 */
export interface DigestWish {
  readonly kind: 'digest';
  readonly account: string;
  /** Mark of the address. Absent: every address that mails reach and lately did not. */
  readonly address?: string;
}

/**
 * "Mail the link that was asked for in this stored request." Like every wake it carries no authority: only the proof of the
 * request counts.
 */
export interface MailLinkWish {
  readonly kind: 'mail-link';
  readonly account: string;
  readonly userId: string;
  /** The digest under which the request is stored. */
  readonly digest: string;
}

/**
 * "Record this stored statement in the ledger." Like every wake it carries no authority: only the proof of the statement
 * counts.
 */
export interface StatementWish {
  readonly kind: 'statement';
  readonly account: string;
  /** The digest under which the statement is stored. */
  readonly digest: string;
}

/** "Ask the approvers for a sign-off, if one is asked for." Like every wake it carries no authority. */
export interface SignOffWish {
  readonly kind: 'sign-off';
  readonly account: string;
}

/** A request that AWS Config shows what changed at `since`. Like every wake it carries no authority. */
export interface RefreshWish {
  readonly kind: 'refresh';
  readonly account: string;
  readonly since: Instant;
  /** Number of times this request was sent again, from 0. */
  readonly hops: number;
}
