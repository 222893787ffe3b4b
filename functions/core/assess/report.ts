import type { ObservedKey } from '../model/observation.ts';
import { ownerOf } from '../model/owners.ts';
import type { Instant } from '../model/time.ts';
import type { Assessment, Totals, Violator } from './assessment.ts';
import { keyName, type ReadHow, type SurveyedUser } from './surveyed.ts';
import { adviceInShort, confidenceOf, keysInShort } from './words.ts';

/** Version of the report. It rises when a field changes its meaning or goes, not when one is added. */
export const REPORT_SCHEMA = 1;

/** One key in the report. `id` is the last four characters, unless full ids were asked for. */
export interface ReportedKey {
  readonly id: string;
  readonly status: ObservedKey['status'];
  readonly created: Instant;
  /** Null: never used, or not known; `lastUsedKnown` says which. */
  readonly lastUsed: Instant | null;
  readonly lastUsedKnown: boolean;
  readonly lastUsedService: string | null;
  readonly lastUsedRegion: string | null;
}

export interface ReportedUser {
  readonly userName: string;
  readonly userId: string | null;
  readonly arn: string;
  readonly path: string;
  readonly created: Instant;
  readonly tags: Readonly<Record<string, string>> | null;
  readonly console: boolean | null;
  readonly owner: string | null;
  readonly read: ReadHow;
  readonly asOf: Instant | null;
  readonly activeKeys: number;
  readonly keys: readonly ReportedKey[];
}

export interface ReportedViolation {
  readonly arn: string;
  readonly userName: string;
  readonly activeKeys: number;
  readonly proposal: string;
  readonly confidence: 'high' | 'medium' | 'low' | null;
  readonly why: string;
  readonly owner: string | null;
}

/** The whole assessment as `report.json` holds it. */
export interface Report {
  readonly classification: 'internal';
  readonly schema: number;
  readonly account: string;
  readonly takenAt: Instant;
  /** IAM actions without permission, so that something may be missing. */
  readonly denied: readonly string[];
  readonly totals: Totals;
  readonly violations: readonly ReportedViolation[];
  readonly users: readonly ReportedUser[];
}

/** The report on an assessment. Key ids are the last four characters unless `fullIds`. */
export function reportOf(
  assessment: Assessment,
  {
    account,
    denied,
    fullIds,
  }: { readonly account: string; readonly denied: readonly string[]; readonly fullIds: boolean },
): Report {
  const { takenAt, totals, users, violators } = assessment;
  return {
    classification: 'internal',
    schema: REPORT_SCHEMA,
    account,
    takenAt,
    denied,
    totals,
    violations: violators.map((one) => violationOf(one, takenAt)),
    users: users.map((user) => reported(user, fullIds)),
  };
}

function violationOf(one: Violator, now: Instant): ReportedViolation {
  const { user, active, advice } = one;
  return {
    arn: user.arn,
    userName: user.userName,
    activeKeys: active.length,
    proposal: adviceInShort(advice),
    confidence: confidenceOf(advice),
    why: keysInShort(one, now),
    owner: ownerOf(user.tags),
  };
}

function reported(user: SurveyedUser, fullIds: boolean): ReportedUser {
  const { userName, userId, arn, path, created, tags, console, how, asOf } = user;
  const keys = user.keys.map((key) => keyOf(key, fullIds));
  const activeKeys = keys.filter(({ status }) => status === 'Active').length;
  const owner = ownerOf(tags);
  return { userName, userId, arn, path, created, tags, console, owner, read: how, asOf, activeKeys, keys };
}

function keyOf({ id, status, created, lastUsed }: ObservedKey, fullIds: boolean): ReportedKey {
  const used = lastUsed.kind === 'used' ? lastUsed : null;
  return {
    id: fullIds ? id : keyName(id),
    status,
    created,
    lastUsed: used?.at ?? null,
    lastUsedKnown: lastUsed.kind !== 'not-read',
    lastUsedService: used?.service ?? null,
    lastUsedRegion: used?.region ?? null,
  };
}

/** A question to the owner of a user, ready to be sent. */
export function question({ userName, activeKeys, why }: ReportedViolation, account: string): string {
  return (
    `IAM user ${userName} in AWS account ${account} has ${activeKeys} active access keys; only one is allowed. ` +
    `${why}. Which of them does your software use, and where? Nothing is deactivated before you answer.`
  );
}
