import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Launched } from '../launch/launch.ts';

/** What Solekey said at last about a user in the notices of its data topic. */
export interface LastWord {
  readonly phase: string;
  readonly closedAs: string | null;
}

/**
 * Solekey's own record of one user, as an operator finds it in the table; undefined when there is none. Where nobody is
 * told anything, as of an excluded user, this is the only place that shows the case.
 */
export async function caseOnRecord(launched: Launched, userName: string): Promise<LastWord | undefined> {
  const documents = DynamoDBDocumentClient.from(launched.clients.make(DynamoDBClient));
  const { Items } = await documents.send(
    new ScanCommand({
      TableName: launched.deployed.outputs.TableName,
      ConsistentRead: true,
      FilterExpression: 'sk = :case AND #case.userName = :name',
      ExpressionAttributeNames: { '#case': 'case' },
      ExpressionAttributeValues: { ':case': 'CASE', ':name': userName },
    }),
  );
  documents.destroy();
  return Items?.[0]?.case as LastWord | undefined;
}
