import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { PaceStore } from '../app/channel-ports.ts';
import { DUE_INDEX } from '../contracts/fixed-names.ts';
import type { ItemKey } from '../contracts/items.ts';
import { DIGEST_SHARD, paceItemSchema, paceKey } from '../contracts/pace-item.ts';
import { SCHEMA } from '../contracts/stored.ts';
import { digestDue, type Pace, UNUSED_PACE } from '../core/channel/pace.ts';
import { IS_NEW, setting } from './update.ts';

/** Attempts to change an item that others change at the same time. */
const TRIES = 10;

/** The content of an item with the number of its writes, on which the next write depends. */
interface Known {
  readonly pace: Pace;
  readonly revision: number;
}

/**
 * The pace of each address in the table. The state that this process knows is tried first, so a mail costs one call
 * as long as no other process mails the same address, and a refusal none, unless it depends on a digest that another
 * process may have sent.
 */
export function paceStore(documents: DynamoDBDocumentClient, table: string): PaceStore {
  const known = new Map<string, Known>();

  const read = async (key: ItemKey): Promise<Known> => {
    const { Item } = await documents.send(
      new GetCommand({ TableName: table, Key: key, ConsistentRead: true }),
    );
    return Item === undefined ? { pace: UNUSED_PACE, revision: 0 } : paceItemSchema.parse(Item);
  };

  /** True if nobody else wrote since. */
  const write = async (key: ItemKey, { pace, revision }: Known): Promise<boolean> => {
    const due = digestDue(pace);
    const attributes = {
      pace,
      revision,
      schema: SCHEMA.pace,
      [DUE_INDEX.shard]: due === null ? undefined : DIGEST_SHARD,
      [DUE_INDEX.at]: due ?? undefined,
    };
    const unchanged =
      revision === 1 ? IS_NEW : { expression: '#revision = :seen', values: { ':seen': revision - 1 } };
    try {
      await documents.send(new UpdateCommand(setting(table, key, attributes, unchanged)));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) {
        return false;
      }
      throw error;
    }
  };

  return {
    async change({ account, address }, by) {
      const key = paceKey(account, address);
      for (let tries = 0; tries < TRIES; tries += 1) {
        const remembered = known.get(key.pk);
        const before = remembered ?? (await read(key));
        known.set(key.pk, before);
        const { next, result, unsure = false } = by(before.pace);
        if (next === null) {
          if (!unsure || remembered === undefined) {
            return result;
          }
          known.delete(key.pk);
          continue;
        }
        const written = { pace: next, revision: before.revision + 1 };
        if (await write(key, written)) {
          known.set(key.pk, written);
          return result;
        }
        known.delete(key.pk);
      }
      throw new Error('The pace of an address was changed by others again and again.');
    },
  };
}
