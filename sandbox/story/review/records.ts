import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Launched } from '../../launch/launch.ts';

/** A decision record in Solekey's table, as far as the story compares it. */
export interface StoredDecision {
  readonly by: string;
  readonly keep: string | null;
  readonly deactivate: readonly string[];
  /** The keys that an exception left; absent for any other decision. */
  readonly spare?: readonly string[];
}

/** The decision records of all users by user id, the oldest first. */
export async function decisionRecords({
  clients,
  deployed,
}: Launched): Promise<ReadonlyMap<string, StoredDecision[]>> {
  const documents = DynamoDBDocumentClient.from(clients.make(DynamoDBClient));
  const input = {
    TableName: deployed.outputs.TableName,
    ConsistentRead: true,
    FilterExpression: 'begins_with(sk, :decided)',
    ExpressionAttributeValues: { ':decided': 'DECIDED#' },
  };
  const found: { readonly pk: string; readonly sk: string; readonly decision: StoredDecision }[] = [];
  for await (const { Items = [] } of paginateScan({ client: documents }, input)) {
    found.push(...(Items as typeof found));
  }
  documents.destroy();
  found.sort((one, other) => (one.sk < other.sk ? -1 : 1));
  const byUser = new Map<string, StoredDecision[]>();
  for (const { pk, decision } of found) {
    const userId = pk.split('#').at(-1) ?? '';
    byUser.set(userId, [...(byUser.get(userId) ?? []), { ...decision, keep: decision.keep ?? null }]);
  }
  return byUser;
}
