import type { Instant } from '../../model/time.ts';
import type { SummaryRow } from '../summary.ts';
import type { Columns } from '../table.ts';
import { isWithin, type PackUser, type Period } from './input.ts';

/** A notice that was accepted for a person in the period. */
export interface Told {
  readonly at: Instant;
  readonly recipient: string;
  readonly notice: string;
  readonly userId: string;
  readonly userName: string;
  readonly caseNumber: number;
}

/** All notices of the period, in the order of time. */
export function toldInPeriod(summary: readonly SummaryRow[], period: Period): Told[] {
  return summary
    .flatMap(({ userId, userName, caseNumber, told }) =>
      told.map((one): Told => ({ ...one, userId, userName, caseNumber })),
    )
    .filter(({ at }) => isWithin(period, at))
    .sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** The columns of told.csv. */
export const TOLD_COLUMNS: Columns<Told> = {
  at: (row) => row.at,
  recipient: (row) => row.recipient,
  notice: (row) => row.notice,
  user: (row) => row.userName,
  user_id: (row) => row.userId,
  case: (row) => row.caseNumber,
};

/** The keys of a user before the first case of the period, and at its end. */
export interface BeforeAfter {
  readonly userId: string;
  readonly userName: string;
  readonly activeBefore: readonly string[];
  readonly before: Instant;
  readonly activeAfter: readonly string[];
  /** The time of the facts about `activeAfter`; null if they are not known. */
  readonly after: Instant | null;
  /** `live`, `report` or `unread` in the last validation; `case` if that does not have the user. */
  readonly source: string;
}

/** One row for each user with a case in the period. `users`: those of its last validation. */
export function beforeAndAfter(summary: readonly SummaryRow[], users: readonly PackUser[]): BeforeAfter[] {
  const ofUser = new Map<string, { readonly first: SummaryRow; readonly last: SummaryRow }>();
  for (const row of [...summary].sort((a, b) => a.caseNumber - b.caseNumber)) {
    ofUser.set(row.userId, { first: ofUser.get(row.userId)?.first ?? row, last: row });
  }
  return [...ofUser.values()].map(({ first, last }) => {
    const { userId, userName, keysSeenAt, stillActive } = last;
    const known = users.find((one) => one.userId === userId);
    const activeBefore = first.keysBefore.flatMap(({ id, status }) => (status === 'Active' ? [id] : []));
    const start = { userId, userName, activeBefore, before: first.openedAt };
    return known === undefined
      ? { ...start, activeAfter: stillActive, after: keysSeenAt, source: 'case' }
      : { ...start, activeAfter: known.active, after: known.asOf, source: known.read };
  });
}

/** The columns of before-after.csv. */
export const BEFORE_AFTER_COLUMNS: Columns<BeforeAfter> = {
  user: (row) => row.userName,
  user_id: (row) => row.userId,
  active_before: (row) => row.activeBefore.length,
  keys_before: (row) => row.activeBefore.join('; '),
  before_as_of: (row) => row.before,
  active_after: (row) => row.activeAfter.length,
  keys_after: (row) => row.activeAfter.join('; '),
  after_as_of: (row) => row.after ?? 'not read',
  source: (row) => row.source,
};
