import type { Instant } from './time.ts';

/**
 * Status of an access key as IAM lists it. Only an `Active` key can sign requests. `Expired` was added to the API in
 * 2026 (fact expired-status).
 */
export type KeyStatus = 'Active' | 'Inactive' | 'Expired';

/**
 * Last use of a key according to IAM. IAM lags by minutes to hours and records one use per 15 minutes, so `never`
 * proves nothing about a young key (fact last-used). `not-read`: it was not read in this pass, or could not be; `known`
 * is then what an earlier pass read.
 */
export type LastUsed =
  | { readonly kind: 'never' }
  | ({ readonly kind: 'used' } & Use)
  | { readonly kind: 'not-read'; readonly known?: Use };

/** A use of a key according to IAM. */
export interface Use {
  readonly at: Instant;
  readonly service: string;
  readonly region: string;
}

/** The latest use that is known of a key, which it may have been used since; null if none is. */
export function knownUse(lastUsed: LastUsed): Instant | null {
  switch (lastUsed.kind) {
    case 'used':
      return lastUsed.at;
    case 'never':
      return null;
    case 'not-read':
      return lastUsed.known?.at ?? null;
  }
}

/** One access key as seen in IAM. */
export interface ObservedKey {
  /** The full access key id. People see only its last four characters, and it is never logged. */
  readonly id: string;
  readonly status: KeyStatus;
  readonly created: Instant;
  readonly lastUsed: LastUsed;
}

/** One reading of a user that succeeded in every part. */
export interface SeenUser {
  readonly kind: 'user';
  readonly account: string;
  /** The unique id (AIDA…). Unlike names it is never reused or changed (fact user-ids). */
  readonly userId: string;
  readonly userName: string;
  readonly path: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly keys: readonly ObservedKey[];
  /** When the reading began: the facts are at least this fresh. */
  readonly at: Instant;
  /** The part of the reading that is not believed yet; absent if all of it is. */
  readonly lag?: Lag;
}

/** Parts of a reading that seem to come from the past. `keys` and `excluded` then say what is recorded instead. */
export interface Lag {
  /** When a reading will be believed that says the same. */
  readonly until: Instant;
  /** Ids of the keys that the reading shows otherwise. */
  readonly keys: readonly string[];
  /** If the user is excluded as recorded; null if the reading says the same. */
  readonly excluded: boolean | null;
  /** If `only` leaves the user out as recorded; absent if the reading says the same. */
  readonly outside?: boolean;
}

/**
 * A user whom neither name, keys nor the user list led to in this pass. Only a second such pass proves that the user
 * does not exist (see judgement 2).
 */
export interface MissingUser {
  readonly kind: 'missing';
  readonly account: string;
  readonly userId: string;
  readonly at: Instant;
}

/**
 * A user whose reading failed or contradicted itself. Such an observation never leads to a change and never counts as
 * compliant.
 */
export interface UnknownUser {
  readonly kind: 'unknown';
  readonly account: string;
  readonly userId: string;
  readonly why: UnknownWhy;
  readonly at: Instant;
}

export type UnknownWhy = 'denied' | 'throttled' | 'failed' | 'ambiguous';

/** *Observation*: the facts read from IAM about one user at one moment. */
export type Observation = SeenUser | MissingUser | UnknownUser;

/** A key id as people see it everywhere: `…` and its last four characters. */
export function shortKey(id: string): string {
  return `…${lastFour(id)}`;
}

/** The last four characters of a key id. */
export function lastFour(id: string): string {
  return id.slice(-4);
}
