/** The ports of the view in AWS Config: the survey that the rule makes, and the runs that are requested of it. */
import type { Case } from '../core/case/case.ts';
import type { UnreadCase } from '../core/case/unread.ts';
import type { Refreshed } from '../core/config/refresh.ts';
import type { CredentialReport, Evaluation, ListedUser, ShownResults } from '../core/config/survey.ts';
import type { CheckedSubscriptions } from '../core/health/reach.ts';
import type { Control } from '../core/model/policy.ts';
import type { Seconds } from '../core/model/time.ts';
import type { StoredEvidence } from '../core/proposal/context.ts';
import type { UserUsage } from '../core/usage/user-usage.ts';
import type { RefreshWish } from './wake.ts';

/** Reads all users of the account, without their keys, in a few calls. */
export interface SurveyTaker {
  users(): Promise<ListedUser[]>;
  /** The credential report. Requests a new one if the latest is older than IAM reuses reports (4 h). */
  report(): Promise<CredentialReport>;
}

/** The reads of the table that evaluate needs. */
export interface CaseReader {
  /**
   * UserIds with an open case, from the due index. The index may be stale, so it only helps to choose which users to
   * read.
   */
  open(account: string): Promise<string[]>;
  /** The cases of these users, the control item, and what health found about subscriptions, from consistent reads. */
  cases(
    account: string,
    userIds: readonly string[],
  ): Promise<{
    readonly control: Control;
    /** Null if health never checked them. */
    readonly subscriptions: CheckedSubscriptions | null;
    readonly cases: Map<string, Case>;
    /** Users whose case this release leaves alone. */
    readonly unread: Map<string, UnreadCase>;
  }>;
  /** The usage that was looked up of these users' keys. */
  usage(account: string, userIds: readonly string[]): Promise<readonly UserUsage[]>;
  /** The evidence about each of these users, by UserId. */
  evidence(account: string, userIds: readonly string[]): Promise<ReadonlyMap<string, StoredEvidence>>;
}

/** AWS Config as the rule's function uses it during one run. */
export interface ConfigRule {
  /** The results that AWS Config shows now, from all pages. */
  shown(): Promise<ShownResults>;
  /** Reports at most a hundred evaluations. Returns those that AWS Config did not accept. */
  put(evaluations: readonly Evaluation[]): Promise<Evaluation[]>;
}

/** Requests a run of the rule in AWS Config. */
export interface RefreshSender {
  /**
   * Sends the request with a delay in seconds, at most 15 minutes. A receiver for whom it is too early sends it
   * again.
   */
  ask(wish: RefreshWish, delay: Seconds): Promise<void>;
}

/** The time of the latest run that was requested from AWS Config, shared by all passes. */
export interface RefreshStore {
  last(account: string): Promise<Refreshed | null>;
  /** Records a requested run, unless another one was recorded since `seen` was read, which is then later. */
  record(account: string, seen: Refreshed | null, next: Refreshed): Promise<void>;
}

export interface RuleStarter {
  /** Starts the rule. `busy`: it is running, or was started less than a minute ago. */
  start(): Promise<'started' | 'busy'>;
}
