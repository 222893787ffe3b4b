import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { UsageStore } from '../app/usage-ports.ts';
import { SCHEMA } from '../contracts/stored.ts';
import { usageKey } from '../contracts/usage-item.ts';

/** The usage of keys in the table. */
export function usageStore(documents: DynamoDBDocumentClient, table: string): UsageStore {
  return {
    async keep(account, userId, usage) {
      const Item = { ...usageKey(account, userId), usage, schema: SCHEMA.usage };
      await documents.send(new PutCommand({ TableName: table, Item }));
    },
  };
}
