import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Launched } from '../launch/launch.ts';

/** The latest state of a user's case according to the notices of the data topic. */
export interface LastWord {
  readonly phase: string;
  readonly closedAs: string | null;
}

/**
 * Solekey's stored case of one user, as an operator would find it in the table; undefined if there is none. For cases
 * about which nobody is notified, such as those of excluded users, the table is the only place to see them.
 */
export async function caseOnRecord(launched: Launched, userName: string): Promise<LastWord | undefined> {
  const documents = DynamoDBDocumentClient.from(launched.clients.make(DynamoDBClient));
  const input = {
    TableName: launched.deployed.outputs.TableName,
    ConsistentRead: true,
    FilterExpression: 'sk = :case AND #case.userName = :name',
    ExpressionAttributeNames: { '#case': 'case' },
    ExpressionAttributeValues: { ':case': 'CASE', ':name': userName },
  };
  let found: LastWord | undefined;
  for await (const { Items = [] } of paginateScan({ client: documents }, input)) {
    found ??= Items[0]?.case as LastWord | undefined;
  }
  documents.destroy();
  return found;
}
