import type { Instant } from '../model/time.ts';
import type { KeyUsage } from './usage.ts';

/** The usage of a user's keys as it was stored last. */
export interface UserUsage {
  /** Time of the lookup. */
  readonly at: Instant;
  readonly keys: readonly KeyUsage[];
}

/** A request to look up who uses the keys of a user. Its answer is stored; nobody waits for it. */
export interface UsageQuestion {
  readonly account: string;
  readonly userId: string;
  readonly keys: readonly KeyQuestion[];
}

/** One key to look up. */
export interface KeyQuestion {
  readonly keyId: string;
  readonly created: Instant;
  /** Nothing is looked up after it, because the key was deactivated before; absent for a key that may be in use. */
  readonly ended?: Instant;
  /** Regions to read besides the home Region. */
  readonly regions: readonly string[];
}
