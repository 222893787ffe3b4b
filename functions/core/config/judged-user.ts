import type { Case } from '../case/case.ts';
import type { ObservedKey } from '../model/observation.ts';
import type { Control, Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';

/** What is known of a user when the verdict is made. */
export interface JudgedUser {
  readonly keys: readonly ObservedKey[];
  readonly excluded: boolean;
  /** The open or last case; null when there never was one. */
  readonly current: Case | null;
  /** The stored case cannot be read: the verdict is by this look alone, and says so. */
  readonly unread?: true;
}

/** By what the verdict is made. */
export interface VerdictContext {
  readonly policy: Policy;
  readonly control: Control;
  readonly now: Instant;
}
