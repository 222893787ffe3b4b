import * as z from 'zod';
import type { Setback } from '../core/model/setbacks.ts';
import { instantSchema } from './case-item.ts';
import type { ItemKey } from './items.ts';
import { type Same, stored } from './stored.ts';

/** The setbacks of one clock hour (`2026-11-23T14`, UTC) of an account. */
export function setbacksKey(account: string, hour: string): ItemKey {
  return { pk: `SETBACKS#${account}`, sk: hour };
}

/** The attribute with the list of them. */
export const SETBACKS = 'setbacks';

const setback = stored({
  at: instantSchema,
  kind: z.enum(['refused', 'restore']),
  userId: z.string().min(1),
});

const setbackSchema: Same<z.infer<typeof setback>, Setback> extends true ? z.ZodType<Setback> : never =
  setback;

/** The setbacks in such an item. One that this release cannot read counts for nothing. */
export function readSetbacks(item: Readonly<Record<string, unknown>>): Setback[] {
  const list = z.array(z.unknown()).safeParse(item[SETBACKS]).data ?? [];
  return list.flatMap((one) => setbackSchema.safeParse(one).data ?? []);
}
