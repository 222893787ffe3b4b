import type { Printed } from './print.ts';

/** The exit codes, which scripts rely on. They are those of `npm run control`. */
export const EXIT = { fine: 0, notChecked: 1, findings: 2 } as const;

/** The end of a check. */
export interface Checked extends Printed {
  readonly json: object;
  readonly code: (typeof EXIT)[keyof typeof EXIT];
}

/** Where the command writes. Data goes to `out`, words to `err`. */
export interface Streams {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}
