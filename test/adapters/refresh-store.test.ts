import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { refreshStore } from '../../functions/adapters/refresh-store.ts';
import { refreshKey } from '../../functions/contracts/items.ts';
import { MINUTE, plus } from '../../functions/core/time.ts';
import { ACCOUNT, NOW } from '../app/fakes/cases.ts';

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

describe('taking the turn', () => {
  it('holds only when nobody took it since', async () => {
    dynamo.on(PutCommand).resolves({});
    expect(await store.take(ACCOUNT, seen, next)).toBe(true);
    expect(dynamo.commandCalls(PutCommand)[0]?.args[0].input).toMatchObject({
      Item: { ...refreshKey(ACCOUNT), ...next },
      ConditionExpression: '#at = :seen',
      ExpressionAttributeValues: { ':seen': NOW },
    });
    expect(await store.take(ACCOUNT, null, next)).toBe(true);
    expect(dynamo.commandCalls(PutCommand)[1]?.args[0].input.ConditionExpression).toBe(
      'attribute_not_exists(pk)',
    );
  });

  it('is not ours when somebody else was first; another failure is one', async () => {
    dynamo
      .on(PutCommand)
      .rejectsOnce(new ConditionalCheckFailedException({ $metadata: {}, message: 'no' }))
      .rejectsOnce(new Error('away'));
    expect(await store.take(ACCOUNT, seen, next)).toBe(false);
    await expect(store.take(ACCOUNT, seen, next)).rejects.toThrow('away');
  });
});
