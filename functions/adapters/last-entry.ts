import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { entryNumberSchema, ledgerKey } from '../contracts/ledger-item.ts';
import { batchGet } from './batch-get.ts';
import type { LastEntry } from './control-store.ts';

/** Entries read at once. Nearly always the control item names the last one, and one read finds no other. */
const AT_ONCE = 10;

/**
 * Finds the last entry by its number, because reconcile has no permission to query the table: from the entry on that the
 * control item names, or from the first if there is no such entry, because something other than the commands wrote the item.
 */
export function numberedLast(documents: DynamoDBDocumentClient, table: string, account: string): LastEntry {
  const lastFrom = async (first: number): ReturnType<LastEntry> => {
    const keys = Array.from({ length: AT_ONCE }, (_, n) => ledgerKey(account, first + n));
    const items = await batchGet(documents, table, keys);
    const there = keys.map(({ sk }) => items.find((item) => item.sk === sk));
    const gap = there.indexOf(undefined);
    const last = gap === -1 ? there.at(-1) : there[gap - 1];
    return gap === -1 ? ((await lastFrom(first + AT_ONCE)) ?? last) : last;
  };
  return async (control) => {
    const named = entryNumberSchema.parse(control?.entry);
    return (await lastFrom(named)) ?? (named === 1 ? undefined : await lastFrom(1));
  };
}
