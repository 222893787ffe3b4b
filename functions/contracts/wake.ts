import * as z from 'zod';
import { instantSchema } from './case-item.ts';
import { wakeNames } from './names.ts';
import { stored } from './stored.ts';

/**
 * A wake in the queue. It has the same shape as `Wake` in app/wake.ts, which this folder must not import; a test
 * compares the two. An unknown field, of a newer release, is ignored here and kept when the wake is sent again; but not
 * the creator of a key, which older releases put into wakes: anybody could.
 */
const sentWake = stored({
  kind: z.literal('user'),
  account: z.string().regex(/^\d{12}$/),
  userId: z
    .string()
    .regex(/^\w{1,128}$/)
    .exactOptional(),
  userName: z
    .string()
    .regex(/^[\w+=,.@-]{1,128}$/)
    .exactOptional(),
  accessKeyId: z
    .string()
    .regex(/^\w{16,128}$/)
    .exactOptional(),
  expects: stored({
    keyId: z.string().regex(/^\w{16,128}$/),
    status: z.enum(['Active', 'Inactive', 'Expired', 'Deleted']),
    at: instantSchema.exactOptional(),
  }).exactOptional(),
  pool: z.boolean().exactOptional(),
  /** Number of times it was sent again. `look` is its name in release 0.1.0, and what this release still writes. */
  look: z.int({ error: 'a wake says how often it was sent on' }).nonnegative(),
})
  .refine(
    ({ userId, userName, accessKeyId }) => (userId ?? userName ?? accessKeyId) !== undefined,
    'a wake says who is meant: userId, userName or accessKeyId',
  )
  .transform(({ look, ...wake }) => ({ ...without('origin', wake), attempt: look }));

export const wakeSchema = z.preprocess(wakeNames, sentWake);

function without<T extends object>(field: string, value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== field)) as T;
}

/** The text of a wake in the queue. The previous release must be able to read it as well. */
export function wakeBody({ attempt, ...wake }: z.infer<typeof wakeSchema>): string {
  return JSON.stringify({ ...wake, look: attempt });
}

/**
 * A request to write the digests that are due, for one address or for all that are reached anew. It has the same shape as
 * `DigestWish` in app/wake.ts.
 */
export const digestSchema = stored({
  kind: z.literal('digest'),
  account: z.string().regex(/^\d{12}$/),
  address: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .exactOptional(),
});

/** A request to mail somebody a new link. It has the same shape as `MailLinkWish` in app/wake.ts. */
export const mailLinkSchema = stored({
  kind: z.literal('mail-link'),
  account: z.string().regex(/^\d{12}$/),
  userId: z.string().regex(/^\w{1,128}$/),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
});

/** A request to record a statement about a report in the ledger. It has the same shape as `StatementWish` in app/wake.ts. */
export const statementSchema = stored({
  kind: z.literal('statement'),
  account: z.string().regex(/^\d{12}$/),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
});

/** A request to ask the approvers for a sign-off. It has the same shape as `SignOffWish` in app/wake.ts. */
export const signOffSchema = stored({
  kind: z.literal('sign-off'),
  account: z.string().regex(/^\d{12}$/),
});

/** A request to make AWS Config run the rule. It has the same shape as `RefreshWish` in app/wake.ts. */
export const refreshSchema = stored({
  kind: z.literal('refresh'),
  account: z.string().regex(/^\d{12}$/),
  since: instantSchema,
  hops: z.int().nonnegative(),
});
