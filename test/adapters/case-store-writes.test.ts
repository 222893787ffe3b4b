import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { caseStore } from '../../functions/adapters/case-store.ts';
import type { Commit } from '../../functions/app/store-ports.ts';
import { dueShard } from '../../functions/contracts/due.ts';
import { budgetKey, caseItemSchema, requestKey } from '../../functions/contracts/items.ts';
import { entryHash, historyEntry } from '../../functions/core/case/history.ts';
import { withNewerAnswer } from '../../functions/core/case/unread.ts';
import { ACCOUNT, aCase, aDecision, NEWER, NOW, USER_ID, used } from '../fakes/cases.ts';
import { type Item, type Update, updated } from '../fakes/updated.ts';

const dynamo = mockClient(DynamoDBDocumentClient);
const store = caseStore(DynamoDBDocumentClient.from(new DynamoDBClient({})), 'cases');
const CASE = { pk: `USER#${ACCOUNT}#${USER_ID}`, sk: 'CASE' };
const NAME = { pk: `NAME#${ACCOUNT}#ci-deploy`, sk: 'NAME' };
const HASH = 'a'.repeat(64);
const meta = { $metadata: {}, message: 'no' };

const entry = historyEntry(null, aCase({ version: 8 }), { at: NOW, rule: 'awaiting', events: [] }, HASH);
const change = (more: Partial<Commit> = {}): Commit => ({
  from: 7,
  next: aCase({ version: 8 }),
  entry,
  wakeAt: NOW,
  failures: 0,
  decided: null,
  rank: '4#x',
  named: false,
  budget: null,
  givenBack: null,
  control: null,
  unanswered: [],
  ...more,
});

/** What the last transaction writes, in order: each item as it is afterwards, with the condition. */
async function writes(commit: Commit, before: Item = {}) {
  dynamo.on(TransactWriteCommand).resolves({});
  expect(await store.commit(commit)).toBe('done');
  const { TransactItems = [] } = dynamo.commandCalls(TransactWriteCommand)[0]?.args[0].input ?? {};
  return TransactItems.map(({ Put, Update }) => ({
    TableName: (Put ?? Update)?.TableName,
    Item: Update === undefined ? Put?.Item : updated(before, Update as Update),
    ConditionExpression: (Put ?? Update)?.ConditionExpression,
  }));
}

function cancelled(...codes: string[]) {
  return new TransactionCanceledException({
    ...meta,
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
}

beforeEach(() => dynamo.reset());

/** The line by which records finds the entry. */
const LINE = {
  pk: 'LINE#123456789012#2026-11-23',
  sk: `${entry.at}#${USER_ID}#000000008`,
  hash: entryHash(entry),
  schema: 1,
};

describe('writing a version', () => {
  it('puts case and history entry, each under its condition, and nothing else', async () => {
    expect(await writes(change())).toEqual([
      {
        TableName: 'cases',
        Item: {
          ...CASE,
          case: aCase({ version: 8 }),
          version: 8,
          hash: entryHash(entry),
          failures: 0,
          wakeAt: NOW,
          dueShard: dueShard(USER_ID),
          schema: 6,
          listGroup: 'approvers',
          listRank: '4#x',
        },
        ConditionExpression: 'version = :from',
      },
      {
        TableName: 'cases',
        Item: { pk: CASE.pk, sk: 'HIST#000000008', entry, schema: 6 },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
      // Whoever put an item there first cannot stop the case.
      { TableName: 'cases', Item: LINE, ConditionExpression: undefined },
    ]);
  });

  it('the first version must be the first', async () => {
    const [first] = await writes(change({ from: 0 }));
    expect(first).toMatchObject({ ConditionExpression: 'attribute_not_exists(pk)' });
  });

  it('what is written can be read again', async () => {
    const [first] = await writes(change({ failures: 3 }));
    expect(caseItemSchema.parse(first?.Item)).toMatchObject({ version: 8, failures: 3, wakeAt: NOW });
  });

  it('leaves what a newer release keeps beside the case', async () => {
    const [first] = await writes(change(), { later: { kept: true } });
    expect(first?.Item).toMatchObject({ later: { kept: true }, version: 8 });
  });

  it('a closed case leaves both indexes', async () => {
    const next = aCase({ version: 8, phase: 'closed', closedAs: 'by-owner' });
    const [first] = await writes(change({ next, wakeAt: null, rank: null }), {
      ...{ wakeAt: NOW, dueShard: 'due#1', listGroup: 'approvers', listRank: '4#x' },
    });
    expect(Object.keys(first?.Item ?? {})).not.toContain('wakeAt');
    for (const gone of ['dueShard', 'listGroup', 'listRank']) {
      expect(Object.keys(first?.Item ?? {})).not.toContain(gone);
    }
  });

  it('a decision is recorded once for ever, a new name points to its holder', async () => {
    const next = aCase({ version: 8, userName: 'CI-Deploy', asking: 4 });
    const written = await writes(change({ next, decided: aDecision(), named: true }));
    expect(written.slice(3)).toEqual([
      {
        TableName: 'cases',
        Item: { pk: CASE.pk, sk: 'DECIDED#000003#000004', decision: aDecision(), schema: 3 },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
      { TableName: 'cases', Item: { ...NAME, userId: USER_ID, schema: 3 }, ConditionExpression: undefined },
    ]);
  });

  it('a change of a key takes one from its hour, in the same transaction', async () => {
    const budget = { hour: '2026-11-23T16', limit: 20 };
    dynamo.on(TransactWriteCommand).resolves({});
    await store.commit(change({ budget }));
    const items = dynamo.commandCalls(TransactWriteCommand)[0]?.args[0].input.TransactItems;
    expect(items?.at(-1)).toEqual({
      Update: {
        TableName: 'cases',
        Key: budgetKey(ACCOUNT, '2026-11-23T16'),
        UpdateExpression: 'ADD used :one SET #schema = :schema',
        ConditionExpression: 'attribute_not_exists(used) OR used < :limit',
        ExpressionAttributeNames: { '#schema': 'schema' },
        ExpressionAttributeValues: { ':one': 1, ':limit': 20, ':schema': 1 },
      },
    });
  });

  it.each([
    [['None', 'None', 'ConditionalCheckFailed'], 'over-budget'],
    [['None', 'None', 'TransactionConflict'], 'stale'],
    [['ConditionalCheckFailed', 'None', 'ConditionalCheckFailed'], 'stale'],
  ])('with a budget, %j is %s', async (codes, outcome) => {
    dynamo.on(TransactWriteCommand).rejects(cancelled(...codes));
    expect(await store.commit(change({ budget: { hour: '2026-11-23T16', limit: 20 } }))).toBe(outcome);
  });

  it.each([
    [['ConditionalCheckFailed', 'None']],
    [['None', 'ConditionalCheckFailed']],
    [['TransactionConflict', 'None']],
  ])('is stale when somebody else wrote: %j', async (codes) => {
    dynamo.on(TransactWriteCommand).rejects(cancelled(...codes));
    expect(await store.commit(change())).toBe('stale');
  });

  it.each([
    ['throttled', cancelled('None', 'ThrottlingError')],
    ['too big', cancelled('ValidationError', 'None')],
    ['cancelled without a reason', new TransactionCanceledException(meta)],
    ['no answer', new Error('ETIMEDOUT')],
  ])('raises everything else: %s', async (_what, error) => {
    dynamo.on(TransactWriteCommand).rejects(error);
    await expect(store.commit(change())).rejects.toBe(error);
  });
});

describe('moving the next look', () => {
  it('changes only that, and only of the version it knows', async () => {
    dynamo.on(UpdateCommand).resolves({});
    await store.reschedule(aCase(), NOW, 2, null);
    const [call] = dynamo.commandCalls(UpdateCommand);
    const input = call?.args[0].input as Update;
    expect(input).toMatchObject({
      TableName: 'cases',
      Key: CASE,
      ConditionExpression: 'version = :version',
      ExpressionAttributeValues: { ':version': 7 },
    });
    const after = { ...CASE, version: 7, wakeAt: NOW, dueShard: dueShard(USER_ID), failures: 2 };
    expect(updated({ version: 7, wakeAt: 'x' }, input)).toEqual(after);
  });

  it('changes the last uses that pages show, which the next version of the case removes', async () => {
    dynamo.on(UpdateCommand).resolves({});
    dynamo.on(TransactWriteCommand).resolves({});
    const laterUses = { version: 7, at: NOW, uses: { [NEWER]: used(NOW) } };
    await store.reschedule(aCase(), NOW, 0, laterUses);
    const input = dynamo.commandCalls(UpdateCommand)[0]?.args[0].input as Update;
    const after = updated({ version: 7 }, input);
    expect(after).toMatchObject({ laterUses });
    await store.commit(change());
    const items = dynamo.commandCalls(TransactWriteCommand)[0]?.args[0].input.TransactItems ?? [];
    expect(updated({ ...after }, items[0]?.Update as Update)).not.toHaveProperty('laterUses');
  });

  it('takes a case out of the due index', async () => {
    dynamo.on(UpdateCommand).resolves({});
    await store.reschedule(aCase(), null, 0, null);
    const input = dynamo.commandCalls(UpdateCommand)[0]?.args[0].input as Update;
    expect(updated({ wakeAt: NOW, dueShard: 'due#1' }, input)).toEqual({ ...CASE, failures: 0 });
  });

  it.each([
    [7, 'version = :version'],
    [null, 'attribute_exists(pk)'],
  ])('of a case that cannot be read, of version %j', async (version, condition) => {
    dynamo.on(UpdateCommand).resolves({});
    const unread = withNewerAnswer(aCase(), 'spare');
    await store.postpone({ unread, version }, NOW);
    const input = dynamo.commandCalls(UpdateCommand)[0]?.args[0].input;
    expect(input?.ConditionExpression).toBe(condition);
    const after = { ...CASE, case: 'x', wakeAt: NOW, dueShard: dueShard(USER_ID) };
    expect(updated({ case: 'x' }, input as Update)).toEqual(after);
  });

  it.each([new ConditionalCheckFailedException(meta), new TransactionConflictException(meta)])(
    'is quiet when the version moved on or is moving: $name',
    async (error) => {
      dynamo.on(UpdateCommand).rejects(error);
      await expect(store.reschedule(aCase(), NOW, 0, null)).resolves.toBeUndefined();
    },
  );

  it('raises everything else', async () => {
    dynamo.on(UpdateCommand).rejects(new Error('throttled'));
    await expect(store.reschedule(aCase(), NOW, 0, null)).rejects.toThrow('throttled');
  });
});

describe('the budget of an hour', () => {
  const budget = { hour: '2026-11-23T14', limit: 20 };
  const cancelled = (...codes: string[]) =>
    new TransactionCanceledException({ ...meta, CancellationReasons: codes.map((Code) => ({ Code })) });

  it('a claim takes one from it in the same transaction, last', async () => {
    dynamo.on(TransactWriteCommand).resolves({});
    expect(await store.commit(change({ budget }))).toBe('done');
    const { TransactItems = [] } = dynamo.commandCalls(TransactWriteCommand)[0]?.args[0].input ?? {};
    expect(TransactItems.at(-1)?.Update).toEqual({
      TableName: 'cases',
      Key: { pk: `BUDGET#${ACCOUNT}`, sk: '2026-11-23T14' },
      UpdateExpression: 'ADD used :one SET #schema = :schema',
      ConditionExpression: 'attribute_not_exists(used) OR used < :limit',
      ExpressionAttributeNames: { '#schema': 'schema' },
      ExpressionAttributeValues: { ':one': 1, ':limit': 20, ':schema': 1 },
    });
  });

  it.each([
    [['None', 'None', 'ConditionalCheckFailed'], 'over-budget'],
    [['ConditionalCheckFailed', 'None', 'ConditionalCheckFailed'], 'stale'],
    [['None', 'None', 'TransactionConflict'], 'stale'],
    [['None', 'ConditionalCheckFailed', 'None'], 'stale'],
  ])('%j is %s', async (codes, answer) => {
    dynamo.on(TransactWriteCommand).rejects(cancelled(...codes));
    expect(await store.commit(change({ budget }))).toBe(answer);
  });

  it('any other reason is an error', async () => {
    dynamo.on(TransactWriteCommand).rejects(cancelled('None', 'None', 'ThrottlingError'));
    await expect(store.commit(change({ budget }))).rejects.toThrow(TransactionCanceledException);
  });

  it('what was not used goes back to it, on no condition', async () => {
    dynamo.on(TransactWriteCommand).resolves({});
    await store.commit(change({ givenBack: '2026-11-23T14' }));
    const items = dynamo.commandCalls(TransactWriteCommand)[0]?.args[0].input.TransactItems;
    expect(items?.at(-1)?.Update).toEqual({
      TableName: 'cases',
      Key: { pk: `BUDGET#${ACCOUNT}`, sk: '2026-11-23T14' },
      UpdateExpression: 'ADD used :back SET #schema = :schema',
      ExpressionAttributeNames: { '#schema': 'schema' },
      ExpressionAttributeValues: { ':back': -1, ':schema': 1 },
    });
    dynamo.on(TransactWriteCommand).rejects(cancelled('None', 'None', 'TransactionConflict'));
    expect(await store.commit(change({ givenBack: '2026-11-23T14' }))).toBe('stale');
  });
});

describe('the answers that must still be missing', () => {
  it('are conditions of the transaction, before the budget', async () => {
    dynamo.on(TransactWriteCommand).resolves({});
    await store.commit(change({ unanswered: ['d1', 'd2'], budget: { hour: '2026-11-23T14', limit: 20 } }));
    const { TransactItems = [] } = dynamo.commandCalls(TransactWriteCommand)[0]?.args[0].input ?? {};
    const condition = { TableName: 'cases', ConditionExpression: 'attribute_not_exists(pk)' };
    expect(TransactItems.slice(3, 5)).toEqual(
      ['d1', 'd2'].map((digest) => ({
        ConditionCheck: { ...condition, Key: requestKey(ACCOUNT, USER_ID, digest) },
      })),
    );
    expect(TransactItems).toHaveLength(6);
  });

  it('make the write stale if one has come', async () => {
    dynamo.on(TransactWriteCommand).rejects(cancelled('None', 'None', 'ConditionalCheckFailed'));
    expect(await store.commit(change({ unanswered: ['d1'] }))).toBe('stale');
  });
});

describe('the control item that a claim depends on', () => {
  const budget = { hour: '2026-11-23T14', limit: 20 };
  const pauses = [{ from: NOW, to: null }];

  async function checked(control: Commit['control']) {
    dynamo.on(TransactWriteCommand).resolves({});
    await store.commit(change({ control, budget }));
    const { TransactItems = [] } = dynamo.commandCalls(TransactWriteCommand)[0]?.args[0].input ?? {};
    return TransactItems.at(-2)?.ConditionCheck;
  }

  it('is compared in the same transaction, before the budget', async () => {
    expect(await checked({ pauses, revoked: ['sec-lead'] })).toEqual({
      TableName: 'cases',
      Key: { pk: 'CONTROL', sk: 'CONTROL' },
      ConditionExpression: '#pauses = :pauses AND #revoked = :revoked',
      ExpressionAttributeNames: { '#pauses': 'pauses', '#revoked': 'revoked' },
      ExpressionAttributeValues: { ':pauses': pauses, ':revoked': ['sec-lead'] },
    });
  });

  it('may be absent where nothing was set', async () => {
    expect(await checked({ revoked: [] })).toMatchObject({
      ConditionExpression: '(attribute_not_exists(#revoked) OR #revoked = :revoked)',
      ExpressionAttributeValues: { ':revoked': [] },
    });
  });

  it('makes the claim stale if somebody changed it', async () => {
    dynamo.on(TransactWriteCommand).rejects(cancelled('None', 'None', 'ConditionalCheckFailed', 'None'));
    expect(await store.commit(change({ control: { pauses }, budget }))).toBe('stale');
    dynamo.on(TransactWriteCommand).rejects(cancelled('None', 'None', 'ConditionalCheckFailed'));
    expect(await store.commit(change({ control: { pauses } }))).toBe('stale');
  });
});
