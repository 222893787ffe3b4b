import type { Phase } from '../case/case.ts';
import type { ReadHow } from '../inventory/surveyed.ts';
import type { ExcludedBy } from '../model/exclusion.ts';
import type { Instant } from '../model/time.ts';
import type { Work } from '../proposal/unproved.ts';
import type { Doubt } from '../words/doubts.ts';
import type { NextStep } from '../words/next-step.ts';
import type { Count } from './facts.ts';
import type { PendingKey } from './pending.ts';
import type { Remaining } from './remaining.ts';

/** The open case of a user. */
export interface OpenCase {
  /** Null if not even that can be read. */
  readonly number: number | null;
  /** Null if this release cannot read the case; so is `phase`. */
  readonly opened: Instant | null;
  readonly phase: Phase | null;
  /** True if it was open at the last validation already, so that it belongs to both periods. */
  readonly openBefore: boolean;
}

/** The verdict on the work of a deactivated key (S14). */
export interface MovedKey {
  /** The whole id. */
  readonly keyId: string;
  readonly verdict: Work['verdict']['kind'];
  /** The time of the older of the two lookups that were compared; null if there is nothing to compare. */
  readonly at: Instant | null;
}

/** One user in a validation. */
export interface ValidatedUser {
  /** Null if the inventory does not know it. */
  readonly userId: string | null;
  readonly userName: string;
  readonly count: Count;
  /** Whole ids, as the facts have them, however old. */
  readonly active: readonly string[];
  readonly read: ReadHow;
  /** The time of these facts; null if nothing is known. Of somebody who is gone, that of the list of users. */
  readonly asOf: Instant | null;
  readonly owner: string | null;
  readonly privileged: boolean | null;
  readonly automation: boolean | null;
  /** The part of the setting by which the user is excluded; null if they are not. */
  readonly excluded: ExcludedBy['by'] | null;
  /** True if keys of this user are never changed: in observe mode, or outside `only`. */
  readonly observed: boolean;
  /** True if the user was created after the credential report behind the inventory. */
  readonly createdSince: boolean;
  /** The former name; null if it is the one of the last validation, of the open case and of the decision record. */
  readonly renamedFrom: string | null;
  readonly openCase: OpenCase | null;
  /** Null for a user who was not remediated. */
  readonly remaining: Remaining | null;
  readonly pending: readonly PendingKey[];
  readonly takeOver: readonly MovedKey[];
  /** Reasons why this validation does not vouch for the user; empty if it does. */
  readonly doubts: readonly Doubt[];
  /** Null if nothing is left to do. */
  readonly next: NextStep | null;
}
