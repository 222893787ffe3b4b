import type { ClosedAs } from '../case/case.ts';
import type { Instant } from '../model/time.ts';

/**
 * *Remediated user*: a user whose latest case is closed with a decision in force, so that it is on record which keys are to be
 * Active from then on.
 */
export interface Remediated {
  readonly userId: string;
  /** The user's name when the case was closed. */
  readonly userName: string;
  readonly caseNumber: number;
  /** Full ids of exactly those keys that must be Active: the one that was kept; empty if the decision was to deactivate all. */
  readonly expectedActive: readonly string[];
  /** When the person answered. */
  readonly decidedAt: Instant;
  readonly closedAt: Instant;
  readonly closedAs: ClosedAs;
}
