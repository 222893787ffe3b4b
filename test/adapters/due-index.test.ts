import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { dueIndex } from '../../functions/adapters/due-index.ts';
import { sweep } from '../../functions/app/sweep.ts';
import { DUE_SHARDS } from '../../functions/contracts/due.ts';
import { MINUTE, plus } from '../../functions/core/model/time.ts';
import { ACCOUNT, NOW, USER_ID } from '../fakes/cases.ts';
import { memoryLog, memoryWakes, standingClock } from '../fakes/ports.ts';

const dynamo = mockClient(DynamoDBDocumentClient);
const index = dueIndex(DynamoDBDocumentClient.from(new DynamoDBClient({})), 'cases');
const [first = '', second = '', third = ''] = DUE_SHARDS;
const meta = { $metadata: {}, message: 'no' };

const ago = (minutes: number) => plus(NOW, -minutes * MINUTE);
const item = (userId: string, shard: string, minutes: number) => ({
  pk: `USER#${ACCOUNT}#${userId}`,
  sk: 'CASE',
  dueShard: shard,
  wakeAt: ago(minutes),
});
const found = (userId: string, minutes: number) => ({ account: ACCOUNT, userId, wakeAt: ago(minutes) });
const query = (shard: string) => ({ ExpressionAttributeValues: { ':shard': shard, ':now': NOW } });

beforeEach(() => {
  dynamo.reset();
  dynamo.on(QueryCommand).resolves({ Items: [] });
});

it('digests are due at addresses, and without one while health says that some are reached anew', async () => {
  const Items = [
    { pk: `PACE#${ACCOUNT}#${'a'.repeat(16)}`, sk: 'PACE' },
    { pk: `HEALTH#${ACCOUNT}`, sk: 'SUBSCRIPTIONS' },
    { pk: `HEALTH#${ACCOUNT}`, sk: 'STATE' },
    { pk: `USER#${ACCOUNT}#x`, sk: 'CASE' },
  ];
  dynamo.on(QueryCommand, query('due#digests')).resolves({ Items });
  expect(await index.digests(NOW)).toEqual([
    { account: ACCOUNT, address: 'a'.repeat(16) },
    { account: ACCOUNT },
  ]);
});

describe('what is due', () => {
  it('is asked of every shard, by keys alone', async () => {
    expect(await index.due(NOW, 50)).toEqual([]);
    const asked = dynamo.commandCalls(QueryCommand).map((call) => call.args[0].input);
    expect(asked).toHaveLength(DUE_SHARDS.length);
    for (const [at, shard] of DUE_SHARDS.entries()) {
      expect(asked[at]).toMatchObject({
        TableName: 'cases',
        IndexName: 'due',
        KeyConditionExpression: 'dueShard = :shard AND wakeAt <= :now',
        ExpressionAttributeValues: { ':shard': shard, ':now': NOW },
        Limit: 50,
      });
      expect(asked[at]).not.toHaveProperty('ConsistentRead');
    }
  });

  it('comes oldest first, whichever shard it is in', async () => {
    dynamo
      .on(QueryCommand, query(first))
      .resolves({ Items: [item('AIDA2', first, 20), item('AIDA4', first, 1)] })
      .on(QueryCommand, query(second))
      .resolves({ Items: [item('AIDA1', second, 30)] })
      .on(QueryCommand, query(third))
      .resolves({ Items: [item('AIDA3', third, 10)] });
    expect(await index.due(NOW, 50)).toEqual([
      found('AIDA1', 30),
      found('AIDA2', 20),
      found('AIDA3', 10),
      found('AIDA4', 1),
    ]);
    expect(await index.due(NOW, 2)).toEqual([found('AIDA1', 30), found('AIDA2', 20)]);
  });

  it('goes through all pages of a shard until there is enough', async () => {
    const LastEvaluatedKey = { pk: 'next' };
    dynamo
      .on(QueryCommand, query(first))
      .resolvesOnce({ Items: [item('AIDA1', first, 5)], LastEvaluatedKey })
      .resolvesOnce({ Items: [item('AIDA2', first, 4)], LastEvaluatedKey })
      .rejects(new Error('asked for a page too many'));
    expect(await index.due(NOW, 2)).toEqual([found('AIDA1', 5), found('AIDA2', 4)]);
  });
});

describe('pushing a look on', () => {
  const one = { account: ACCOUNT, userId: USER_ID, wakeAt: ago(5) };

  it('moves only what is still as it was seen, and asks for nothing in return', async () => {
    dynamo.on(UpdateCommand).resolves({});
    expect(await index.push(one, NOW)).toBe(true);
    expect(dynamo.commandCalls(UpdateCommand).map((call) => call.args[0].input)).toEqual([
      {
        TableName: 'cases',
        Key: { pk: `USER#${ACCOUNT}#${USER_ID}`, sk: 'CASE' },
        UpdateExpression: 'SET wakeAt = :to',
        ConditionExpression: 'wakeAt = :seen',
        ExpressionAttributeValues: { ':to': NOW, ':seen': ago(5) },
      },
    ]);
  });

  it('names no attribute that the sweep may not touch', async () => {
    dynamo.on(UpdateCommand).resolves({});
    await index.push(one, NOW);
    const input = dynamo.commandCalls(UpdateCommand)[0]?.args[0].input;
    const expressions = `${input?.UpdateExpression} ${input?.ConditionExpression}`;
    const named = expressions.match(/(?<![:\w])[a-z]\w*/g)?.filter((word) => word !== 'SET');
    const allowed = new Set(['pk', 'sk', 'dueShard', 'wakeAt']);
    expect([...Object.keys(input?.Key ?? {}), ...(named ?? [])].filter((name) => !allowed.has(name))).toEqual(
      [],
    );
    expect(input).not.toHaveProperty('ReturnValues');
    expect(input).not.toHaveProperty('ReturnValuesOnConditionCheckFailure');
  });

  it.each([new ConditionalCheckFailedException(meta), new TransactionConflictException(meta)])(
    'is not ours when somebody else moved it or is writing it: $name',
    async (error) => {
      dynamo.on(UpdateCommand).rejects(error);
      expect(await index.push(one, NOW)).toBe(false);
    },
  );

  it('raises everything else', async () => {
    dynamo.on(UpdateCommand).rejects(new Error('throttled'));
    await expect(index.push(one, NOW)).rejects.toThrow('throttled');
  });
});

describe('an item that is none of a case', () => {
  const odd = item('AIDA1', first, 30);
  const run = async () => {
    dynamo.on(UpdateCommand).resolves({});
    const wakes = memoryWakes();
    const digests = { ask: async () => undefined };
    const world = {
      due: index,
      wakes,
      digests,
      clock: standingClock(NOW),
      log: memoryLog(),
      random: () => 0,
    };
    await expect(sweep(world)).rejects.toThrow('An item in the due index is no case: [');
    return wakes.sent.map((wake) => ('userId' in wake ? wake.userId : ''));
  };

  it.each([
    ['another kind of item', { ...odd, sk: 'HIST#000000001' }],
    ['no user', { ...odd, pk: 'NAME#123456789012#x' }],
    ['a time of another form', { ...odd, wakeAt: 'soon' }],
    ['nothing in it', {}],
  ])('(%s) makes the run fail, after everybody else was woken', async (_what, broken) => {
    dynamo.on(QueryCommand, query(first)).resolves({ Items: [broken, item('AIDA2', first, 20)] });
    expect(await run()).toEqual(['AIDA2']);
    expect(dynamo.commandCalls(UpdateCommand)).toHaveLength(1);
  });

  it('takes one place, however many there are', async () => {
    const Items = [odd, odd, odd].map((one) => ({ ...one, sk: 'X' }));
    dynamo.on(QueryCommand, query(first)).resolves({ Items: [...Items, item('AIDA2', first, 20)] });
    dynamo.on(QueryCommand, query(second)).resolves({ Items: [item('AIDA3', second, 10)] });
    expect(await index.due(NOW, 2)).toMatchObject([found('AIDA2', 20), { userId: '' }]);
    expect(await run()).toEqual(['AIDA2', 'AIDA3']);
  });
});
