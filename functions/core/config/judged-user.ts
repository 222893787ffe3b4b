import type { Case } from '../case/case.ts';
import type { ExcludedBy } from '../model/exclusion.ts';
import type { ObservedKey } from '../model/observation.ts';
import type { Control, Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import type { StoredEvidence } from '../proposal/context.ts';

/** The facts about a user from which the verdict follows. */
export interface JudgedUser {
  readonly keys: readonly ObservedKey[];
  readonly excluded: boolean;
  /** The part of the rule that excludes the user; absent or null if that is not known. */
  readonly excludedBy?: ExcludedBy | null;
  /** The open or latest case; null if there never was one. */
  readonly current: Case | null;
  /** True if the stored case cannot be read. Then the verdict follows from this observation alone, and says so. */
  readonly unread?: true;
  /**
   * The evidence stored about the user; absent if nobody read it. Without it nothing is said about the confidence of a proposal,
   * because evidence can only lower it.
   */
  readonly evidence?: StoredEvidence | undefined;
}

/** The settings and the time for a verdict. */
export interface VerdictContext {
  readonly policy: Policy;
  readonly control: Control;
  readonly now: Instant;
}
