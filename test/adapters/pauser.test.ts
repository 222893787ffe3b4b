import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { pauser } from '../../functions/adapters/pauser.ts';
import { controlItemSchema } from '../../functions/contracts/items.ts';
import { ledgerKey } from '../../functions/contracts/ledger-item.ts';
import { paused, resumed, selfPause } from '../../functions/core/model/control.ts';
import {
  controlFinding,
  type LedgerEntry,
  ledgerEntry,
  ledgerFindings,
} from '../../functions/core/model/ledger.ts';
import { type Control, isPaused, UNRESTRICTED } from '../../functions/core/model/policy.ts';
import { type Item, type Update, updated } from '../fakes/updated.ts';

const ACCOUNT = '123456789012';
const NOON = '2026-11-26T12:00:00.000Z';
const KEY = { pk: 'CONTROL', sk: 'CONTROL' };
const REASON = 'IAM refused to change keys of 5 users within an hour';

const dynamo = mockClient(DynamoDBDocumentClient);
const store = pauser(DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' })), 'T');

/** The control item and the ledger, as the table has them. */
let item: Item | undefined;
let entries: LedgerEntry[];

beforeEach(() => {
  item = undefined;
  entries = [];
  dynamo.reset();
  dynamo.on(GetCommand).callsFake(() => ({ Item: item }));
  dynamo.on(QueryCommand).rejects(new Error('reconcile may not query the table'));
  dynamo.on(BatchGetCommand).callsFake(({ RequestItems: { T } }) => {
    const asked = T.Keys.map(({ sk }: Item) => sk);
    const all = entries.map((entry) => ({ ...ledgerKey(ACCOUNT, entry.number), ...entry, schema: 1 }));
    return { Responses: { T: all.filter(({ sk }) => asked.includes(sk)) } };
  });
  dynamo.on(TransactWriteCommand).callsFake(({ TransactItems: [change, put] }) => {
    item = updated(item, change.Update as Update);
    const { pk: _, sk: __, schema: ___, ...entry } = put.Put.Item;
    if (entries.some(({ number }) => number === entry.number)) {
      throw new Error(`entry ${entry.number} is written twice`);
    }
    entries.push(entry);
    return {};
  });
});

/** The commands paused and resumed so many times. */
function changedBefore(times: number): void {
  let control: Control = UNRESTRICTED;
  for (let n = 0; n < times; n += 1) {
    control = n % 2 === 0 ? paused(control, NOON) : resumed(control, NOON);
    const why = { at: NOON, command: 'pause', by: 'arn:alice', reason: 'x' } as const;
    const { entry, ...before } = item ?? {};
    const content = item === undefined ? null : { ...before, entry };
    const next = ledgerEntry(entries.at(-1) ?? null, content, { ...control }, why);
    entries.push(next);
    item = next.after;
  }
  item = { ...KEY, ...item, schema: 2 };
}

const order = (isDue: (control: Control) => boolean = (control) => !isPaused(control)) => ({
  at: NOON,
  reason: REASON,
  isDue,
});

describe('a pause by Solekey itself', () => {
  it.each([0, 2, 10, 26])('follows the last of %i entries, and says who and why', async (before) => {
    changedBefore(before);
    expect(await store.pause(ACCOUNT, order())).toBe(before + 1);
    const last = entries.at(-1);
    expect(last).toMatchObject({
      number: before + 1,
      at: NOON,
      command: 'pause',
      by: 'solekey (automatic)',
      reason: REASON,
    });
    expect(ledgerFindings(entries)).toEqual([]);
    const { pk: _, sk: __, schema: ___, ...content } = item ?? {};
    expect(controlFinding(content, last ?? null), 'the item is what its entry says').toBe(null);
    expect(selfPause(controlItemSchema.parse(item))).toEqual({ from: NOON, reason: REASON });
  });

  it.each([
    ['names no entry', {}],
    ['names one that does not exist', { entry: 40 }],
    ['names nonsense', { entry: 'last' }],
  ])('follows the last entry also where the item %s', async (_what, wrong) => {
    changedBefore(24);
    item = { ...KEY, pauses: [], revoked: [], ...wrong };
    expect(await store.pause(ACCOUNT, order())).toBe(25);
    expect(entries.at(-1)?.found).toMatchObject(wrong);
    expect(ledgerFindings(entries)).toEqual([]);
  });

  it('writes nothing if it is not due under the item as it is now, and knows that item', async () => {
    changedBefore(2);
    const seen: Control[] = [];
    const isDue = (control: Control) => seen.push(control) === 0;
    expect(await store.pause(ACCOUNT, order(isDue))).toBe(null);
    expect(seen).toEqual([{ pauses: [{ from: NOON, to: NOON }], revoked: [] }]);
    expect(dynamo.commandCalls(TransactWriteCommand)).toHaveLength(0);
  });

  it('writes nothing while a person paused', async () => {
    changedBefore(1);
    expect(
      await store.pause(
        ACCOUNT,
        order(() => true),
      ),
    ).toBe(null);
    expect(entries).toHaveLength(1);
  });

  it('gives way to whoever was faster', async () => {
    const lost = new TransactionCanceledException({
      $metadata: {},
      message: 'cancelled',
      CancellationReasons: [{ Code: 'ConditionalCheckFailed' }, { Code: 'None' }],
    });
    dynamo.on(TransactWriteCommand).rejects(lost);
    expect(await store.pause(ACCOUNT, order())).toBe(null);
    dynamo.on(TransactWriteCommand).rejects(new Error('boom'));
    await expect(store.pause(ACCOUNT, order())).rejects.toThrow('boom');
  });
});
