import type { TrueKey } from './truth.ts';

/** A decision that the page accepted. `at` is UTC, ISO 8601. */
export interface Decided {
  /** Null if no key was to be kept. */
  readonly keep: string | null;
  readonly off: readonly string[];
  /** The Active keys that an exception left as they were; absent for any other decision. */
  readonly spare?: readonly string[];
  readonly by: string;
  readonly at: string;
}

/** The course of one user's case as the persons of the story know it. */
export interface Told {
  /** The user's name at the end. */
  readonly userName: string;
  /** All names that the user had, oldest first. */
  readonly names: readonly string[];
  /** IAM's id of the user, which no other user ever gets; undefined if the user was never created. */
  readonly userId: string | undefined;
  readonly before: readonly TrueKey[];
  readonly decisions: readonly Decided[];
  /** Ids of the keys whose restore somebody requested. */
  readonly restored: readonly string[];
  /** Milliseconds from the event to the mail, one for each approver. */
  readonly toInboxMs: readonly number[];
}
