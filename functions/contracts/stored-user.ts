/** Everything that is stored about a user, for a verification. */

import { stateHash } from '../core/case/history.ts';
import type { Finding } from '../core/case/record-check.ts';
import type { ReadUser } from '../core/verify/user.ts';
import { caseKey, historyKey, userPartition } from './items.ts';
import { readRecord } from './record.ts';

type Item = Readonly<Record<string, unknown>>;

/** The UserId of a partition of this account; null for any other partition. */
export function userIdIn(partition: unknown, account: string): string | null {
  const start = userPartition(account, '');
  return typeof partition === 'string' && partition.startsWith(start) && partition.length > start.length
    ? partition.slice(start.length)
    : null;
}

/** Sort key of the only item with the case, and the beginning of those of the history. */
const CASE = caseKey('', '').sk;
const HISTORY = historyKey('', '', 1).sk.replace(/\d+$/, '');

/** True if the item with this sort key is the case of a user or an entry of their history. */
export function isOfRecord(sortKey: unknown): boolean {
  return sortKey === CASE || isOfHistory(sortKey);
}

/** True if the item with this sort key is an entry of a history. */
export function isOfHistory(sortKey: unknown): boolean {
  return typeof sortKey === 'string' && sortKey.startsWith(HISTORY);
}

/** The record of a user from all items of their partition; null if neither a case nor an entry is among them. */
export function storedUser(userId: string, items: readonly Item[]): ReadUser | null {
  const record = items.filter(({ sk }) => isOfRecord(sk));
  if (record.length === 0) {
    return null;
  }
  const history = record.filter(({ sk }) => sk !== CASE);
  const caseItem = record.find(({ sk }) => sk === CASE);
  const { current, entries, findings } = readRecord(caseItem, history);
  const named = entries.findLast(({ changes }) => changes.userName !== undefined)?.changes.userName;
  return {
    userId,
    userName: current?.userName ?? (typeof named === 'string' ? named : null),
    entries,
    misplaced: history.flatMap((item) => misplaced(item)),
    findings:
      current !== null && 'why' in current && stateHash(caseItem?.case) !== entries.at(-1)?.state
        ? [...findings, UNREAD]
        : findings,
  };
}

/** A case that this release cannot read is compared as a whole, by its hash in the last entry. */
const UNREAD: Finding = { found: 'case-differs', fields: ['case'] };

/** The number in the key of an item whose entry has another number, or no number at all. */
function misplaced({ sk, entry }: Item): number[] {
  const key = String(sk).slice(HISTORY.length);
  const n = (entry as { readonly n?: unknown } | null | undefined)?.n;
  return typeof n === 'number' && key !== String(n).padStart(9, '0') ? [Number.parseInt(key, 10) || 0] : [];
}
