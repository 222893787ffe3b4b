import type { Instant } from '../model/time.ts';
import type { ChangedUsers } from '../signoff/file.ts';
import type { ReportRow } from './report-row.ts';

/** Users of each kind that a summary names. */
const MOST_NAMED = 5;

/**
 * The users whose case opened or closed after a moment (null: ever), of whom something waits to be done, or whose keys are not
 * those on record. Rows are in the order of a report, so the most urgent are named.
 */
export function changedSince(rows: readonly ReportRow[], since: Instant | null): ChangedUsers {
  const changed = rows.filter((row) => isChanged(row, since ?? ''));
  const named = (of: (row: ReportRow) => boolean) =>
    changed
      .filter(of)
      .slice(0, MOST_NAMED)
      .map(({ userName }) => userName);
  return {
    users: changed.length,
    privileged: named(({ privileged }) => privileged === true),
    automation: named(({ privileged, automation }) => privileged !== true && automation === true),
  };
}

function isChanged({ closedAt, openCase, pending, remaining }: ReportRow, since: Instant): boolean {
  const others = remaining !== null && remaining !== 'ok' && remaining !== 'not-read';
  const opened = openCase?.opened ?? '';
  return (closedAt ?? '') > since || opened > since || pending.length > 0 || others;
}
