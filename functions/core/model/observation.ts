import type { Instant } from './time.ts';

/** An access key's status as IAM lists it. Only `Active` can be used to sign; `Expired` came to the API in 2026. */
export type KeyStatus = 'Active' | 'Inactive' | 'Expired';

/**
 * What IAM knows of a key's last use. IAM lags by minutes to hours and records one use per 15 minutes,
 * so `never` on a young key is no evidence. `not-read`: nothing asked for it in this pass.
 */
export type LastUsed =
  | { readonly kind: 'never' }
  | { readonly kind: 'used'; readonly at: Instant; readonly service: string; readonly region: string }
  | { readonly kind: 'not-read' };

/** One access key as seen in IAM. */
export interface ObservedKey {
  /** The full access key id. Shown to people as its last four characters only, never logged. */
  readonly id: string;
  readonly status: KeyStatus;
  readonly created: Instant;
  readonly lastUsed: LastUsed;
}

/** One reading of a user that succeeded in every part. */
export interface SeenUser {
  readonly kind: 'user';
  readonly account: string;
  /** The unique id (AIDA…): names are reused, renamed and case-insensitive, this is not. */
  readonly userId: string;
  readonly userName: string;
  readonly path: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly keys: readonly ObservedKey[];
  /** When the reading began: the facts are at least this fresh. */
  readonly at: Instant;
}

/** No name, no key and no user list led to this UserId in this pass. Final only when seen twice (see judgement 2). */
export interface MissingUser {
  readonly kind: 'missing';
  readonly account: string;
  readonly userId: string;
  readonly at: Instant;
}

/** A read failed or contradicted itself. Never acts and never counts as compliant. */
export interface UnknownUser {
  readonly kind: 'unknown';
  readonly account: string;
  readonly userId: string;
  readonly why: UnknownWhy;
  readonly at: Instant;
}

export type UnknownWhy = 'denied' | 'throttled' | 'failed' | 'ambiguous';

/** *Observation*: what was read from IAM about one user at one moment. */
export type Observation = SeenUser | MissingUser | UnknownUser;

/** A key as people meet it everywhere: `…` and its last four characters. */
export function shortKey(id: string): string {
  return `…${lastFour(id)}`;
}

/** The last four characters of a key id. */
export function lastFour(id: string): string {
  return id.slice(-4);
}
