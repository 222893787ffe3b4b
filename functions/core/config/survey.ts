import type { Instant } from '../model/time.ts';
import type { Verdict } from './verdict.ts';

/** A user as IAM's authorization details list them: no keys, but id, name, tags and the time of making. */
export interface ListedUser {
  readonly userId: string;
  readonly userName: string;
  readonly path: string;
  readonly arn: string;
  readonly created: Instant;
  readonly tags: Readonly<Record<string, string>>;
}

/** One user's row of the credential report: two slots for keys, without their ids, up to four hours old. */
export interface ReportRow {
  readonly arn: string;
  readonly created: Instant;
  /** Slots that hold a key. */
  readonly keys: number;
  /** Slots that hold an Active key. */
  readonly active: number;
  /** Whether there are more keys than the report has slots for; null: this report does not tell. */
  readonly more: boolean | null;
}

export interface CredentialReport {
  /** When IAM made it: what it says was true then, and is not known to be true since. */
  readonly generated: Instant;
  readonly rows: ReadonlyMap<string, ReportRow>;
}

/** What AWS Config shows of one user now. */
export interface ShownVerdict extends Verdict {
  /** The time of the facts behind it. We assume that Config ignores an evaluation with an earlier one (docs/adr/013). */
  readonly factsAt: Instant;
  /** When Config took it in. */
  readonly recorded: Instant;
}

/** *Evaluation*: a verdict on one user for AWS Config, with the time of the facts it rests on. */
export interface Evaluation extends Verdict {
  readonly userId: string;
  readonly factsAt: Instant;
}

/** Everything that one run knows before it reads single users. */
export interface Survey {
  readonly users: readonly ListedUser[];
  /** When the list of users was asked for. */
  readonly listedAt: Instant;
  readonly report: CredentialReport;
  /** By UserId. */
  readonly shown: ReadonlyMap<string, ShownVerdict>;
  /** UserIds with an open case. */
  readonly open: ReadonlySet<string>;
  /** When reconcile last took down the keys of a user, in a case that is open or closed; of {@link unshown} users only. */
  readonly keysSeenAt: ReadonlyMap<string, Instant>;
  readonly now: Instant;
}
