import * as z from 'zod';
import type { Pace } from '../core/channel/pace.ts';
import { instantSchema } from './case-item.ts';
import type { ItemKey } from './items.ts';
import { type Same, stored } from './stored.ts';

/** The pace of the mails to an address of an account, by the mark of the address. */
export function paceKey(account: string, mark: string): ItemKey {
  return { pk: `PACE#${account}#${mark}`, sk: 'PACE' };
}

/**
 * The partition of the due index with the digests that are due. It is none of those of cases, so that a release without
 * digests never finds an item that it does not know.
 */
export const DIGEST_SHARD = 'due#digests';

/**
 * An item of that partition (keys only): the account, and the mark of the address. Without an address it is what health
 * keeps about subscriptions, while an address is reached that was not before.
 */
export const dueDigestSchema = z.union([
  z
    .object({ pk: z.string().regex(/^PACE#\d{12}#[0-9a-f]{16}$/), sk: z.literal('PACE') })
    .transform(({ pk }) => {
      const [, account = '', address = ''] = pk.split('#');
      return { account, address };
    }),
  z
    .object({ pk: z.string().regex(/^HEALTH#\d{12}$/), sk: z.literal('SUBSCRIPTIONS') })
    .transform(({ pk }) => ({ account: pk.slice('HEALTH#'.length) })),
]);

const instantOrNull = instantSchema.nullable().default(null);

const pace = stored({
  // Empty before the first mail.
  nextAt: z.union([z.literal(''), instantSchema]),
  hour: z.string(),
  used: z.int().nonnegative(),
  requestedHour: z.string().default(''),
  requestedUsed: z.int().nonnegative().default(0),
  urgent: z.array(instantSchema).default([]),
  urgentDue: instantOrNull,
  urgentSentAt: instantOrNull,
  due: instantOrNull,
  sentAt: instantOrNull,
  onlyShown: z.boolean().default(false),
  arrivedAt: instantOrNull,
  signOffAt: instantOrNull,
  arriving: z.boolean().default(false),
});

const paceSchema: Same<z.infer<typeof pace>, Pace> extends true ? z.ZodType<Pace> : never = pace;

/** The content of that item, with the number of its writes. */
export const paceItemSchema = z.object({ pace: paceSchema, revision: z.int().positive() });
