import { stringify } from 'csv-stringify/sync';
import type { Cell } from '../core/inventory/lines.ts';

/**
 * Rows as CSV with a line of column names. A cell that a spreadsheet would take for a formula gets an apostrophe in
 * front; a cell that a row does not have is empty.
 */
export function csvText(columns: readonly string[], rows: readonly Readonly<Record<string, Cell>>[]): string {
  return stringify([...rows], {
    header: true,
    columns: [...columns],
    escape_formulas: true,
    cast: { boolean: (value) => (value ? 'true' : 'false') },
  });
}
