import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { linkRequests } from '../../functions/adapters/link-requests.ts';
import { requestStore } from '../../functions/adapters/request-store.ts';
import { subscriptionsKey } from '../../functions/contracts/health-item.ts';
import { parseToken } from '../../functions/contracts/link.ts';
import type { DecisionRequest } from '../../functions/core/case/requests.ts';
import type { SealedLinkRequest } from '../../functions/core/channel/link-request.ts';
import { UNRESTRICTED } from '../../functions/core/model/policy.ts';
import { anAbout } from '../fakes/about.ts';
import { ACCOUNT, aCase, aClaim, NEWER, NOW, OLDER, USER_ID } from '../fakes/cases.ts';
import { signing } from '../fakes/signing.ts';
import { family, usage } from '../fakes/usage.ts';

const dynamo = mockClient(DynamoDBDocumentClient);
const store = requestStore(DynamoDBDocumentClient.from(new DynamoDBClient({})), 'cases');
const digest = 'd'.repeat(64);
const request: DecisionRequest = {
  digest,
  at: NOW,
  ask: { kind: 'keep', keep: NEWER, off: [OLDER], acknowledged: [] },
  payload: 'eyJhIjoi',
  proof: 'a'.repeat(64),
};
const CASE = { pk: `USER#${ACCOUNT}#${USER_ID}`, sk: 'CASE' };
const USAGE = { pk: `USAGE#${ACCOUNT}#${USER_ID}`, sk: 'USAGE' };
const CONTROL = { pk: 'CONTROL', sk: 'CONTROL' };
const ABOUT = { pk: `ABOUT#${ACCOUNT}#${USER_ID}`, sk: 'ABOUT' };
const REQUEST = { pk: `DECISION#${ACCOUNT}#${USER_ID}`, sk: digest };
const exists = new ConditionalCheckFailedException({ message: 'exists', $metadata: {} });

beforeEach(() => {
  dynamo.reset();
  dynamo.on(GetCommand).resolves({});
});

describe('reading', () => {
  it('finds case and control, consistently', async () => {
    const item = {
      ...CASE,
      case: aCase(),
      version: 7,
      hash: 'a'.repeat(64),
      failures: 0,
      wakeAt: NOW,
      dueShard: '0',
    };
    const control = { ...CONTROL, pauses: [{ from: NOW, to: null }], revoked: ['sec-lead'] };
    dynamo.on(GetCommand, { TableName: 'cases', Key: CASE, ConsistentRead: true }).resolves({ Item: item });
    dynamo
      .on(GetCommand, { TableName: 'cases', Key: CONTROL, ConsistentRead: true })
      .resolves({ Item: control });
    const found = { at: NOW, keys: [usage([family()])] };
    dynamo
      .on(GetCommand, { TableName: 'cases', Key: USAGE, ConsistentRead: true })
      .resolves({ Item: { ...USAGE, usage: found } });
    dynamo
      .on(GetCommand, { TableName: 'cases', Key: ABOUT, ConsistentRead: true })
      .resolves({ Item: { ...ABOUT, about: anAbout() } });
    const states = { checkedAt: NOW, addresses: { '0123456789abcdef': { state: 'missing', since: NOW } } };
    dynamo
      .on(GetCommand, { TableName: 'cases', Key: subscriptionsKey(ACCOUNT), ConsistentRead: true })
      .resolves({ Item: { ...subscriptionsKey(ACCOUNT), ...states } });
    expect(await store.case(ACCOUNT, USER_ID)).toEqual({
      current: aCase(),
      control: { pauses: [{ from: NOW, to: null }], revoked: ['sec-lead'] },
      usage: found,
      about: anAbout(),
      subscriptions: states,
    });
  });

  it('finds nothing where nothing is', async () => {
    expect(await store.case(ACCOUNT, USER_ID)).toEqual({
      current: null,
      control: UNRESTRICTED,
      usage: null,
      about: null,
      subscriptions: null,
    });
    expect(await store.request(ACCOUNT, USER_ID, digest)).toBeNull();
  });

  it('gives what can be read of a case of a shape that is not ours', async () => {
    dynamo.on(GetCommand, { Key: CASE }).resolves({ Item: { ...CASE, case: { userName: 'x' } } });
    const { current } = await store.case(ACCOUNT, USER_ID);
    expect(current).toMatchObject({
      why: 'broken',
      account: ACCOUNT,
      userId: USER_ID,
      userName: 'x',
      keys: [],
    });
  });

  it('finds a request by its digest', async () => {
    const read = { TableName: 'cases', Key: REQUEST, ConsistentRead: true };
    dynamo.on(GetCommand, read).resolves({ Item: { ...REQUEST, request } });
    expect(await store.request(ACCOUNT, USER_ID, digest)).toEqual(request);
  });

  it.each([
    ['nothing in it', {}],
    ['a kind that is none', { request: { ...request, ask: { kind: 7 } } }],
    ['a key id that is none', { request: { ...request, ask: { ...request.ask, keep: 'x' } } }],
  ])('takes an item with %s for a request that nobody signed', async (_what, broken) => {
    dynamo.on(GetCommand, { Key: REQUEST }).resolves({ Item: { ...REQUEST, ...broken } });
    expect(await store.request(ACCOUNT, USER_ID, digest)).toMatchObject({ digest, payload: '', proof: '' });
  });
});

it('an answer of a kind that only a newer release knows is kept as that', async () => {
  const spare = { ...request, ask: { kind: 'spare', until: NOW } };
  dynamo.on(GetCommand, { Key: REQUEST }).resolves({ Item: { ...REQUEST, request: spare } });
  expect(await store.request(ACCOUNT, USER_ID, digest)).toEqual({ newer: 'spare', sealed: spare });
});

describe('recording', () => {
  it('writes only where nothing is yet', async () => {
    dynamo.on(PutCommand).resolves({});
    expect(await store.record(ACCOUNT, USER_ID, request)).toEqual(request);
    expect(dynamo.commandCalls(PutCommand)[0]?.args[0].input).toEqual({
      TableName: 'cases',
      Item: { ...REQUEST, request, schema: 3 },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
  });

  it('writes nothing of which the link could be made again', async () => {
    dynamo.on(PutCommand).resolves({});
    const { mint, seal } = signing();
    const token = await mint(aClaim());
    await store.record(ACCOUNT, USER_ID, seal(token, request));
    const item = JSON.stringify(dynamo.commandCalls(PutCommand)[0]?.args[0].input.Item);
    const { payload = '', mac = [] } = parseToken(token) ?? {};
    const bytes = Buffer.from(mac);
    expect(item).toContain(payload);
    for (const form of [bytes.toString('base64url'), bytes.toString('hex'), bytes.toString('base64')]) {
      expect(item).not.toContain(form);
    }
  });

  it('returns what somebody else stored before', async () => {
    const first = { ...request, proof: 'b'.repeat(64) };
    dynamo.on(PutCommand).rejects(exists);
    dynamo.on(GetCommand, { Key: REQUEST }).resolves({ Item: { ...REQUEST, request: first } });
    expect(await store.record(ACCOUNT, USER_ID, request)).toEqual(first);
  });

  it('leaves an item that is none in its place: nobody may decide on that digest', async () => {
    dynamo.on(PutCommand).rejects(exists);
    dynamo.on(GetCommand, { Key: REQUEST }).resolves({ Item: { ...REQUEST, request: 'x' } });
    expect(await store.record(ACCOUNT, USER_ID, request)).toMatchObject({ digest, payload: '', proof: '' });
  });

  it('raises when it is neither written nor there', async () => {
    dynamo.on(PutCommand).rejects(exists);
    await expect(store.record(ACCOUNT, USER_ID, request)).rejects.toThrow('cannot be read');
  });

  it('raises every other failure', async () => {
    dynamo.on(PutCommand).rejects(new Error('throttled'));
    await expect(store.record(ACCOUNT, USER_ID, request)).rejects.toThrow('throttled');
  });
});

describe('a request for a mail with a link', () => {
  const asked = { digest, at: NOW, userId: USER_ID, caseNumber: 3, why: 'expired' as const };
  const linkRequest: SealedLinkRequest = { ...asked, payload: 'eyJhIjoi', proof: 'a'.repeat(64) };
  const stored = linkRequests(DynamoDBDocumentClient.from(new DynamoDBClient({})), 'cases');

  it('is written only where nothing is yet, where approve may write', async () => {
    dynamo.on(PutCommand).resolves({});
    expect(await store.recordLinkRequest(ACCOUNT, linkRequest)).toBe('recorded');
    expect(dynamo.commandCalls(PutCommand)[0]?.args[0].input).toEqual({
      TableName: 'cases',
      Item: { ...REQUEST, linkRequest, schema: 1 },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
  });

  it('is not written twice, and every other failure is raised', async () => {
    dynamo.on(PutCommand).rejects(exists);
    expect(await store.recordLinkRequest(ACCOUNT, linkRequest)).toBe('before');
    dynamo.on(PutCommand).rejects(new Error('throttled'));
    await expect(store.recordLinkRequest(ACCOUNT, linkRequest)).rejects.toThrow('throttled');
  });

  it('is read consistently, and is none if it is anything else', async () => {
    const read = () => stored.read(ACCOUNT, USER_ID, digest);
    expect(await read()).toBeNull();
    dynamo
      .on(GetCommand, { TableName: 'cases', Key: REQUEST, ConsistentRead: true })
      .resolves({ Item: { ...REQUEST, linkRequest } });
    expect(await read()).toEqual(linkRequest);
    for (const item of [{ request }, { linkRequest: { ...linkRequest, why: 'newer' } }]) {
      dynamo.on(GetCommand, { Key: REQUEST }).resolves({ Item: { ...REQUEST, ...item } });
      expect(await read()).toBeNull();
    }
  });

  it('holds nothing of which the link could be made again', async () => {
    const { mint, sealLinkRequest } = signing();
    const token = await mint(aClaim());
    const item = JSON.stringify(sealLinkRequest(token, asked));
    expect(item).not.toContain(token.split('.').at(-1));
  });
});
