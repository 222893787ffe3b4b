import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { ChangedMeanwhile, controlStore } from '../../functions/adapters/control-store.ts';
import { ledgerKey } from '../../functions/contracts/ledger-item.ts';
import { paused, resumed } from '../../functions/core/model/control.ts';
import { controlFinding, ledgerEntry } from '../../functions/core/model/ledger.ts';
import { type Update, updated } from '../fakes/updated.ts';

const ACCOUNT = '123456789012';
const NOON = '2026-11-26T12:00:00.000Z';
const KEY = { pk: 'CONTROL', sk: 'CONTROL' };
const why = { at: NOON, command: 'pause', by: 'arn:aws:iam::123456789012:user/alice', reason: 'x' } as const;

const dynamo = mockClient(DynamoDBDocumentClient);
const store = controlStore(
  DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' })),
  'T',
  ACCOUNT,
);
const item = { ...KEY, revoked: ['a'], revision: 4, later: { kept: true } };

beforeEach(() => {
  dynamo.reset();
  dynamo.on(QueryCommand).resolves({ Items: [] });
  dynamo.on(GetCommand).resolves({ Item: item });
  dynamo.on(TransactWriteCommand).resolves({});
});

const written = () => {
  const [update, put] = dynamo.commandCalls(TransactWriteCommand)[0]?.args[0].input.TransactItems ?? [];
  return { update: update?.Update, put: put?.Put };
};

describe('a change of the control item', () => {
  it('is written with its entry in one transaction, on the item as it was read', async () => {
    const { control, entry } = await store.change((current) => paused(current, NOON), why);
    expect(control).toEqual({ pauses: [{ from: NOON, to: null }], revoked: ['a'] });
    const { update, put } = written();
    expect(update).toMatchObject({
      TableName: 'T',
      Key: KEY,
      ConditionExpression:
        'attribute_not_exists(#pauses) AND #revoked = :was_revoked AND #revision = :was_revision AND attribute_not_exists(#entry)',
      ExpressionAttributeValues: { ':was_revoked': ['a'], ':was_revision': 4, ':revision': 5, ':entry': 1 },
    });
    expect(put).toEqual({
      TableName: 'T',
      Item: { ...ledgerKey(ACCOUNT, 1), ...entry, schema: 2 },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    const { pk: _, sk: __, schema: ___, ...content } = updated(item, update as Update);
    expect(content, 'what a newer release keeps there stays').toMatchObject({ later: { kept: true } });
    expect(controlFinding(content, entry), 'the item is what its entry says').toBe(null);
    expect(dynamo.commandCalls(GetCommand)[0]?.args[0].input.ConsistentRead).toBe(true);
  });

  it('follows the last entry, and needs no item', async () => {
    const first = ledgerEntry(null, null, { pauses: [], revoked: [] }, why);
    dynamo.on(QueryCommand).resolves({ Items: [{ ...ledgerKey(ACCOUNT, 1), ...first, schema: 1 }] });
    dynamo.on(GetCommand).resolves({});
    const { entry } = await store.change((current) => paused(current, NOON), why);
    expect(entry).toMatchObject({ number: 2, previous: first.hash, found: {} });
    expect(written().update?.ConditionExpression).toBe('attribute_not_exists(pk)');
    expect(dynamo.commandCalls(QueryCommand)[0]?.args[0].input).toMatchObject({
      ScanIndexForward: false,
      Limit: 1,
      ConsistentRead: true,
    });
  });

  it('a note of something else leaves the item as it is, but for the number of its entry', async () => {
    const about = { from: '2026-10-01', to: '2026-11-01' };
    const entry = await store.note({ ...why, command: 'evidence', about });
    expect(entry).toMatchObject({
      number: 1,
      command: 'evidence',
      about,
      after: { revoked: ['a'], entry: 1 },
    });
    const { update, put } = written();
    expect(put?.Item).toEqual({ ...ledgerKey(ACCOUNT, 1), ...entry, schema: 2 });
    const { pk: _, sk: __, schema: ___, ...content } = updated(item, update as Update);
    expect(controlFinding(content, entry)).toBe(null);
    expect(content).toMatchObject({ revoked: ['a'], later: { kept: true } });
  });

  it('a moment from which answers count is kept, and must be as it was read', async () => {
    dynamo.on(GetCommand).resolves({ Item: { ...item, answersFrom: NOON } });
    await store.change((current) => paused(current, NOON), why);
    expect(written().update?.ConditionExpression).toContain('#answersFrom = :was_answersFrom');
    expect(updated({ ...item, answersFrom: NOON }, written().update as Update)).toMatchObject({
      answersFrom: NOON,
    });
  });

  it('that changes nothing writes nothing', async () => {
    expect(await store.change((current) => resumed(current, NOON), why)).toMatchObject({ entry: null });
    expect(dynamo.commandCalls(TransactWriteCommand)).toHaveLength(0);
  });

  it('is refused if somebody else was faster', async () => {
    const lost = new TransactionCanceledException({
      $metadata: {},
      message: 'cancelled',
      CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }],
    });
    dynamo.on(TransactWriteCommand).rejects(lost);
    await expect(store.change((current) => paused(current, NOON), why)).rejects.toThrow(ChangedMeanwhile);
    dynamo.on(TransactWriteCommand).rejects(new Error('boom'));
    await expect(store.change((current) => paused(current, NOON), why)).rejects.toThrow('boom');
  });

  it('is not written after an entry that cannot be read', async () => {
    dynamo.on(QueryCommand).resolves({ Items: [{ ...ledgerKey(ACCOUNT, 1), number: 'one' }] });
    await expect(store.change((current) => paused(current, NOON), why)).rejects.toThrow(
      'ENTRY#000000001, cannot be read',
    );
  });
});

describe('reading', () => {
  it('an empty table means unrestricted', async () => {
    dynamo.on(GetCommand).resolves({});
    expect(await store.read()).toEqual({ pauses: [], revoked: [] });
    expect(await store.ledger()).toEqual({ content: null, entries: [] });
  });

  it('the ledger is read whole', async () => {
    const first = ledgerEntry(null, null, { pauses: [], revoked: [] }, why);
    dynamo
      .on(QueryCommand)
      .resolvesOnce({ Items: [{ ...first }], LastEvaluatedKey: KEY })
      .resolves({ Items: [{ number: 'odd' }] });
    const { entries, content } = await store.ledger();
    expect(entries).toEqual([first]);
    expect(content).toEqual({ revoked: ['a'], revision: 4, later: { kept: true } });
  });
});
