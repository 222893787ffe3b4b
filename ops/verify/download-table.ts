/** Copies the table into a folder. */
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { settledPartition } from '../../functions/adapters/settled-partition.ts';
import { CONTROL_KEY, caseKey, userPartition } from '../../functions/contracts/items.ts';
import { ledgerPartition } from '../../functions/contracts/ledger-item.ts';
import { AGAIN_FILE, TABLE_FILE } from './saved.ts';
import type { Source } from './source.ts';

type Item = Readonly<Record<string, unknown>>;

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
  const { account, documents, table } = source;
  const file = openSync(join(folder, AGAIN_FILE), 'w', 0o600);
  for (const userId of userIds) {
    const pk = userPartition(account, userId);
    writeSync(file, lines(await settledPartition(documents, table, pk, caseKey(account, userId), 'version')));
  }
  const ledger = await settledPartition(documents, table, ledgerPartition(account), CONTROL_KEY, 'entry');
  writeSync(file, lines(ledger));
  closeSync(file);
}

const lines = (items: readonly Item[]) => items.map((item) => `${JSON.stringify(item)}\n`).join('');
