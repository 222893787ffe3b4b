import { type Cell, cellText } from '../inventory/lines.ts';
import { linesFile, type RecordFile } from './make-anchor.ts';

/** Columns by name, each with its cell in a row. */
export type Columns<Row> = Readonly<Record<string, (row: Row) => Cell>>;

/** Writes rows as CSV with a line of column names, and makes formulas harmless (functions/adapters/csv.ts). */
export type Csv = (columns: readonly string[], rows: readonly Readonly<Record<string, Cell>>[]) => string;

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
