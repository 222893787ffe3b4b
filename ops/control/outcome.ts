import type { Result, ResultName } from './results.ts';

/** The exit codes, which scripts rely on. They are those of `npm run assess`. */
export const EXIT = {
  done: 0,
  /** Not done: wrong usage, no credentials or permission, AWS out of reach, or a crash. */
  notDone: 1,
  /** Done, and something needs a person. */
  findings: 2,
  /** Done, and something could not be checked. */
  unknown: 3,
} as const;

/** The end of a command that was carried out. */
export interface Outcome<N extends ResultName = ResultName> {
  /** For `--json`. */
  readonly result: Result<N>;
  /** Data, for stdout. */
  readonly lines: readonly string[];
  /** Words, for stderr: what else the operator must know, and the next command to type. */
  readonly notes: readonly string[];
  readonly code: (typeof EXIT)[keyof typeof EXIT];
}

/** A table with aligned columns; the last column is not padded. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
