import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { HealthStore } from '../../app/health-ports.ts';
import { healthKey, readHealth, readSubscriptions, subscriptionsKey } from '../../contracts/health-item.ts';
import type { ItemKey } from '../../contracts/items.ts';
import { SCHEMA } from '../../contracts/stored.ts';
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

    async keepSubscriptions(account, addresses, checkedAt) {
      await set(subscriptionsKey(account), { addresses, checkedAt });
    },
  };
}
