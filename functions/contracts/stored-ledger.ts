import type { ReadLedger } from '../core/verify/ledger.ts';
import { CONTROL_KEY } from './items.ts';
import { controlContent, ledgerKey, readLedgerEntry } from './ledger-item.ts';
import { tableRestores } from './table-restored.ts';

type Item = Readonly<Record<string, unknown>>;

/** The ledger of an account from the items of its partition, with the control item from those of its own. */
export function storedLedger(account: string, items: readonly Item[], control: readonly Item[]): ReadLedger {
  const content = control.find(({ sk }) => sk === CONTROL_KEY.sk);
  const read = items.flatMap((item) => {
    const entry = readLedgerEntry(item);
    return entry === null ? [] : [{ entry, sk: String(item.sk) }];
  });
  const entries = read.map(({ entry }) => entry);
  return {
    entries,
    restores: tableRestores(entries),
    misplaced: read
      .filter(({ entry, sk }) => sk !== ledgerKey(account, entry.number).sk)
      .map(({ sk }) => Number.parseInt(sk.replace(/^\D*/, ''), 10) || 0),
    content: content === undefined ? null : controlContent(content),
  };
}
