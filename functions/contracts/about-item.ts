import * as z from 'zod';
import type { About } from '../core/inventory/about.ts';
import { instantSchema } from './case-item.ts';
import type { ItemKey } from './items.ts';
import { type Same, stored } from './stored.ts';

/** The facts about a user. Their partition is their own, because `evaluate` may write no other. */
export function aboutKey(account: string, userId: string): ItemKey {
  return { pk: `ABOUT#${account}#${userId}`, sk: 'ABOUT' };
}

const privilege = z.discriminatedUnion('kind', [
  stored({
    kind: z.enum(['administrator', 'can-become']),
    policies: z
      .array(
        stored({
          policy: z.string(),
          kind: z.enum(['aws-managed', 'customer-managed', 'inline']),
          group: z.string().nullable(),
        }),
      )
      .min(1),
    more: z.int().nonnegative(),
  }),
  stored({ kind: z.enum(['ordinary', 'unknown']) }),
]);

const automation = z.discriminatedUnion('kind', [
  stored({ kind: z.literal('automation'), by: z.enum(['tag', 'path', 'console-password']) }),
  stored({ kind: z.literal('person'), by: z.enum(['tag', 'path', 'console-password']) }),
  stored({ kind: z.literal('unknown') }),
]);

const about = stored({
  asOf: instantSchema,
  privilege,
  automation,
  reserved: stored({ user: z.boolean(), keys: z.array(z.string()) }),
});

const aboutSchema: Same<z.infer<typeof about>, About> extends true ? z.ZodType<About> : never = about;

/**
 * The facts about a user in an item; null if there are none. They are evidence only, so what cannot be read, or has a
 * variant of a newer release, counts as absent. The next survey stores them again.
 */
export function readAbout(item: unknown): About | null {
  return z.object({ about: aboutSchema }).safeParse(item).data?.about ?? null;
}
