import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { refreshStore } from '../../functions/adapters/refresh-store.ts';
import { refreshKey } from '../../functions/contracts/items.ts';
import { MINUTE, plus } from '../../functions/core/model/time.ts';
import { ACCOUNT, NOW } from '../fakes/cases.ts';
import { type Update, updated } from '../fakes/updated.ts';

const dynamo = mockClient(DynamoDBDocumentClient);
const store = refreshStore(DynamoDBDocumentClient.from(new DynamoDBClient({})), 'cases');
const seen = { at: NOW, day: '2026-11-23', runs: 2 };
const next = { at: plus(NOW, MINUTE), day: '2026-11-23', runs: 3 };

beforeEach(() => dynamo.reset());

describe('when AWS Config was last asked', () => {
  it('is read consistently', async () => {
    dynamo.on(GetCommand).resolves({ Item: { ...refreshKey(ACCOUNT), ...seen } });
    expect(await store.last(ACCOUNT)).toEqual(seen);
    expect(dynamo.commandCalls(GetCommand)[0]?.args[0].input).toMatchObject({
      Key: refreshKey(ACCOUNT),
      ConsistentRead: true,
    });
  });

  it('may be never, and must not be nonsense', async () => {
    dynamo
      .on(GetCommand)
      .resolvesOnce({})
      .resolvesOnce({ Item: { ...refreshKey(ACCOUNT), at: 'soon' } });
    expect(await store.last(ACCOUNT)).toBeNull();
    await expect(store.last(ACCOUNT)).rejects.toThrow();
  });
});

describe('recording a run', () => {
  it('holds only when nobody recorded one since', async () => {
    dynamo.on(UpdateCommand).resolves({});
    await store.record(ACCOUNT, seen, next);
    await store.record(ACCOUNT, null, next);
    const inputs = dynamo.commandCalls(UpdateCommand).map((call) => call.args[0].input);
    expect(inputs[0]).toMatchObject({
      ConditionExpression: '#at = :seen',
      ExpressionAttributeValues: { ':seen': NOW },
    });
    const before = { ...refreshKey(ACCOUNT), ...seen, later: 1 };
    expect(updated(before, inputs[0] as Update)).toEqual({ ...before, ...next, schema: 1 });
    expect(inputs[1]?.ConditionExpression).toBe('attribute_not_exists(pk)');
  });

  it('is left to whoever was later; another failure is one', async () => {
    dynamo
      .on(UpdateCommand)
      .rejectsOnce(new ConditionalCheckFailedException({ $metadata: {}, message: 'no' }))
      .rejectsOnce(new Error('away'));
    await store.record(ACCOUNT, seen, next);
    await expect(store.record(ACCOUNT, seen, next)).rejects.toThrow('away');
  });
});
