import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { setbackStore } from '../../functions/adapters/setback-store.ts';

const ACCOUNT = '123456789012';
const dynamo = mockClient(DynamoDBDocumentClient);
const store = setbackStore(DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' })), 'T');
const REFUSED = { at: '2026-11-26T12:59:59.000Z', kind: 'refused', userId: 'AIDA1' } as const;

beforeEach(() => {
  dynamo.reset();
  dynamo.on(UpdateCommand).resolves({});
});

it('a setback joins those of its clock hour, without any condition', async () => {
  await store.note(ACCOUNT, REFUSED);
  const [call, ...more] = dynamo.commandCalls(UpdateCommand);
  expect(more).toEqual([]);
  expect(call?.args[0].input).toEqual({
    TableName: 'T',
    Key: { pk: `SETBACKS#${ACCOUNT}`, sk: '2026-11-26T12' },
    UpdateExpression: 'SET #list = list_append(if_not_exists(#list, :none), :one), #schema = :schema',
    ExpressionAttributeNames: { '#list': 'setbacks', '#schema': 'schema' },
    ExpressionAttributeValues: { ':none': [], ':one': [REFUSED], ':schema': 1 },
  });
});

it('those of this hour and the one before are read at once, consistently; what cannot be read counts for nothing', async () => {
  const [before, now] = ['2026-11-25T23', '2026-11-26T00'].map((sk) => ({ pk: `SETBACKS#${ACCOUNT}`, sk }));
  const restore = { ...REFUSED, at: '2026-11-26T00:01:00.000Z', kind: 'restore' };
  dynamo.on(BatchGetCommand).resolves({
    Responses: {
      T: [
        { ...before, setbacks: [REFUSED, 'odd', { ...REFUSED, kind: 'of a newer release' }] },
        { ...now, setbacks: [restore] },
        { ...now, setbacks: 'odd' },
      ],
    },
  });
  expect(await store.recent(ACCOUNT, '2026-11-26T00:30:00.000Z')).toEqual([REFUSED, restore]);
  expect(dynamo.commandCalls(BatchGetCommand)[0]?.args[0].input.RequestItems).toEqual({
    T: { Keys: [before, now], ConsistentRead: true },
  });
});

it('no item, no setback', async () => {
  dynamo.on(BatchGetCommand).resolves({ Responses: {} });
  expect(await store.recent(ACCOUNT, '2026-11-26T00:30:00.000Z')).toEqual([]);
});
