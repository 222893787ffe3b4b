import * as z from 'zod';
import type { ControlContent, LedgerEntry } from '../core/model/ledger.ts';
import { instantSchema } from './case-item.ts';
import type { ItemKey } from './items.ts';
import { type Same, stored } from './stored.ts';

/** The partition of an account's ledger. */
export function ledgerPartition(account: string): string {
  return `LEDGER#${account}`;
}

/** Entry n of the ledger. It has nine digits, so that a query reads the entries in order. */
export function ledgerKey(account: string, number: number): ItemKey {
  return { pk: ledgerPartition(account), sk: `ENTRY#${String(number).padStart(9, '0')}` };
}

/** The number of the entry that a control item names; 1 if it names none. */
export const entryNumberSchema = z.int().positive().catch(1);

const content = z.record(z.string(), z.unknown());

/** The parts of an entry that this release knows. Unknown fields are kept, because its hash covers them. */
const entry = stored({
  number: z.int().positive(),
  at: instantSchema,
  command: z.string(),
  by: z.string(),
  reason: z.string(),
  approver: z.string().exactOptional(),
  about: content.exactOptional(),
  after: content,
  found: content.exactOptional(),
  previous: z.string().nullable(),
  hash: z.string(),
});

const entrySchema: Same<z.infer<typeof entry>, LedgerEntry> extends true ? z.ZodType<LedgerEntry> : never =
  entry;

/** An entry from its item; null if it cannot be read, which counts as missing. */
export function readLedgerEntry(item: Readonly<Record<string, unknown>>): LedgerEntry | null {
  return entrySchema.safeParse(without(item, ['pk', 'sk', 'schema'])).data ?? null;
}

/** The part of the control item that the ledger keeps: all of it but its keys and its schema. */
export function controlContent(item: Readonly<Record<string, unknown>>): ControlContent {
  return without(item, ['pk', 'sk', 'schema']);
}

function without(item: Readonly<Record<string, unknown>>, names: readonly string[]): ControlContent {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)));
}
