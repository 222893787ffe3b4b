import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { gatheredReads } from '../../functions/adapters/gathered-reads.ts';
import { requestStore } from '../../functions/adapters/request-store.ts';
import { caseKey } from '../../functions/contracts/items.ts';
import { ACCOUNT, aCase } from '../fakes/cases.ts';

const dynamo = mockClient(DynamoDBDocumentClient);
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));

beforeEach(() => dynamo.reset());

const keyOf = (n: number) => caseKey(ACCOUNT, `AIDA${n}`);
const calls = () =>
  dynamo.commandCalls(BatchGetCommand).map(({ args }) => args[0].input.RequestItems?.cases?.Keys ?? []);

describe('reads of the same moment', () => {
  it('are one call, each item once, and each reader gets their own', async () => {
    dynamo.on(BatchGetCommand).resolves({
      Responses: {
        cases: [
          { ...keyOf(2), n: 2 },
          { ...keyOf(1), n: 1 },
        ],
      },
    });
    const read = gatheredReads(documents, 'cases');
    const found = await Promise.all([read(keyOf(1)), read(keyOf(2)), read(keyOf(1)), read(keyOf(3))]);
    expect(found.map((item) => item?.n)).toEqual([1, 2, 1, undefined]);
    expect(calls().map((keys) => keys.length)).toEqual([3]);
    expect(dynamo.commandCalls(BatchGetCommand)[0]?.args[0].input.RequestItems?.cases?.ConsistentRead).toBe(
      true,
    );
  });

  it('are as many calls as they need, and a later read is read anew', async () => {
    dynamo.on(BatchGetCommand).resolves({ Responses: { cases: [] } });
    const read = gatheredReads(documents, 'cases');
    await Promise.all(Array.from({ length: 250 }, (_, n) => read(keyOf(n))));
    expect(calls().map((keys) => keys.length)).toEqual([100, 100, 50]);
    await read(keyOf(1));
    expect(calls()).toHaveLength(4);
  });

  it('fail only for those whose items could not be read', async () => {
    dynamo
      .on(BatchGetCommand)
      .rejectsOnce(new Error('throttled'))
      .resolves({ Responses: { cases: [{ ...keyOf(100), n: 100 }] } });
    const read = gatheredReads(documents, 'cases');
    const found = await Promise.allSettled(Array.from({ length: 101 }, (_, n) => read(keyOf(n))));
    expect(found.filter(({ status }) => status === 'rejected')).toHaveLength(100);
    expect(found.at(-1)).toMatchObject({ status: 'fulfilled', value: { n: 100 } });
  });
});

it('the cases of many rows are read in two calls, and none by itself', async () => {
  dynamo.on(BatchGetCommand).callsFake(({ RequestItems }) => ({
    Responses: {
      cases: RequestItems.cases.Keys.flatMap(({ pk, sk }: { pk: string; sk: string }) =>
        sk === 'CASE'
          ? {
              pk,
              sk,
              case: aCase({ userId: pk.split('#')[2] ?? '' }),
              version: 7,
              hash: '0'.repeat(64),
              failures: 0,
            }
          : [],
      ),
    },
  }));
  const store = requestStore(documents, 'cases', gatheredReads(documents, 'cases'));
  const users = Array.from({ length: 40 }, (_, n) => `AIDA${n}`);
  const found = await Promise.all(users.map((userId) => store.case(ACCOUNT, userId)));
  expect(found.map(({ current }) => current?.userId)).toEqual(users);
  expect(calls().map((keys) => keys.length)).toEqual([100, 22]);
  expect(dynamo.commandCalls(GetCommand)).toEqual([]);
});
