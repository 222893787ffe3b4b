import * as z from 'zod';
import { sha256 } from '../core/model/digest.ts';
import { instantSchema } from './case-item.ts';

/** The due index is spread over this many partitions: one busy day must not make one hot key. */
const SHARDS = 8;

/** All partitions of the due index. */
export const DUE_SHARDS = Array.from({ length: SHARDS }, (_, index) => `due#${index}`);

/** The partition of a user's case; fixed for ever, so that a case never stands in two. */
export function dueShard(userId: string): string {
  return `due#${Number.parseInt(sha256(userId).slice(0, 8), 16) % SHARDS}`;
}

/** What the index (keys only) says of a case that wants a look. */
export const dueItemSchema = z.object({
  pk: z.templateLiteral([z.literal('USER#'), z.string()]),
  sk: z.literal('CASE'),
  dueShard: z.string(),
  wakeAt: instantSchema,
});

/** The user whose case an item of the index stands for. */
export const openItemSchema = dueItemSchema.pick({ pk: true }).transform(({ pk }) => {
  const [, account = '', userId = ''] = pk.split('#');
  return { account, userId };
});
