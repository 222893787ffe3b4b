import type { HeldReason, Phase } from '../../case/case.ts';
import type { Instant } from '../../model/time.ts';
import { latestRows, type RecordRows } from '../rows.ts';
import type { SummaryRow } from '../summary.ts';
import type { Columns } from '../table.ts';
import type { Period } from './input.ts';

/** The place of a case in the period. */
export type Standing = 'within' | 'open-at-start' | 'open-at-end' | 'open-throughout';

/** A case of the period, with the reason why it stands there. */
export interface PeriodCase {
  /** Of the summary. */
  readonly id: string;
  readonly userId: string;
  readonly userName: string;
  readonly formerNames: readonly string[];
  readonly caseNumber: number;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  readonly closedAs: string | null;
  readonly standing: Standing;
  /** A sentence for a reader who knows nothing of Solekey. */
  readonly why: string;
}

const STANDING = {
  within: 'Opened and closed in the period.',
  'open-at-start': 'Opened before the period and closed in it.',
  'open-at-end': 'Opened in the period and still open at its end:',
  'open-throughout': 'Opened before the period and still open at its end:',
} as const satisfies Record<Standing, string>;

const OPEN_BECAUSE = {
  rotating: 'a rotation seems to be in progress.',
  'awaiting-decision': 'nobody has decided yet which key to keep.',
  exception: 'an approver granted an exception, so the keys stay active until its date.',
  approved: 'a decision is being carried out.',
  grace: 'the deactivated keys are in their grace period before deletion.',
  'awaiting-confirmation': 'an approver must confirm the deletion.',
  deleting: 'the deletion is in progress.',
  held: 'a safety rule stopped Solekey, and a person must check:',
  excluded: 'the settings exclude the user from all changes.',
  closed: 'nothing is left to do.',
} as const satisfies Record<Phase, string>;

const HELD_BECAUSE = {
  unknown: 'IAM could not be read, or refused a change.',
  'no-active-key': 'no key of the user was active.',
  'restore-by-hand': 'a key must be reactivated by hand.',
  'used-after-deactivation': 'a key was used after its deactivation.',
} as const satisfies Record<HeldReason, string>;

/** The cases that were open at some moment of the period, in the order of users and numbers. */
export function periodCases(summary: readonly SummaryRow[], period: Period): PeriodCase[] {
  return summary
    .filter(
      ({ openedAt, closedAt }) => openedAt <= period.to && (closedAt === null || closedAt >= period.from),
    )
    .map((row) => {
      const { id, userId, userName, formerNames, caseNumber, openedAt, closedAt, closedAs } = row;
      const standing = standingOf(row, period);
      const times = { openedAt, closedAt, closedAs };
      return { id, userId, userName, formerNames, caseNumber, ...times, standing, why: why(row, standing) };
    })
    .sort((a, b) => (a.userId === b.userId ? a.caseNumber - b.caseNumber : a.userId < b.userId ? -1 : 1));
}

function standingOf({ openedAt, closedAt }: SummaryRow, { from }: Period): Standing {
  if (closedAt === null) {
    return openedAt < from ? 'open-throughout' : 'open-at-end';
  }
  return openedAt < from ? 'open-at-start' : 'within';
}

function why({ closedAt, phase, heldFor }: SummaryRow, standing: Standing): string {
  const open = closedAt === null ? [OPEN_BECAUSE[phase]] : [];
  const held = heldFor === null ? [] : [HELD_BECAUSE[heldFor]];
  return [STANDING[standing], ...open, ...held].join(' ');
}

/** The columns of cases.csv. */
export const CASE_COLUMNS: Columns<PeriodCase> = {
  user: (row) => row.userName,
  user_id: (row) => row.userId,
  former_names: (row) => row.formerNames.join('; '),
  case: (row) => row.caseNumber,
  opened_at: (row) => row.openedAt,
  closed_at: (row) => row.closedAt,
  closed_as: (row) => row.closedAs,
  standing: (row) => row.standing,
  why: (row) => row.why,
};

/** The latest rows about the cases of the period. */
export function periodRows(rows: RecordRows, cases: readonly PeriodCase[]): RecordRows {
  const wanted = new Set(cases.map(({ id }) => id));
  const isOf = ({ userId, caseNumber }: { readonly userId: string; readonly caseNumber: number }) =>
    wanted.has(`${userId}/${caseNumber}`);
  const { decisions, summary, deletions, failures } = latestRows(rows);
  return {
    decisions: decisions.filter(isOf),
    summary: summary.filter(isOf),
    deletions: deletions.filter(isOf),
    failures: failures.filter(isOf),
  };
}
