import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { statementLedger } from '../../functions/adapters/statement-ledger.ts';
import { statementStore } from '../../functions/adapters/statement-store.ts';
import { isErasable } from '../../functions/contracts/request-item.ts';
import { readTypedText } from '../../functions/contracts/statement-item.ts';
import { sha256 } from '../../functions/core/model/digest.ts';
import { plus } from '../../functions/core/model/time.ts';
import { typedDigest, typedText } from '../../functions/core/signoff/typed.ts';
import { ACCOUNT, NOW } from '../fakes/cases.ts';
import { aConcern, aStatement, checked, DONE, WORRY } from '../fakes/statements.ts';

const dynamo = mockClient(DynamoDBDocumentClient);
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' }));
const store = statementStore(documents, 'T');
const ledger = statementLedger(documents, 'T');
const statement = { ...checked(aStatement({ said: aConcern() })).statement, proof: 'a'.repeat(64) };
const { digest } = statement;
const KEY = { pk: `DECISION#${ACCOUNT}#STATEMENT`, sk: digest };
const NOTED = { pk: `NOTED#${ACCOUNT}`, sk: digest };
const CONDITION = 'attribute_not_exists(pk) OR attribute_exists(noted.refused)';
const exists = new ConditionalCheckFailedException({ $metadata: {}, message: 'exists' });
const why = { at: NOW, command: 'concern', by: 'approver sec-lead', reason: 'concern' } as const;

beforeEach(() => {
  dynamo.reset();
  dynamo.on(GetCommand).resolves({});
  dynamo.on(BatchGetCommand).resolves({ Responses: { T: [] } });
});

describe('a statement in the table', () => {
  it('is written once, where approve may write, with the words beside it', async () => {
    dynamo.on(PutCommand).resolves({});
    expect(await store.record(ACCOUNT, statement, typedText(WORRY))).toBe('recorded');
    expect(dynamo.commandCalls(PutCommand)[0]?.args[0].input).toEqual({
      TableName: 'T',
      Item: { ...KEY, statement, comment: typedText(WORRY), schema: 1 },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    expect(await store.record(ACCOUNT, statement, null)).toBe('recorded');
    expect(dynamo.commandCalls(PutCommand)[1]?.args[0].input.Item).not.toHaveProperty('comment');
    dynamo.on(PutCommand).rejects(exists);
    expect(await store.record(ACCOUNT, statement, null)).toBe('before');
    dynamo.on(PutCommand).rejects(new Error('throttled'));
    await expect(store.record(ACCOUNT, statement, null)).rejects.toThrow('throttled');
  });

  it('is read consistently, and is none if it is anything else', async () => {
    expect(await ledger.read(ACCOUNT, digest)).toBeNull();
    dynamo
      .on(GetCommand, { TableName: 'T', Key: KEY, ConsistentRead: true })
      .resolves({ Item: { ...KEY, statement } });
    expect(await ledger.read(ACCOUNT, digest)).toEqual(statement);
    dynamo
      .on(GetCommand, { Key: KEY })
      .resolves({ Item: { ...KEY, statement: { ...statement, said: { kind: 'added' } } } });
    expect(await ledger.read(ACCOUNT, digest)).toBe('newer');
    for (const said of [aConcern({ keyEnd: 'AKIAEXAMPLE' }), aConcern({ target: '2026-13-01' })]) {
      dynamo.on(GetCommand, { Key: KEY }).resolves({ Item: { ...KEY, statement: { ...statement, said } } });
      expect(await ledger.read(ACCOUNT, digest)).toBeNull();
    }
  });

  it('has an outcome as soon as reconcile wrote one', async () => {
    expect(await store.noted(ACCOUNT, digest)).toBeNull();
    for (const noted of [
      { entry: 3, at: NOW },
      { refused: 'not-approver', at: NOW },
    ]) {
      dynamo.on(GetCommand, { Key: NOTED, ConsistentRead: true }).resolves({ Item: { ...NOTED, noted } });
      expect(await store.noted(ACCOUNT, digest)).toEqual(noted);
      expect(await ledger.noted(ACCOUNT, digest)).toEqual(noted);
    }
    dynamo
      .on(GetCommand, { Key: NOTED })
      .resolves({ Item: { ...NOTED, noted: { refused: 'newer', at: NOW } } });
    expect(await store.noted(ACCOUNT, digest)).toBeNull();
  });
});

describe('a statement in the ledger', () => {
  it('is written with its outcome in the transaction of the entry', async () => {
    dynamo.on(TransactWriteCommand).resolves({});
    expect(await ledger.note(ACCOUNT, digest, () => why)).toEqual({ entry: 1, at: NOW });
    const { TransactItems = [] } = dynamo.commandCalls(TransactWriteCommand)[0]?.args[0].input ?? {};
    expect(TransactItems).toHaveLength(3);
    expect(TransactItems[1]?.Put?.Item).toMatchObject({ pk: `LEDGER#${ACCOUNT}`, number: 1, ...why });
    expect(TransactItems[2]?.Put).toEqual({
      TableName: 'T',
      Item: { ...NOTED, noted: { entry: 1, at: NOW }, schema: 1 },
      ConditionExpression: CONDITION,
    });
  });

  it('is judged under the control item on which the entry is written', async () => {
    const control = { pauses: [], revoked: ['sec-lead'], revision: 4, entry: 2 };
    dynamo.on(GetCommand, { Key: { pk: 'CONTROL', sk: 'CONTROL' } }).resolves({ Item: control });
    dynamo.on(TransactWriteCommand).resolves({});
    const seen: unknown[] = [];
    await ledger.note(ACCOUNT, digest, (one) => {
      seen.push(one.revoked);
      return why;
    });
    expect(seen).toEqual([['sec-lead']]);
    const { TransactItems = [] } = dynamo.commandCalls(TransactWriteCommand)[0]?.args[0].input ?? {};
    expect(TransactItems[0]?.Update?.ExpressionAttributeValues).toMatchObject({
      ':was_revoked': ['sec-lead'],
    });
  });

  it('that is refused is told to the page, and writes no entry', async () => {
    dynamo.on(PutCommand).resolves({});
    const refused = { refused: 'not-approver', at: NOW } as const;
    expect(await ledger.note(ACCOUNT, digest, () => refused)).toEqual(refused);
    expect(dynamo.commandCalls(PutCommand)[0]?.args[0].input).toEqual({
      TableName: 'T',
      Item: { ...NOTED, noted: refused, schema: 1 },
      ConditionExpression: CONDITION,
    });
    expect(dynamo.commandCalls(TransactWriteCommand)).toHaveLength(0);
    dynamo.on(PutCommand).rejects(exists);
    expect(await ledger.note(ACCOUNT, digest, () => refused)).toBe('stale');
  });

  it('gives way to whoever was faster', async () => {
    const lost = new TransactionCanceledException({
      $metadata: {},
      message: 'cancelled',
      CancellationReasons: [{ Code: 'None' }, { Code: 'None' }, { Code: 'ConditionalCheckFailed' }],
    });
    dynamo.on(TransactWriteCommand).rejects(lost);
    expect(await ledger.note(ACCOUNT, digest, () => why)).toBe('stale');
    dynamo.on(TransactWriteCommand).rejects(new Error('boom'));
    await expect(ledger.note(ACCOUNT, digest, () => why)).rejects.toThrow('boom');
  });
});

describe('the words of a statement', () => {
  it('are those with its digest, in the fields of its kind', () => {
    expect(readTypedText('concern', typedText(WORRY), typedDigest(WORRY))).toEqual(WORRY);
    expect(readTypedText('concern-settled', typedText(DONE), typedDigest(DONE))).toEqual(DONE);
    expect(readTypedText('concern', typedText(WORRY), typedDigest(DONE))).toBeNull();
    expect(readTypedText('concern', typedText(DONE), typedDigest(DONE))).toBeNull();
  });

  it('are read beside the statement, unless somebody erased or changed them', async () => {
    const read = async (item?: object) => {
      dynamo
        .on(BatchGetCommand, { RequestItems: { T: { Keys: [KEY], ConsistentRead: true } } })
        .resolves({ Responses: { T: item === undefined ? [] : [{ ...item }] } });
      const [words] = await store.typed(ACCOUNT, 'concern', [{ digest, textDigest: typedDigest(WORRY) }]);
      return words;
    };
    expect(await store.typed(ACCOUNT, 'concern', [])).toEqual([]);
    expect(dynamo.calls()).toEqual([]);
    expect(await read({ ...KEY, statement, comment: typedText(WORRY) })).toEqual(WORRY);
    expect(await read({ ...KEY, statement, erased: NOW })).toBe('erased');
    expect(await read({ ...KEY, statement, comment: typedText({ ...WORRY, owner: 'nobody' }) })).toBeNull();
    expect(await read({ ...KEY, statement, comment: ' '.repeat(9000) })).toBeNull();
    expect(await read()).toBeNull();
  });

  it('can be erased like comments after their day', () => {
    const item = { ...KEY, statement, comment: typedText(WORRY) };
    expect(isErasable(item, plus(NOW, 1))).toBe(true);
    expect(isErasable(item, NOW)).toBe(false);
    expect(isErasable({ ...KEY, statement }, plus(NOW, 1))).toBe(false);
  });

  it.each(['{', '7'])('are none in other text, even with the right digest', (text) => {
    expect(readTypedText('concern', text, sha256(text))).toBeNull();
  });
});
