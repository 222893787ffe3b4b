import type { ClosedAs } from '../case/case.ts';
import type { Instant } from '../model/time.ts';
import { latestRows, NO_ROWS, type RecordRows } from './rows.ts';

/**
 * *Remediated user*: a user whose latest case is closed with a decision in force, so that it is on record which keys are to be
 * Active from then on.
 */
export interface Remediated {
  readonly userId: string;
  /** The user's name when the case was closed. */
  readonly userName: string;
  readonly caseNumber: number;
  /** Full ids of exactly those keys that must be Active: the one that was kept; empty if the decision was to deactivate all. */
  readonly expectedActive: readonly string[];
  /** When the person answered. */
  readonly decidedAt: Instant;
  readonly closedAt: Instant;
  readonly closedAs: ClosedAs;
}

/** The remediated users in these rows, of which later ones replace earlier ones about the same thing. */
export function remediatedUsers(rows: Pick<RecordRows, 'decisions' | 'summary'>): Remediated[] {
  const { decisions, summary } = latestRows({ ...NO_ROWS, ...rows });
  const latestCase = new Map<string, number>();
  for (const { userId, caseNumber } of summary) {
    latestCase.set(userId, Math.max(caseNumber, latestCase.get(userId) ?? 0));
  }
  return decisions.flatMap(({ userId, userName, caseNumber, expectedActive, ...row }) => {
    const { answeredAt: decidedAt, closedAt, closedAs } = row;
    return expectedActive === null ||
      decidedAt === null ||
      closedAt === null ||
      closedAs === null ||
      latestCase.get(userId) !== caseNumber
      ? []
      : [{ userId, userName, caseNumber, expectedActive, decidedAt, closedAt, closedAs }];
  });
}
