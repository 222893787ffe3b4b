import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { RefreshStore } from '../app/config-ports.ts';
import { refreshedSchema, refreshKey } from '../contracts/items.ts';
import { SCHEMA } from '../contracts/stored.ts';
import { IS_NEW, setting } from './update.ts';

/** The time of the latest requested run of the rule, in one item shared by all passes. */
export function refreshStore(documents: DynamoDBDocumentClient, table: string): RefreshStore {
  return {
    async last(account) {
      const Key = refreshKey(account);
      const { Item } = await documents.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      return Item === undefined ? null : refreshedSchema.parse(Item);
    },

    async record(account, seen, next) {
      const unchanged = seen === null ? IS_NEW : { expression: '#at = :seen', values: { ':seen': seen.at } };
      const attributes = { ...next, schema: SCHEMA.refresh };
      await documents
        .send(new UpdateCommand(setting(table, refreshKey(account), attributes, unchanged)))
        .catch((error: unknown) => {
          if (!(error instanceof ConditionalCheckFailedException)) {
            throw error;
          }
        });
    },
  };
}
