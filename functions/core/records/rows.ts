import type { Version } from '../case/history.ts';
import type { Instant } from '../model/time.ts';
import type { DecisionRow } from './decision-row.ts';
import { decisionRows } from './decisions.ts';
import type { DeletionRow } from './deletion-row.ts';
import { deletionRows } from './deletions.ts';
import { type FailureRow, failureRows } from './failures.ts';
import { coursesOf, type RecordContext } from './row.ts';
import { type SummaryRow, summaryRow } from './summary.ts';
import { excludedRows, putOffRows } from './undecided.ts';

/** All rows about some users, by kind. */
export interface RecordRows {
  readonly decisions: readonly DecisionRow[];
  readonly summary: readonly SummaryRow[];
  readonly deletions: readonly DeletionRow[];
  readonly failures: readonly FailureRow[];
}

/** No rows. */
export const NO_ROWS: RecordRows = { decisions: [], summary: [], deletions: [], failures: [] };

/** The rows of all cases of a user, oldest first, from all versions of their case. */
export function recordRows(versions: readonly Version[], context: RecordContext): RecordRows {
  const courses = coursesOf(versions);
  return {
    decisions: courses.flatMap((course) =>
      [...decisionRows(course, context), ...excludedRows(course), ...putOffRows(course, context)]
        .sort((a, b) => a.index - b.index)
        .map(({ row }) => row),
    ),
    summary: courses.map(summaryRow),
    deletions: courses.flatMap((course) => deletionRows(course, context)),
    failures: courses.flatMap(failureRows),
  };
}

/** The versions that were written until a moment, from which follow the rows as they were then. */
export function versionsUntil(versions: readonly Version[], until: Instant): readonly Version[] {
  return versions.filter(({ entry }) => entry.at <= until);
}

/** The rows with something that came after history entry `version`. */
export function rowsAfter(rows: RecordRows, version: number): RecordRows {
  const isNew = (row: { readonly version: number }) => row.version > version;
  return {
    decisions: rows.decisions.filter(isNew),
    summary: rows.summary.filter(isNew),
    deletions: rows.deletions.filter(isNew),
    failures: rows.failures.filter(isNew),
  };
}

/** The rows of several users, or of several anchors in their order, together. */
export function joinedRows(all: readonly RecordRows[]): RecordRows {
  return {
    decisions: all.flatMap(({ decisions }) => decisions),
    summary: all.flatMap(({ summary }) => summary),
    deletions: all.flatMap(({ deletions }) => deletions),
    failures: all.flatMap(({ failures }) => failures),
  };
}

/** The rows of anchors in their order, without those that a later one replaces. */
export function latestRows(rows: RecordRows): RecordRows {
  return {
    decisions: latest(rows.decisions),
    summary: latest(rows.summary),
    deletions: latest(rows.deletions),
    failures: latest(rows.failures),
  };
}

function latest<Row extends { readonly id: string }>(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}
