/** The ports for pausing the account without a person. No port resumes: only the operator's command does. */
import type { Control } from '../core/model/policy.ts';
import type { Setback } from '../core/model/setbacks.ts';
import type { Instant } from '../core/model/time.ts';

/** The setbacks of an account. */
export interface SetbackStore {
  note(account: string, setback: Setback): Promise<void>;
  /** The setbacks of this clock hour and of the one before, in one consistent read. */
  recent(account: string, now: Instant): Promise<readonly Setback[]>;
}

/** A pause of the account by Solekey itself. */
export interface PauseOrder {
  readonly at: Instant;
  /** Why, in words, for the ledger and for people. */
  readonly reason: string;
  /** True if the pause is due under the control item as it is when it is written. */
  isDue(control: Control): boolean;
}

export interface Pauser {
  /**
   * Writes the pause with its entry in the ledger. Returns the entry's number; null if the pause is not due any more, or
   * somebody else changed the control item in between. Then nothing was written.
   */
  pause(account: string, order: PauseOrder): Promise<number | null>;
}
