import * as z from 'zod';
import { AGENTS } from '../core/usage/usage.ts';
import type { UserUsage } from '../core/usage/user-usage.ts';
import { instantSchema } from './case-item.ts';
import type { ItemKey } from './items.ts';
import { type Same, stored } from './stored.ts';

/** The usage of a user's keys. Its partition is its own, because `witness` may write no other. */
export function usageKey(account: string, userId: string): ItemKey {
  return { pk: `USAGE#${account}#${userId}`, sk: 'USAGE' };
}

const source = z.discriminatedUnion('kind', [
  stored({ kind: z.literal('network'), network: z.string() }),
  stored({ kind: z.literal('service'), service: z.string() }),
]);

const family = stored({
  source,
  // A program that only a newer release knows.
  agent: z.enum(AGENTS).catch('other'),
  service: z.string(),
  region: z.string(),
  first: instantSchema,
  last: instantSchema,
  count: z.int().positive(),
  errors: z.int().nonnegative(),
  writes: z.int().nonnegative(),
});

const lookup = z.discriminatedUnion('kind', [
  stored({
    kind: z.literal('looked-up'),
    at: instantSchema,
    back: instantSchema,
    regions: z.array(z.string()).exactOptional(),
  }),
  stored({
    kind: z.literal('not-looked-up'),
    why: z.enum(['off', 'waiting', 'throttled', 'denied', 'failed']).catch('failed'),
    partly: z.literal(true).exactOptional(),
  }),
]);

const userUsage = stored({
  at: instantSchema,
  keys: z.array(
    stored({
      keyId: z.string(),
      lookup,
      families: z.array(family),
      leftOut: z.int().positive().exactOptional(),
      unread: z.int().positive().exactOptional(),
    }),
  ),
});

const usageSchema: Same<z.infer<typeof userUsage>, UserUsage> extends true ? z.ZodType<UserUsage> : never =
  userUsage;

/** The usage in an item; null if there is none. It is evidence only, so what cannot be read counts as absent. */
export function readUsage(item: unknown): UserUsage | null {
  return z.object({ usage: usageSchema }).safeParse(item).data?.usage ?? null;
}
