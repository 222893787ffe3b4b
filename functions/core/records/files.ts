import { type Cell, cellText } from '../inventory/lines.ts';
import { type Columns, RECORD_COLUMNS } from './columns.ts';
import { linesFile, type RecordFile } from './make-anchor.ts';
import type { RecordRows } from './rows.ts';

/** Writes rows as CSV with a line of column names, and makes formulas harmless (functions/adapters/csv.ts). */
export type Csv = (columns: readonly string[], rows: readonly Readonly<Record<string, Cell>>[]) => string;

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

/** Rows as two files, `<name>.jsonl` and `<name>.csv`; none for no rows unless `all` is true. */
export function linesAndCsv<Row extends object>(
  name: string,
  rows: readonly Row[],
  columns: Columns<Row>,
  csv: Csv,
  all: boolean,
): RecordFile[] {
  if (rows.length === 0 && !all) {
    return [];
  }
  const cells = rows.map((row) => cellsOf(row, columns));
  return [
    linesFile(`${name}.jsonl`, rows),
    { name: `${name}.csv`, type: 'text/csv; charset=utf-8', content: csv(Object.keys(columns), cells) },
  ];
}

/** The cells of a row, by column. */
export function cellsOf<Row>(row: Row, columns: Columns<Row>): Readonly<Record<string, Cell>> {
  const cells = Object.entries(columns).map(([name, of]): [string, Cell] => {
    const cell = of(row);
    return [name, typeof cell === 'string' ? cellText(cell) : cell];
  });
  return Object.fromEntries(cells);
}
