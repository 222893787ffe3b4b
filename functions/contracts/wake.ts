import * as z from 'zod';
import { instantSchema } from './case-item.ts';

/**
 * A wake as it travels through the queue: the same shape as `Wake` in app/wake.ts, which this folder may not
 * import; a test holds the two together. Strict, because a field we do not know is a message not meant for us.
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
    /** How often it was sent on. `look` is what release 0.1.0 calls it, and what this one still writes. */
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

/** The text of a wake as the queue carries it: also the release before must be able to read it. */
export function wakeBody({ attempt, ...wake }: z.infer<typeof wakeSchema>): string {
  return JSON.stringify({ ...wake, look: attempt });
}

/** A wish to have AWS Config run the rule: the same shape as `RefreshWish` in app/wake.ts. */
export const refreshSchema = z.strictObject({
  kind: z.literal('refresh'),
  account: z.string().regex(/^\d{12}$/),
  since: instantSchema,
  hops: z.int().nonnegative(),
});
