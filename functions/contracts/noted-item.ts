/** The outcome of a stored statement, as reconcile left it and pages read it. */
import * as z from 'zod';
import { STATEMENT_REFUSALS } from '../core/signoff/judge.ts';
import type { Noted } from '../core/signoff/noted.ts';
import { instantSchema } from './case-item.ts';
import type { ItemKey } from './items.ts';
import { type Same, stored } from './stored.ts';

/** The item for the outcome of the statement with this digest. `approve` may not write it. */
export function notedKey(account: string, digest: string): ItemKey {
  return { pk: `NOTED#${account}`, sk: digest };
}

const noted = z.union([
  stored({ entry: z.int().positive(), at: instantSchema }),
  stored({ refused: z.enum(STATEMENT_REFUSALS), at: instantSchema }),
]);

const notedSchema: Same<z.infer<typeof noted>, Noted> extends true ? z.ZodType<Noted> : never = noted;

/** The outcome in an item (undefined: there is none). Null if there is none that this release knows. */
export function readNoted(item: unknown): Noted | null {
  return z.object({ noted: notedSchema }).safeParse(item).data?.noted ?? null;
}
