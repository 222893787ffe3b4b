import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { copyTable } from '../../../ops/control/aws/copy-table.ts';

const dynamo = mockClient(DynamoDBDocumentClient);
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' }));
const item = (pk: string, more = {}) => ({ pk, sk: 'CASE', ...more });

it('makes a table hold what the other one holds, but for what is kept, and repeats what DynamoDB did not take', async () => {
  const old = Array.from({ length: 30 }, (_, at) => item(`USER#${at}`, { version: 1 }));
  const tables: Record<string, object[]> = {
    restored: [...old, item('CONTROL', { old: true })],
    cases: [item('USER#0', { version: 7 }), item('USER#newer'), item('CONTROL', { new: true })],
  };
  dynamo.on(ScanCommand).callsFake(async ({ TableName }) => ({ Items: tables[TableName] }));
  const [first] = old;
  const refused = [{ PutRequest: { Item: first } }];
  dynamo.on(BatchWriteCommand).callsFake(async () => ({ UnprocessedItems: { cases: refused.splice(0) } }));
  let waited = 0;
  const copied = await copyTable(documents, 'cases', 'restored', ['CONTROL'], async (seconds) => {
    waited += seconds;
  });
  expect([copied, waited]).toEqual([{ written: 30, removed: 1 }, 1]);
  const scanned = dynamo.commandCalls(ScanCommand).map((call) => call.args[0].input);
  expect(scanned).toMatchObject([{ TableName: 'restored' }, { TableName: 'cases', ConsistentRead: true }]);
  const writes = dynamo
    .commandCalls(BatchWriteCommand)
    .map((call) => call.args[0].input.RequestItems?.cases ?? []);
  expect(writes.map((one) => one.length)).toEqual([25, 1, 5, 1]);
  expect(writes[0]?.[0]).toEqual({ PutRequest: { Item: first } });
  expect(writes.at(-1)).toEqual([{ DeleteRequest: { Key: { pk: 'USER#newer', sk: 'CASE' } } }]);
});
