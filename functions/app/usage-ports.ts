import type { Instant } from '../core/model/time.ts';
import type { KeyUsage } from '../core/usage/usage.ts';
import type { UsageQuestion, UserUsage } from '../core/usage/user-usage.ts';

/** A key to look up. */
export interface UsageQuery {
  /** The whole id. */
  readonly keyId: string;
  /** Nothing is looked up before it; null if it is not known. */
  readonly created: Instant | null;
  /** Nothing is looked up after it; absent if the key may be in use. */
  readonly ended?: Instant;
  /** The Regions to read, the home Region first (regionsToRead). */
  readonly regions: readonly string[];
  /** No call is begun at or after it, and what is not read by then is not looked up; null if there is no hurry. */
  readonly until: Instant | null;
}

/** Reads the usage of keys from CloudTrail's event history, one after the other, at most one call a second. */
export interface UsageReader {
  /** Never throws: a reading that is not complete is no usage, and its lookup says why. */
  of(query: UsageQuery): Promise<KeyUsage>;
}

/** Asks for a lookup. Reconcile has it; it never reads CloudTrail itself, because people wait for its mails. */
export interface UsageAsker {
  /** Resolves when the question is in its queue. */
  ask(question: UsageQuestion): Promise<void>;
}

/** Stores usage, which is all that witness may write. */
export interface UsageStore {
  keep(account: string, userId: string, usage: UserUsage): Promise<void>;
}
