import * as z from 'zod';
import { sha256 } from '../core/model/digest.ts';
import { instantSchema } from './case-item.ts';
import { DUE_INDEX, DUE_SHARD_COUNT } from './fixed-names.ts';

/** The partition of the due index with this number, from 0. */
const shardName = (index: number): string => `${DUE_INDEX.name}#${index}`;

/** All partitions of the due index. */
export const DUE_SHARDS = Array.from({ length: DUE_SHARD_COUNT }, (_, index) => shardName(index));

/** The partition of a user's case. It must never change, or a case could be in two partitions. */
export function dueShard(userId: string): string {
  return shardName(Number.parseInt(sha256(userId).slice(0, 8), 16) % DUE_SHARD_COUNT);
}

/** An item of the index (keys only), which stands for a case with a due time. */
export const dueItemSchema = z.object({
  pk: z.templateLiteral([z.literal('USER#'), z.string()]),
  sk: z.literal('CASE'),
  [DUE_INDEX.shard]: z.string(),
  [DUE_INDEX.at]: instantSchema,
});

/** The account and user of the case that an item of the index stands for. */
export const openItemSchema = dueItemSchema.pick({ pk: true }).transform(({ pk }) => {
  const [, account = '', userId = ''] = pk.split('#');
  return { account, userId };
});
