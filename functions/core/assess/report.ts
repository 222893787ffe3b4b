import type { Grant } from '../inventory/grants.ts';
import { isPrivileged, type Privilege } from '../inventory/privilege.ts';
import { type InventoryRow, inventoryRow } from '../inventory/row.ts';
import { ownerOf } from '../model/owners.ts';
import type { Instant } from '../model/time.ts';
import type { Assessment, PrivilegeTotals, Totals, Violator } from './assessment.ts';
import { NOT_SEEN, type ReportedUsage, reportedUsage, type UsageByKey } from './usage.ts';
import { adviceInShort, confidenceOf, keysInShort } from './words.ts';

/** Version of the report. It rises when a field changes its meaning or goes, not when one is added. */
export const REPORT_SCHEMA = 1;

export interface ReportedViolation {
  readonly arn: string;
  readonly userName: string;
  readonly activeKeys: number;
  readonly proposal: string;
  readonly confidence: 'high' | 'medium' | 'low' | null;
  readonly why: string;
  readonly owner: string | null;
  /** Null if it is not known. */
  readonly privileged: boolean | null;
  readonly privilege: Privilege['kind'];
  readonly privilegedBy: readonly Grant[];
  /** The usage of each active key, newest key first. It explains the proposal, and never raises its confidence. */
  readonly usage: readonly ReportedUsage[];
}

/** The whole assessment as `report.json` holds it. */
export interface Report {
  readonly classification: 'internal';
  readonly schema: number;
  readonly account: string;
  readonly takenAt: Instant;
  /** Actions without permission, so that something may be missing. */
  readonly denied: readonly string[];
  readonly totals: Totals;
  readonly privileged: PrivilegeTotals;
  /** The limits of usage, to be read with every "not seen"; null if nothing was looked up. */
  readonly usageNote: string | null;
  readonly violations: readonly ReportedViolation[];
  readonly users: readonly InventoryRow[];
}

/** The facts that a report needs beside the assessment. */
export interface ReportOptions {
  readonly account: string;
  readonly denied: readonly string[];
  readonly fullIds: boolean;
  /** Absent if no usage was looked up. */
  readonly usage?: UsageByKey;
}

/** The report on an assessment. Key ids are the last four characters unless `fullIds`. */
export function reportOf(assessment: Assessment, options: ReportOptions): Report {
  const { takenAt, totals, privileged, users, violators } = assessment;
  const { account, denied, fullIds, usage = new Map() } = options;
  return {
    classification: 'internal',
    schema: REPORT_SCHEMA,
    account,
    takenAt,
    denied,
    totals,
    privileged,
    usageNote: isLookedUp(usage) ? NOT_SEEN : null,
    violations: violators.map((one) => violationOf(one, usage, { now: takenAt, fullIds })),
    users: users.map((user) => inventoryRow(user, { account, owner: ownerOf(user.tags), fullIds, usage })),
  };
}

const isLookedUp = (usage: UsageByKey) =>
  [...usage.values()].some(({ lookup }) => lookup.kind === 'looked-up');

function violationOf(
  one: Violator,
  usage: UsageByKey,
  how: Parameters<typeof reportedUsage>[2],
): ReportedViolation {
  const { user, active, advice } = one;
  const { privilege } = user;
  return {
    arn: user.arn,
    userName: user.userName,
    activeKeys: active.length,
    proposal: adviceInShort(advice),
    confidence: confidenceOf(advice),
    why: keysInShort(one, how.now),
    owner: ownerOf(user.tags),
    privileged: isPrivileged(privilege),
    privilege: privilege.kind,
    privilegedBy: 'by' in privilege ? privilege.by : [],
    usage: reportedUsage(one, usage, how),
  };
}

/** A question to the owner of a user, ready to be sent. */
export function question({ userName, activeKeys, why, usage }: ReportedViolation, account: string): string {
  const seen = usage.filter(({ families }) => families.length > 0).map(({ key, words }) => `${key} ${words}`);
  const trail = seen.length === 0 ? '' : `CloudTrail shows calls: ${seen.join('; ')}. `;
  return (
    `IAM user ${userName} in AWS account ${account} has ${activeKeys} active access keys; only one is allowed. ` +
    `${why}. ${trail}Which of them does your software use, and where? Nothing is deactivated before you answer.`
  );
}
