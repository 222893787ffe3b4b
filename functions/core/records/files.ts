import { RECORD_COLUMNS } from './columns.ts';
import type { RecordFile } from './make-anchor.ts';
import type { RecordRows } from './rows.ts';
import { type Csv, linesAndCsv } from './table.ts';

/**
 * The files of rows: of each kind JSON Lines and CSV. A kind without rows has files only if `all` is true: then they say that
 * there was nothing.
 */
export function recordFiles(
  rows: RecordRows,
  csv: Csv,
  { all = false }: { readonly all?: boolean } = {},
): RecordFile[] {
  const { decisions, summary, deletions, failures } = RECORD_COLUMNS;
  return [
    ...linesAndCsv('decisions', rows.decisions, decisions, csv, all),
    ...linesAndCsv('summary', rows.summary, summary, csv, all),
    ...linesAndCsv('deletions', rows.deletions, deletions, csv, all),
    ...linesAndCsv('failures', rows.failures, failures, csv, all),
  ];
}
