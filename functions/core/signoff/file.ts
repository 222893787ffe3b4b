/** The state of sign-offs and concerns, as `records` leaves it in its bucket for the page of the report and for the mail. */
import type { Instant } from '../model/time.ts';
import type { Reading } from './due.ts';
import type { LaterUser } from './later.ts';
import type { Concern, SignOff } from './state.ts';

/** Version of the file's fields. It rises when a field changes its meaning or goes, not when one is added. */
export const SIGN_OFF_SCHEMA = 1;

/** The place of the file in the records bucket. */
export const SIGN_OFF_FILE = 'reports/sign-off.json';

/** How many times keys were changed since the last sign-off. */
export interface ChangedKeys {
  readonly deactivated: number;
  readonly deleted: number;
  readonly reactivated: number;
  /** True if release 0.11.0 recorded some of the changes, so that there may be more. */
  readonly atLeast: boolean;
}

/** The users who changed since the last sign-off. Names are those of the most important ones only. */
export interface ChangedUsers {
  /** The last accepted sign-off, from which on they are counted; null before the first one. */
  readonly since: Instant | null;
  readonly users: number;
  readonly privileged: readonly string[];
  readonly automation: readonly string[];
  /** Absent until it is counted. */
  readonly keys?: ChangedKeys;
}

/** The state of sign-offs and concerns. It has no words that people typed. */
export interface SignOffFile {
  readonly schema: number;
  readonly account: string;
  /** The next sign-off is due from this moment on. */
  readonly due: Instant;
  /** True if it is due and the latest report is one to sign off, so that approvers are asked. */
  readonly asked: boolean;
  /** The moment from which the first sign-off is counted: the time of the first anchor. */
  readonly since: Instant;
  /** The anchor of the latest report, its time, and the reading behind it; null if there is none yet. */
  readonly report: ({ readonly anchor: number; readonly at: Instant } & Reading) | null;
  /** The latest sign-off; null if there is none. */
  readonly last: SignOff | null;
  /** The open concerns, the oldest first. */
  readonly open: readonly Concern[];
  /** Number of concerns that are settled. */
  readonly settled: number;
  /** The changes since the last sign-off, as of the latest report. */
  readonly changed: ChangedUsers;
  /** The users who changed after the facts of the latest report were read. */
  readonly later: readonly LaterUser[];
}
