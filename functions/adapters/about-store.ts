import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { AboutStore } from '../app/inventory-ports.ts';
import { aboutKey, readAbout } from '../contracts/about-item.ts';
import { SCHEMA } from '../contracts/stored.ts';
import { batchGet } from './batch-get.ts';

/** The facts about users in the table, beside their cases. */
export function aboutStore(documents: DynamoDBDocumentClient, table: string): AboutStore {
  return {
    async stored(account, userIds) {
      const keys = new Map(userIds.map((userId) => [aboutKey(account, userId).pk, userId]));
      const wanted = userIds.map((userId) => aboutKey(account, userId));
      const items = await batchGet(documents, table, wanted);
      return new Map(
        items.flatMap((item) => {
          const [userId, about] = [keys.get(String(item.pk)), readAbout(item)];
          return userId === undefined || about === null ? [] : [[userId, about] as const];
        }),
      );
    },

    async keep(account, userId, about) {
      const Item = { ...aboutKey(account, userId), about, schema: SCHEMA.about };
      await documents.send(new PutCommand({ TableName: table, Item }));
    },
  };
}
