import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { HealthStore } from '../../app/health-ports.ts';
import { DUE_INDEX } from '../../contracts/fixed-names.ts';
import {
  healthKey,
  readHealth,
  readSample,
  readSubscriptions,
  sampleKey,
  subscriptionsKey,
} from '../../contracts/health-item.ts';
import type { ItemKey } from '../../contracts/items.ts';
import { DIGEST_SHARD } from '../../contracts/pace-item.ts';
import { SCHEMA } from '../../contracts/stored.ts';
import { reachedAnew } from '../../core/health/reach.ts';
import { setting } from '../update.ts';

/** Health's own partition. */
export function healthStore(documents: DynamoDBDocumentClient, table: string): HealthStore {
  const get = async (Key: ItemKey) =>
    (await documents.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }))).Item;
  const set = (key: ItemKey, content: Readonly<Record<string, unknown>>) =>
    documents.send(new UpdateCommand(setting(table, key, { ...content, schema: SCHEMA.health })));
  return {
    load: async (account) => readHealth(await get(healthKey(account))),

    async keep(account, health) {
      await set(healthKey(account), { health });
    },

    subscriptions: async (account) => readSubscriptions(await get(subscriptionsKey(account))),

    sample: async (account) => readSample(await get(sampleKey(account))),

    async keepSample(account, sample) {
      await set(sampleKey(account), { sample });
    },

    async keepSubscriptions(account, addresses, checkedAt) {
      const isDue = Object.keys(reachedAnew({ addresses, checkedAt }, checkedAt)).length > 0;
      await set(subscriptionsKey(account), {
        addresses,
        checkedAt,
        [DUE_INDEX.shard]: isDue ? DIGEST_SHARD : undefined,
        [DUE_INDEX.at]: isDue ? checkedAt : undefined,
      });
    },
  };
}
