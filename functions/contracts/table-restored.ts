import * as z from 'zod';
import type { LedgerEntry } from '../core/model/ledger.ts';
import type { TableRestored } from '../core/records/restored.ts';
import { stored } from './stored.ts';

const about = stored({
  anchor: z.int().positive().nullable(),
  ledger: z.int().nonnegative(),
});

/** The restores of the table in the entries of a ledger, in their order. */
export function tableRestores(entries: readonly LedgerEntry[]): TableRestored[] {
  return entries.flatMap(({ command, number, at, by, reason, about: fields }) => {
    const found = command === 'restored' ? about.safeParse(fields).data : undefined;
    return found === undefined
      ? []
      : [{ entry: number, at, by, reason, anchor: found.anchor, ledger: found.ledger }];
  });
}
