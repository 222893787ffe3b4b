import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ItemKey } from '../contracts/items.ts';

/**
 * Reads at most a hundred items consistently. Under load BatchGetItem may leave keys unprocessed; these are requested
 * again.
 */
export async function batchGet(documents: DynamoDBDocumentClient, table: string, keys: ItemKey[]) {
  const found: Record<string, unknown>[] = [];
  for (
    let wanted: Record<string, unknown>[] = keys.map((key) => ({ ...key })), tries = 0;
    wanted.length > 0;
    tries += 1
  ) {
    if (tries === 5) {
      throw new Error('DynamoDB answered only a part of a read, five times.');
    }
    const answer = await documents.send(
      new BatchGetCommand({ RequestItems: { [table]: { Keys: wanted, ConsistentRead: true } } }),
    );
    found.push(...(answer.Responses?.[table] ?? []));
    wanted = answer.UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return found;
}
