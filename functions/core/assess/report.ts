import type { Grant } from '../inventory/grants.ts';
import { isPrivileged, type Privilege } from '../inventory/privilege.ts';
import { type InventoryRow, inventoryRow } from '../inventory/row.ts';
import { ownerOf } from '../model/owners.ts';
import type { Instant } from '../model/time.ts';
import type { KeyUsage } from '../usage/usage.ts';
import type { Assessment, PrivilegeTotals, Totals, Violator } from './assessment.ts';
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
  readonly privileged: PrivilegeTotals;
  readonly violations: readonly ReportedViolation[];
  readonly users: readonly InventoryRow[];
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
  const { takenAt, totals, privileged, users, violators } = assessment;
  return {
    classification: 'internal',
    schema: REPORT_SCHEMA,
    account,
    takenAt,
    denied,
    totals,
    privileged,
    violations: violators.map((one) => violationOf(one, takenAt)),
    users: users.map((user) =>
      inventoryRow(user, { account, owner: ownerOf(user.tags), fullIds, usage: NO_USAGE }),
    ),
  };
}

function violationOf(one: Violator, now: Instant): ReportedViolation {
  const { user, active, advice } = one;
  const { privilege } = user;
  return {
    arn: user.arn,
    userName: user.userName,
    activeKeys: active.length,
    proposal: adviceInShort(advice),
    confidence: confidenceOf(advice),
    why: keysInShort(one, now),
    owner: ownerOf(user.tags),
    privileged: isPrivileged(privilege),
    privilege: privilege.kind,
    privilegedBy: 'by' in privilege ? privilege.by : [],
  };
}

/** Nothing was looked up. */
const NO_USAGE: ReadonlyMap<string, KeyUsage> = new Map();

/** A question to the owner of a user, ready to be sent. */
export function question({ userName, activeKeys, why }: ReportedViolation, account: string): string {
  return (
    `IAM user ${userName} in AWS account ${account} has ${activeKeys} active access keys; only one is allowed. ` +
    `${why}. Which of them does your software use, and where? Nothing is deactivated before you answer.`
  );
}
