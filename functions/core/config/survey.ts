import type { Case } from '../case/case.ts';
import type { CheckedSubscriptions } from '../health/reach.ts';
import type { LastUsed } from '../model/observation.ts';
import type { Control } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import type { StoredEvidence } from '../proposal/context.ts';
import type { Verdict } from './verdict.ts';

/** A user in IAM's authorization details: id, name, tags and creation time, but no keys. */
export interface ListedUser {
  readonly userId: string;
  readonly userName: string;
  readonly path: string;
  readonly arn: string;
  readonly created: Instant;
  readonly tags: Readonly<Record<string, string>>;
}

/** One key in the credential report. */
export interface ReportedKey {
  readonly created: Instant;
  readonly active: boolean;
  readonly lastUsed: LastUsed;
}

/**
 * One user's row of the credential report. It has two columns for keys, without their ids, and may be four hours old.
 */
export interface ReportRow {
  readonly arn: string;
  readonly created: Instant;
  /** The keys in its columns. */
  readonly slots: readonly ReportedKey[];
  /** True if the user has a console password; null if that is not known. */
  readonly console: boolean | null;
  /** Number of active signing certificates; null if the report does not say. */
  readonly certificates: number | null;
  /** True if the user has more keys than the report has columns for; null if this report does not say. */
  readonly more: boolean | null;
}

export interface CredentialReport {
  /** When IAM generated it. Its contents were true then, and may have changed since. */
  readonly generated: Instant;
  readonly rows: ReadonlyMap<string, ReportRow>;
}

/** The result that AWS Config shows for one user, or for the account, now. */
export interface ShownVerdict extends Verdict {
  /**
   * Time of the facts behind it. We assume that AWS Config ignores an evaluation with an earlier one (docs/adr/013).
   */
  readonly factsAt: Instant;
  /** When AWS Config recorded it. */
  readonly recorded: Instant;
}

/** All results that AWS Config shows now. */
export interface ShownResults {
  /** By UserId. */
  readonly users: ReadonlyMap<string, ShownVerdict>;
  /** The result for the account itself; null if none is shown. */
  readonly account: ShownVerdict | null;
}

/** A user's result for AWS Config, with the time of the facts behind it. */
export interface UserEvaluation extends Verdict {
  readonly userId: string;
  readonly factsAt: Instant;
}

/** The account's result for AWS Config, with the time at which it was true. */
export interface AccountEvaluation extends Verdict {
  readonly account: string;
  readonly factsAt: Instant;
}

/** *Evaluation*: a result for AWS Config, of a user or of the account. */
export type Evaluation = UserEvaluation | AccountEvaluation;

/** Everything that a run knows before it reads single users. */
export interface Survey {
  readonly users: readonly ListedUser[];
  /** When the list of users was requested. */
  readonly listedAt: Instant;
  readonly report: CredentialReport;
  /** The results of users, by UserId. */
  readonly shown: ReadonlyMap<string, ShownVerdict>;
  /** The result of the account; null if none is shown. */
  readonly shownOfAccount: ShownVerdict | null;
  /** UserIds with an open case. */
  readonly open: ReadonlySet<string>;
  /** The open cases that this release can read, by UserId. */
  readonly cases: ReadonlyMap<string, Case>;
  /** The evidence about users who wait for a decision, by UserId: the confidence of a proposal depends on it. */
  readonly evidence: ReadonlyMap<string, StoredEvidence>;
  readonly control: Control;
  /** The states of the approvers' subscriptions; null if health never checked them. */
  readonly subscriptions: CheckedSubscriptions | null;
  /** When cases, control item and subscriptions were requested. */
  readonly storedAt: Instant;
  /** When reconcile last recorded a user's keys, in an open or closed case. Only {@link unshown} users are included. */
  readonly keysSeenAt: ReadonlyMap<string, Instant>;
  readonly now: Instant;
}
