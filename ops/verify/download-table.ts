/** Copies the table into a folder. */
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { GetCommand, paginateQuery, paginateScan } from '@aws-sdk/lib-dynamodb';
import { CONTROL_KEY, caseKey, userPartition } from '../../functions/contracts/items.ts';
import { ledgerPartition } from '../../functions/contracts/ledger-item.ts';
import { AGAIN_FILE, TABLE_FILE } from './saved.ts';
import type { Source } from './source.ts';

type Item = Readonly<Record<string, unknown>>;

/** A pass writes a few versions within seconds and then rests. */
const TRIES = 5;

/** Copies all items, one a line. */
export async function downloadTable({ documents, table }: Source, folder: string): Promise<void> {
  rmSync(join(folder, AGAIN_FILE), { force: true });
  const file = openSync(join(folder, TABLE_FILE), 'w', 0o600);
  const scan = { TableName: table, ConsistentRead: true };
  for await (const { Items = [] } of paginateScan({ client: documents }, scan)) {
    writeSync(file, lines(Items));
  }
  closeSync(file);
}

/**
 * Copies the items of some users, the ledger and the control item once more, each at one moment: while the table was read, Solekey
 * may have written between a case and its history.
 */
export async function downloadAgain(
  source: Source,
  folder: string,
  userIds: readonly string[],
): Promise<void> {
  const { account } = source;
  const file = openSync(join(folder, AGAIN_FILE), 'w', 0o600);
  for (const userId of userIds) {
    const pk = userPartition(account, userId);
    writeSync(file, lines(await settled(source, pk, { ...caseKey(account, userId) }, 'version')));
  }
  const ledger = await settled(source, ledgerPartition(account), { ...CONTROL_KEY }, 'entry');
  writeSync(file, lines(ledger));
  closeSync(file);
}

/**
 * The items of a partition with the item that says how far they go, which did not change between before and after. Throws if it
 * never rests.
 */
async function settled(
  { documents, table }: Source,
  pk: string,
  Key: Record<string, unknown>,
  field: string,
): Promise<Item[]> {
  const head = async () =>
    (await documents.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }))).Item;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const before = await head();
    const items = await partition(documents, table, pk);
    const after = await head();
    if (before?.[field] === after?.[field]) {
      const others = items.filter(({ pk: own, sk }) => own !== Key.pk || sk !== Key.sk);
      return after === undefined ? others : [after, ...others];
    }
  }
  throw new Error(`Solekey is writing to ${pk}. Try again in a minute.`);
}

async function partition(documents: Source['documents'], table: string, pk: string): Promise<Item[]> {
  const query = {
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk },
  };
  const found: Item[] = [];
  for await (const { Items = [] } of paginateQuery({ client: documents }, query)) {
    found.push(...Items);
  }
  return found;
}

const lines = (items: readonly Item[]) => items.map((item) => `${JSON.stringify(item)}\n`).join('');
