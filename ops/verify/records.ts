/** Checks records that were saved in a folder. */
import type { KeyObject } from 'node:crypto';
import { type Verdict, verify } from '../../functions/core/verify/verify.ts';
import { type Checked, EXIT } from './outcome.ts';
import { printedVerdict } from './print.ts';
import { recordsJson } from './results.ts';
import { savedAbout, savedAnchors, savedTable } from './saved.ts';

/** The verdict about what was saved in a folder. */
export function verdictOf(folder: string, key: KeyObject): Verdict {
  const about = savedAbout(folder);
  const table = savedTable(folder);
  try {
    return verify({
      account: about.account,
      now: about.readAt,
      ...savedAnchors(folder, key, about),
      ...table,
    });
  } finally {
    table.close();
  }
}

/** Checks what was saved in a folder. */
export function checkSaved(folder: string, key: KeyObject): Checked {
  const began = performance.now();
  const verdict = verdictOf(folder, key);
  return checkedRecords(verdict, (performance.now() - began) / 1000);
}

/** A verdict, for printing, with the time that it took in seconds. */
export function checkedRecords(verdict: Verdict, seconds: number): Checked {
  return {
    ...printedVerdict(verdict, seconds),
    json: recordsJson(verdict),
    code: verdict.findings.length === 0 ? EXIT.fine : EXIT.findings,
  };
}
