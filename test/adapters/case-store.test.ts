import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { caseStore } from '../../functions/adapters/case-store.ts';
import { subscriptionsKey } from '../../functions/contracts/health-item.ts';
import { stateHash } from '../../functions/core/case/history.ts';
import { UNRESTRICTED } from '../../functions/core/model/policy.ts';
import { anAbout } from '../fakes/about.ts';
import { ACCOUNT, aCase, NEWER, NOW, OLDER, USER_ID } from '../fakes/cases.ts';
import { type Update, updated } from '../fakes/updated.ts';
import { family, usage } from '../fakes/usage.ts';

const dynamo = mockClient(DynamoDBDocumentClient);
const store = caseStore(DynamoDBDocumentClient.from(new DynamoDBClient({})), 'cases');
const CASE = { pk: `USER#${ACCOUNT}#${USER_ID}`, sk: 'CASE' };
const CONTROL = { pk: 'CONTROL', sk: 'CONTROL' };
const NAME = { pk: `NAME#${ACCOUNT}#ci-deploy`, sk: 'NAME' };
const EVIDENCE = { pk: CASE.pk, sk: 'EVIDENCE' };
const USAGE = { pk: `USAGE#${ACCOUNT}#${USER_ID}`, sk: 'USAGE' };
const ABOUT = { pk: `ABOUT#${ACCOUNT}#${USER_ID}`, sk: 'ABOUT' };
const SUBSCRIPTIONS = subscriptionsKey(ACCOUNT);
const HASH = 'a'.repeat(64);
const item = { ...CASE, case: aCase(), version: 7, hash: HASH, failures: 2, wakeAt: NOW, dueShard: 'due#0' };

beforeEach(() => dynamo.reset());

const MADE = { [NEWER]: { createdBy: 'user/mallory', at: NOW } };
const CHANGED = { [NEWER]: { status: 'Inactive' as const, at: NOW } };

describe('loading', () => {
  it('reads control, case and name in one consistent call, whatever the case of the name', async () => {
    const control = { ...CONTROL, revoked: ['sec-lead'] };
    const evidence = { ...EVIDENCE, origins: { [NEWER]: { createdBy: 'user/mallory', at: NOW } } };
    const lookedUp = { ...USAGE, usage: { at: NOW, keys: [usage([family()])] } };
    const about = { ...ABOUT, about: anAbout() };
    const health = { ...SUBSCRIPTIONS, checkedAt: NOW, addresses: {} };
    dynamo.on(BatchGetCommand).resolves({
      Responses: {
        cases: [{ ...NAME, userId: 'AIDAOTHER' }, item, control, evidence, lookedUp, about, health],
      },
    });
    expect(await store.load(ACCOUNT, USER_ID, 'CI-Deploy')).toEqual({
      case: aCase(),
      wakeAt: NOW,
      failures: 2,
      lastHash: HASH,
      state: stateHash(aCase()),
      laterUses: null,
      control: { pauses: [], revoked: ['sec-lead'] },
      nameHolder: 'AIDAOTHER',
      underName: { origins: {}, events: {} },
      evidence: evidence.origins,
      usage: lookedUp.usage,
      about: anAbout(),
      subscriptions: { checkedAt: NOW, addresses: {} },
    });
    expect(dynamo.commandCalls(BatchGetCommand).map((call) => call.args[0].input)).toEqual([
      {
        RequestItems: {
          cases: {
            Keys: [CASE, CONTROL, EVIDENCE, USAGE, ABOUT, SUBSCRIPTIONS, NAME],
            ConsistentRead: true,
          },
        },
      },
    ]);
  });

  it('asks for no name when none is given, and finds nothing where nothing is', async () => {
    dynamo.on(BatchGetCommand).resolves({ Responses: { cases: [] } });
    expect(await store.load(ACCOUNT, USER_ID, null)).toEqual({
      case: null,
      wakeAt: null,
      failures: 0,
      lastHash: null,
      state: null,
      control: UNRESTRICTED,
      nameHolder: null,
      underName: { origins: {}, events: {} },
      evidence: {},
      usage: null,
      about: null,
      subscriptions: null,
    });
    const [call] = dynamo.commandCalls(BatchGetCommand);
    expect(call?.args[0].input.RequestItems?.cases?.Keys).toEqual([
      CASE,
      CONTROL,
      EVIDENCE,
      USAGE,
      ABOUT,
      SUBSCRIPTIONS,
    ]);
  });

  it('evidence is kept in the partition of its user', async () => {
    dynamo.on(UpdateCommand).resolves({});
    const origins = { [NEWER]: { createdBy: 'user/mallory', at: NOW } };
    await store.keepEvidence(ACCOUNT, USER_ID, { origins });
    const [call] = dynamo.commandCalls(UpdateCommand);
    const before = { ...EVIDENCE, origins: {}, later: 1 };
    expect(updated(before, call?.args[0].input as Update)).toEqual({ ...before, origins, schema: 2 });
  });

  it('a closed case has no next look', async () => {
    const { wakeAt: _due, dueShard: _shard, ...closed } = item;
    dynamo.on(BatchGetCommand).resolves({ Responses: { cases: [closed] } });
    expect(await store.load(ACCOUNT, USER_ID, null)).toMatchObject({ wakeAt: null });
  });

  it('asks again for what DynamoDB left out, so that a control item is never overlooked', async () => {
    const control = { ...CONTROL, pauses: [{ from: NOW, to: null }] };
    dynamo
      .on(BatchGetCommand)
      .resolvesOnce({
        Responses: { cases: [item] },
        UnprocessedKeys: { cases: { Keys: [CONTROL], ConsistentRead: true } },
      })
      .resolves({ Responses: { cases: [control] } });
    const loaded = await store.load(ACCOUNT, USER_ID, null);
    expect(loaded).toMatchObject({ case: aCase(), control: { pauses: [{ from: NOW, to: null }] } });
    expect(dynamo.commandCalls(BatchGetCommand)[1]?.args[0].input).toEqual({
      RequestItems: { cases: { Keys: [CONTROL], ConsistentRead: true } },
    });
  });

  it('a read that stays partial fails: half of what is known is unknown', async () => {
    dynamo.on(BatchGetCommand).resolves({ UnprocessedKeys: { cases: { Keys: [CASE] } } });
    await expect(store.load(ACCOUNT, USER_ID, null)).rejects.toThrow('only a part');
    expect(dynamo.commandCalls(BatchGetCommand)).toHaveLength(5);
  });

  it.each([
    ['newer', { ...item, case: { ...aCase(), phase: 'quarantined' } }, 'phase is "quarantined"', 7],
    ['broken', { ...item, version: 6 }, 'the item is not laid out as a case', 6],
    ['broken', { ...item, version: 'x', case: 'gone' }, 'case is "gone"', null],
  ])('a case that is %s is a value, not an error', async (why, odd, reason, version) => {
    dynamo.on(BatchGetCommand).resolves({ Responses: { cases: [odd, { ...NAME, userId: 'AIDAOTHER' }] } });
    expect(await store.load(ACCOUNT, USER_ID, 'ci-deploy')).toEqual({
      unread: expect.objectContaining({ why, reason, account: ACCOUNT, userId: USER_ID }),
      version,
      nameHolder: 'AIDAOTHER',
      underName: { origins: {}, events: {} },
      evidence: {},
    });
  });

  it('a control item that cannot be read fails the pass: nobody knows whether Solekey is paused', async () => {
    dynamo.on(BatchGetCommand).resolves({ Responses: { cases: [{ ...CONTROL, pauses: 'yes' }] } });
    await expect(store.load(ACCOUNT, USER_ID, null)).rejects.toThrow();
  });

  it.each([
    [{ Item: { ...NAME, userId: USER_ID } }, { holder: USER_ID, origins: {}, events: {} }],
    [{ Item: { ...NAME, userId: 7, events: 'x' } }, { holder: null, origins: {}, events: {} }],
    [{ Item: { ...NAME, origins: MADE, events: CHANGED } }, { holder: null, origins: MADE, events: CHANGED }],
    [{}, { holder: null, origins: {}, events: {} }],
  ])('what is kept under a name: %j', async (answer, record) => {
    dynamo.on(GetCommand, { TableName: 'cases', Key: NAME, ConsistentRead: true }).resolves(answer);
    expect(await store.byName(ACCOUNT, 'CI-deploy')).toEqual(record);
  });

  it('parts of it are stored beside the rest', async () => {
    dynamo.on(UpdateCommand).resolves({});
    await store.keepUnderName(ACCOUNT, 'CI-deploy', { events: CHANGED });
    const [call] = dynamo.commandCalls(UpdateCommand);
    const before = { ...NAME, userId: USER_ID, origins: MADE };
    const after = { ...before, events: CHANGED, schema: 3 };
    expect(updated(before, call?.args[0].input as Update)).toEqual(after);
  });
});

describe('what is recorded about a case', () => {
  const digest = 'd'.repeat(64);
  const Key = { pk: `DECISION#${ACCOUNT}#${USER_ID}`, sk: digest };
  const ask = { kind: 'keep', keep: NEWER, off: [OLDER], acknowledged: [] };
  const request = { digest, at: NOW, ask, payload: 'eyJhIjoi', proof: 'a'.repeat(64) };
  const other = 'e'.repeat(64);
  const ENTRY = { pk: CASE.pk, sk: 'HIST#000000007' };
  const Keys = [Key, { ...Key, sk: other }, ENTRY];
  const finds = async (...items: Record<string, unknown>[]) => {
    dynamo
      .on(BatchGetCommand, { RequestItems: { cases: { Keys, ConsistentRead: true } } })
      .resolves({ Responses: { cases: items } });
    return store.recorded(aCase(), [digest, other]);
  };

  it('finds those of several digests in one consistent read', async () => {
    const second = { ...request, digest: other };
    const { requests } = await finds({ ...Key, sk: other, request: second }, { ...Key, request });
    expect(requests).toEqual(
      new Map([
        [other, second],
        [digest, request],
      ]),
    );
    expect(dynamo.calls()).toHaveLength(1);
  });

  it('finds none where none is', async () => {
    expect(await finds()).toEqual({ requests: new Map(), state: '' });
  });

  it.each([
    ['with its hash', { entry: { n: 7, state: HASH } }, HASH],
    ['of a release that wrote no hash', { entry: { n: 7 } }, null],
    ['that cannot be read', { entry: 'gone' }, ''],
    ['with something else instead of the hash', { entry: { state: 7 } }, ''],
  ])('finds the history entry of the version %s', async (_what, content, state) => {
    expect(await finds({ ...Key, request }, { ...ENTRY, ...content })).toEqual({
      requests: new Map([[digest, request]]),
      state,
    });
  });

  it.each([
    ['nothing in it', { ...Key }],
    ['a key id that is none', { ...Key, request: { ...request, ask: { ...ask, keep: 'x' } } }],
    ['a payload without end', { ...Key, request: { ...request, payload: 'x'.repeat(5000) } }],
    ['a proof that is none', { ...Key, request: { ...request, proof: 'x'.repeat(64) } }],
    ['a whole link, as there once was', { ...Key, request: { digest, at: NOW, token: 'v1.a.b', ask } }],
  ])(
    'one with %s is a request that nobody signed, so that passes go on and refuse it',
    async (_what, Item) => {
      expect((await finds(Item)).requests.get(digest)).toEqual({
        digest,
        at: '1970-01-01T00:00:00.000Z',
        payload: '',
        proof: '',
        ask: { kind: 'keep', keep: '', off: [], acknowledged: [] },
      });
    },
  );
});
