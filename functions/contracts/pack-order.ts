import * as z from 'zod';
import type { LedgerEntry } from '../core/model/ledger.ts';
import type { PackOrder } from '../core/records/pack/order.ts';
import { type Same, stored } from './stored.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const order = stored({
  from: day,
  to: day,
  fullIds: z.boolean(),
  sample: z.int().positive().nullable(),
  seed: z.int().nonnegative().nullable(),
});

const packOrderSchema: Same<z.infer<typeof order>, PackOrder> extends true ? z.ZodType<PackOrder> : never =
  order;

/** The order of a pack in an entry of the ledger; null if the entry asks for none, or for one that this release cannot read. */
export function readPackOrder({ command, about }: Pick<LedgerEntry, 'command' | 'about'>): PackOrder | null {
  return command === 'evidence' ? (packOrderSchema.safeParse(about).data ?? null) : null;
}
