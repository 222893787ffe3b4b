import { sealed } from '../../functions/contracts/proof.ts';
import type { Case } from '../../functions/core/case/case.ts';
import type { Decision } from '../../functions/core/case/decision.ts';
import { entryHash, type HistoryEntry, historyEntry, stateHash } from '../../functions/core/case/history.ts';
import { askOf } from '../../functions/core/case/requests.ts';
import { ACCOUNT, aClaim, USER_ID } from './cases.ts';
import type { MemoryWorld } from './world.ts';

/** Puts a case into the table as if its versions had been written one by one, with the records of its decision. */
export async function onRecord(m: MemoryWorld, current: Case): Promise<void> {
  const { table } = m;
  const entries: HistoryEntry[] = [];
  for (let version = 1; version <= current.version; version += 1) {
    const before = version === 1 ? null : { ...current, version: version - 1 };
    const last = entries.at(-1);
    const why = { at: current.opened, rule: 'awaiting' as const, events: [] };
    const prev = last === undefined ? null : entryHash(last);
    entries.push(historyEntry(before, { ...current, version }, why, prev));
  }
  const last = entries.at(-1);
  const lastHash = last === undefined ? null : entryHash(last);
  table.history.set(current.userId, entries);
  table.rows.set(current.userId, { case: current, wakeAt: null, failures: 0, lastHash });
  table.names.set(current.userName.toLowerCase(), current.userId);
  if (current.decision !== null) {
    await decided(m, current, current.decision);
  }
}

/**
 * Another version of a stored case under the same number: alone, which Solekey finds out, or with the hash in its history
 * entry, as if it had been written like this.
 */
export function altered(
  { table }: MemoryWorld,
  change: (current: Case) => Case,
  how: 'alone' | 'and its history' = 'and its history',
): void {
  const row = table.rows.get(USER_ID);
  const entries = table.history.get(USER_ID);
  const entry = entries?.at(-1);
  if (row === undefined || entry === undefined) {
    throw new Error('a case should be stored');
  }
  const next = change(structuredClone(row.case));
  table.rows.set(USER_ID, { ...row, case: next });
  if (how === 'and its history') {
    entries?.splice(-1, 1, { ...entry, state: stateHash(next) });
  }
}

async function decided(m: MemoryWorld, current: Case, decision: Decision): Promise<void> {
  const { digest, at, by, address } = decision;
  m.table.decisions.push(decision);
  const token = await m.links.mint(aClaim({ recipient: by, address, caseNumber: current.number }));
  m.table.requests.set(
    `${ACCOUNT}/${USER_ID}/${digest}`,
    sealed(token, { digest, at, ask: askOf(decision) }),
  );
}
