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
export function checkSaved(folder: string, key: KeyObject, accepted: readonly number[]): Checked {
  const began = performance.now();
  const verdict = verdictOf(folder, key);
  return checkedRecords(verdict, accepted, (performance.now() - began) / 1000);
}

/** A verdict, for printing, with the time that it took in seconds. `accepted`: entries of the ledger, see `VerifyOptions`. */
export function checkedRecords(verdict: Verdict, accepted: readonly number[], seconds: number): Checked {
  const doubted = verdict.restores.filter(({ entry, entries }) => entries > 0 && !accepted.includes(entry));
  return {
    ...printedVerdict(verdict, doubted, seconds),
    json: recordsJson(verdict, doubted),
    code: verdict.findings.length === 0 && doubted.length === 0 ? EXIT.fine : EXIT.findings,
  };
}
