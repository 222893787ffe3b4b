import type { Case } from '../case/case.ts';
import type { ObservedKey } from '../model/observation.ts';
import type { Control, Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';

/** The facts about a user from which the verdict follows. */
export interface JudgedUser {
  readonly keys: readonly ObservedKey[];
  readonly excluded: boolean;
  /** The open or latest case; null if there never was one. */
  readonly current: Case | null;
  /** True if the stored case cannot be read. Then the verdict follows from this observation alone, and says so. */
  readonly unread?: true;
}

/** The settings and the time for a verdict. */
export interface VerdictContext {
  readonly policy: Policy;
  readonly control: Control;
  readonly now: Instant;
}
