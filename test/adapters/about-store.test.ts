import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { aboutStore } from '../../functions/adapters/about-store.ts';
import { keepAbout } from '../../functions/app/survey/keep-about.ts';
import { anAbout } from '../fakes/about.ts';
import { ACCOUNT, USER_ID } from '../fakes/cases.ts';
import { memoryLog } from '../fakes/ports.ts';

const dynamo = mockClient(DynamoDBDocumentClient);
const store = aboutStore(DynamoDBDocumentClient.from(new DynamoDBClient({})), 'cases');
const keyOf = (userId: string) => ({ pk: `ABOUT#${ACCOUNT}#${userId}`, sk: 'ABOUT' });

beforeEach(() => dynamo.reset());

describe('facts about users', () => {
  it('are read for many users in one consistent call; what cannot be read is missing', async () => {
    dynamo.on(BatchGetCommand).resolves({
      Responses: {
        cases: [
          { ...keyOf('AIDA2'), about: anAbout(), schema: 1 },
          { ...keyOf('AIDA3'), about: { ...anAbout(), privilege: { kind: 'owner' } }, schema: 2 },
          { ...keyOf('AIDA9'), about: anAbout() },
        ],
      },
    });
    expect(await store.stored(ACCOUNT, ['AIDA1', 'AIDA2', 'AIDA3'])).toEqual(new Map([['AIDA2', anAbout()]]));
    expect(dynamo.commandCalls(BatchGetCommand).map(({ args }) => args[0].input)).toEqual([
      {
        RequestItems: {
          cases: { Keys: ['AIDA1', 'AIDA2', 'AIDA3'].map(keyOf), ConsistentRead: true },
        },
      },
    ]);
  });

  it('are stored one by one, in the only partitions that evaluate may write', async () => {
    dynamo.on(PutCommand).resolves({});
    await store.keep(ACCOUNT, USER_ID, anAbout());
    expect(dynamo.commandCalls(PutCommand).map(({ args }) => args[0].input)).toEqual([
      { TableName: 'cases', Item: { ...keyOf(USER_ID), about: anAbout(), schema: 1 } },
    ]);
  });

  it('of 5,000 users cost 50 reads, and one write for each difference', async () => {
    const items = new Map<unknown, Record<string, unknown>>();
    let atOnce = 0;
    let most = 0;
    dynamo.on(PutCommand).callsFake(async ({ Item }) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await Promise.resolve();
      atOnce -= 1;
      items.set(Item.pk, Item);
      return {};
    });
    dynamo.on(BatchGetCommand).callsFake(({ RequestItems }) => {
      expect(RequestItems.cases.Keys.length).toBeLessThanOrEqual(100);
      const found = RequestItems.cases.Keys.flatMap(({ pk }: { pk: string }) => items.get(pk) ?? []);
      return { Responses: { cases: found } };
    });
    const world = { about: store, clock: { remaining: () => 900_000 }, log: memoryLog() };
    const facts = (odd: number) =>
      Array.from({ length: 5_000 }, (_, n) => ({
        userId: `AIDA${n}`,
        about: anAbout(n === odd ? { privilege: { kind: 'unknown' } } : {}),
        several: false,
      }));
    const calls = () => [dynamo.commandCalls(BatchGetCommand).length, dynamo.commandCalls(PutCommand).length];
    expect(await keepAbout(world, ACCOUNT, facts(-1))).toEqual([]);
    expect(calls()).toEqual([50, 5_000]);
    expect(most).toBeLessThanOrEqual(10);
    expect(await keepAbout(world, ACCOUNT, facts(-1))).toEqual([]);
    expect(calls()).toEqual([100, 5_000]);
    await keepAbout(world, ACCOUNT, facts(4_321));
    expect(calls()).toEqual([150, 5_001]);
  });
});
