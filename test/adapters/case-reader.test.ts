import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { caseReader } from '../../functions/adapters/case-reader.ts';
import { aboutKey } from '../../functions/contracts/about-item.ts';
import { DUE_SHARDS, dueShard } from '../../functions/contracts/due.ts';
import { subscriptionsKey } from '../../functions/contracts/health-item.ts';
import { CONTROL_KEY, caseKey } from '../../functions/contracts/items.ts';
import { usageKey } from '../../functions/contracts/usage-item.ts';
import { UNRESTRICTED } from '../../functions/core/model/policy.ts';
import { anAbout } from '../fakes/about.ts';
import { ACCOUNT, aCase, NOW, USER_ID } from '../fakes/cases.ts';
import { family, usage } from '../fakes/usage.ts';

const dynamo = mockClient(DynamoDBDocumentClient);
const reader = caseReader(DynamoDBDocumentClient.from(new DynamoDBClient({})), 'cases');

beforeEach(() => {
  dynamo.reset();
  dynamo.on(QueryCommand).resolves({ Items: [] });
});

const indexed = (account: string, userId: string) => ({
  pk: `USER#${account}#${userId}`,
  sk: 'CASE',
  dueShard: dueShard(userId),
  wakeAt: NOW,
});

describe('users with an open case', () => {
  it('come from all pages of every shard, for this account', async () => {
    const shard = { ExpressionAttributeValues: { ':shard': DUE_SHARDS[0] } };
    dynamo
      .on(QueryCommand, shard)
      .resolvesOnce({ Items: [indexed(ACCOUNT, 'AIDA1')], LastEvaluatedKey: { pk: 'x' } })
      .resolvesOnce({
        Items: [indexed(ACCOUNT, 'AIDA2'), indexed('210987654321', 'AIDA3'), { pk: 'odd', sk: 'CASE' }],
      });
    expect(await reader.open(ACCOUNT)).toEqual(['AIDA1', 'AIDA2']);
    expect(dynamo.commandCalls(QueryCommand)).toHaveLength(DUE_SHARDS.length + 1);
  });
});

describe('cases', () => {
  const current = aCase();
  const item = {
    ...caseKey(ACCOUNT, USER_ID),
    case: current,
    version: current.version,
    hash: '0'.repeat(64),
    failures: 0,
  };

  it('are read consistently, with the control item and what health found; what cannot be read is told apart', async () => {
    const control = { ...CONTROL_KEY, pauses: [{ from: NOW, to: null }] };
    const odd = { ...caseKey(ACCOUNT, 'AIDA2'), case: {} };
    const checked = { checkedAt: NOW, addresses: { mark: { state: 'confirmed', since: NOW } } };
    const subscriptions = { ...subscriptionsKey(ACCOUNT), ...checked };
    dynamo.on(BatchGetCommand).resolves({ Responses: { cases: [subscriptions, control, item, odd] } });
    const { unread, ...read } = await reader.cases(ACCOUNT, [USER_ID, 'AIDA2']);
    expect(read).toEqual({
      control: { pauses: [{ from: NOW, to: null }], revoked: [] },
      subscriptions: checked,
      cases: new Map([[USER_ID, current]]),
    });
    expect([...unread]).toEqual([['AIDA2', expect.objectContaining({ why: 'broken', userId: 'AIDA2' })]]);
    expect(dynamo.commandCalls(BatchGetCommand)[0]?.args[0].input.RequestItems?.cases).toMatchObject({
      ConsistentRead: true,
      Keys: [CONTROL_KEY, subscriptionsKey(ACCOUNT), caseKey(ACCOUNT, USER_ID), caseKey(ACCOUNT, 'AIDA2')],
    });
  });

  it('are read a hundred at a time', async () => {
    dynamo.on(BatchGetCommand).resolves({ Responses: { cases: [] } });
    const ids = Array.from({ length: 150 }, (_, n) => `AIDA${n}`);
    expect(await reader.cases(ACCOUNT, ids)).toEqual({
      control: UNRESTRICTED,
      subscriptions: null,
      cases: new Map(),
      unread: new Map(),
    });
    const sizes = dynamo
      .commandCalls(BatchGetCommand)
      .map((call) => call.args[0].input.RequestItems?.cases?.Keys?.length);
    expect(sizes).toEqual([100, 52]);
  });
});

describe('usage', () => {
  it('is read for many users in few calls; what cannot be read is left out', async () => {
    const found = { at: NOW, keys: [usage([family()])] };
    dynamo
      .on(BatchGetCommand)
      .resolvesOnce({ Responses: { cases: [{ ...usageKey(ACCOUNT, USER_ID), usage: found }] } })
      .resolves({ Responses: { cases: [{ ...usageKey(ACCOUNT, 'AIDA2'), usage: {} }] } });
    const ids = [USER_ID, ...Array.from({ length: 100 }, (_, n) => `AIDA${n}`)];
    expect(await reader.usage(ACCOUNT, ids)).toEqual([found]);
    const asked = dynamo
      .commandCalls(BatchGetCommand)
      .map(({ args }) => args[0].input.RequestItems?.cases?.Keys);
    expect(asked.map((keys) => keys?.length)).toEqual([100, 1]);
    expect(asked[0]?.[0]).toEqual(usageKey(ACCOUNT, USER_ID));
    expect(await reader.usage(ACCOUNT, [])).toEqual([]);
  });
});

describe('evidence', () => {
  it('is read for fifty users a call; users of whom nothing is stored have none', async () => {
    const found = { at: NOW, keys: [usage([family()])] };
    const about = anAbout();
    dynamo.on(BatchGetCommand).resolves({
      Responses: {
        cases: [
          { ...usageKey(ACCOUNT, USER_ID), usage: found },
          { ...aboutKey(ACCOUNT, 'AIDA0'), about },
          { ...aboutKey(ACCOUNT, 'AIDA1'), about: {} },
        ],
      },
    });
    const ids = [USER_ID, ...Array.from({ length: 59 }, (_, n) => `AIDA${n}`)];
    const evidence = await reader.evidence(ACCOUNT, ids);
    expect([...evidence.keys()]).toEqual(ids);
    expect(evidence.get(USER_ID)).toEqual({ usage: found, about: null });
    expect(evidence.get('AIDA0')).toEqual({ usage: null, about });
    expect(evidence.get('AIDA1')).toEqual({ usage: null, about: null });
    const asked = dynamo
      .commandCalls(BatchGetCommand)
      .map(({ args }) => args[0].input.RequestItems?.cases?.Keys);
    expect(asked.map((keys) => keys?.length)).toEqual([100, 20]);
    expect(asked[0]?.slice(0, 2)).toEqual([usageKey(ACCOUNT, USER_ID), aboutKey(ACCOUNT, USER_ID)]);
    expect(await reader.evidence(ACCOUNT, [])).toEqual(new Map());
  });
});
