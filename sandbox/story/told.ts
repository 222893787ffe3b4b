import type { TrueKey } from './truth.ts';

/** A decision that the page accepted. */
export interface Decided {
  readonly keep: string;
  readonly off: readonly string[];
  readonly by: string;
  readonly at: string;
}

/** What came of one user, as far as the persons of the story know. */
export interface Told {
  /** As the user is called at last. */
  readonly userName: string;
  /** All names that the user had. */
  readonly names: readonly string[];
  /** IAM's id of the user, which no other user ever gets; undefined when they were never made. */
  readonly userId: string | undefined;
  readonly before: readonly TrueKey[];
  readonly decisions: readonly Decided[];
  /** Keys that were asked back. */
  readonly restored: readonly string[];
  /** From the event to the mail, one for each approver. */
  readonly toInboxMs: readonly number[];
}
