import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { RefreshStore } from '../app/ports.ts';
import { refreshedSchema, refreshKey } from '../contracts/items.ts';

/** The time of the latest requested run of the rule, in one item shared by all passes. */
export function refreshStore(documents: DynamoDBDocumentClient, table: string): RefreshStore {
  return {
    async last(account) {
      const Key = refreshKey(account);
      const { Item } = await documents.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      return Item === undefined ? null : refreshedSchema.parse(Item);
    },

    async record(account, seen, next) {
      const unchanged =
        seen === null
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: '#at = :seen',
              ExpressionAttributeNames: { '#at': 'at' },
              ExpressionAttributeValues: { ':seen': seen.at },
            };
      const Item = { ...refreshKey(account), ...next };
      await documents
        .send(new PutCommand({ TableName: table, Item, ...unchanged }))
        .catch((error: unknown) => {
          if (!(error instanceof ConditionalCheckFailedException)) {
            throw error;
          }
        });
    },
  };
}
