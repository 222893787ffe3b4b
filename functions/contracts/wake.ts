import * as z from 'zod';
import { instantSchema } from './case-item.ts';

/**
 * A wake in the queue. It has the same shape as `Wake` in app/wake.ts, which this folder must not import; a test
 * compares the two. The schema is strict, because a message with an unknown field is not meant for us.
 */
export const wakeSchema = z
  .strictObject({
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
    expects: z
      .strictObject({
        keyId: z.string().regex(/^\w{16,128}$/),
        status: z.enum(['Active', 'Inactive', 'Expired', 'Deleted']),
      })
      .exactOptional(),
    origin: z
      .strictObject({
        createdBy: z.string().max(256),
        at: instantSchema,
        keyId: z.string().regex(/^\w{16,128}$/),
      })
      .exactOptional(),
    /** Number of times it was sent again. `look` is its name in release 0.1.0, and what this release still writes. */
    look: z.int().nonnegative().exactOptional(),
    attempt: z.int().nonnegative().exactOptional(),
  })
  .refine(
    ({ userId, userName, accessKeyId }) => (userId ?? userName ?? accessKeyId) !== undefined,
    'a wake says who is meant: userId, userName or accessKeyId',
  )
  .refine(({ look, attempt }) => (look ?? attempt) !== undefined, {
    path: ['look'],
    error: 'a wake says how often it was sent on',
  })
  .transform(({ look, attempt, ...wake }) => ({ ...wake, attempt: attempt ?? look ?? 0 }));

/** The text of a wake in the queue. The previous release must be able to read it as well. */
export function wakeBody({ attempt, ...wake }: z.infer<typeof wakeSchema>): string {
  return JSON.stringify({ ...wake, look: attempt });
}

/** A request to make AWS Config run the rule. It has the same shape as `RefreshWish` in app/wake.ts. */
export const refreshSchema = z.strictObject({
  kind: z.literal('refresh'),
  account: z.string().regex(/^\d{12}$/),
  since: instantSchema,
  hops: z.int().nonnegative(),
});
