import { ConditionalCheckFailedException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DueCase, DueStore } from '../app/ports.ts';
import { DUE_SHARDS, dueItemSchema } from '../contracts/due.ts';
import { caseKey } from '../contracts/items.ts';

/** The sparse, sharded index of cases that want a look. It says whom to look at, never what is true of them. */
export function dueIndex(documents: DynamoDBDocumentClient, table: string): DueStore {
  return {
    async due(now, limit) {
      const found = await Promise.all(DUE_SHARDS.map((shard) => dueIn(documents, table, shard, now, limit)));
      return found
        .flat()
        .sort((a, b) => (a.wakeAt < b.wakeAt ? -1 : 1))
        .slice(0, limit);
    },

    async push(due, to) {
      const command = new UpdateCommand({
        TableName: table,
        Key: caseKey(due.account, due.userId),
        UpdateExpression: 'SET wakeAt = :to',
        ConditionExpression: 'wakeAt = :seen',
        ExpressionAttributeValues: { ':to': to, ':seen': due.wakeAt },
      });
      try {
        await documents.send(command);
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        // A pass is writing the case at this very moment, its next look included.
        if (error instanceof TransactionConflictException) return false;
        throw error;
      }
    },
  };
}

async function dueIn(
  documents: DynamoDBDocumentClient,
  table: string,
  shard: string,
  now: string,
  limit: number,
) {
  const pages = paginateQuery(
    { client: documents, pageSize: limit },
    {
      TableName: table,
      IndexName: 'due',
      KeyConditionExpression: 'dueShard = :shard AND wakeAt <= :now',
      ExpressionAttributeValues: { ':shard': shard, ':now': now },
    },
  );
  const found: DueCase[] = [];
  for await (const page of pages) {
    found.push(...(page.Items ?? []).map(dueCase));
    if (found.length >= limit) break;
  }
  return found.slice(0, limit);
}

function dueCase(item: Record<string, unknown>): DueCase {
  const { pk, wakeAt } = dueItemSchema.parse(item);
  const [, account = '', userId = ''] = pk.split('#');
  return { account, userId, wakeAt };
}
