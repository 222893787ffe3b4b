import type { Case, Decision } from '../../../functions/core/case.ts';
import { entryHash, type HistoryEntry, historyEntry } from '../../../functions/core/history.ts';
import { encodePayload } from '../../../functions/contracts/link.ts';
import { ACCOUNT, aClaim, USER_ID } from './cases.ts';
import type { MemoryWorld } from './world.ts';

/** Puts a case into the table as if its versions had been written one by one, with the records of its decision. */
export function onRecord(m: MemoryWorld, known: Case): void {
  const { table } = m;
  const entries: HistoryEntry[] = [];
  for (let version = 1; version <= known.version; version += 1) {
    const before = version === 1 ? null : { ...known, version: version - 1 };
    const last = entries.at(-1);
    const why = { at: known.opened, rule: 'awaiting', events: [] };
    const prev = last === undefined ? null : entryHash(last);
    entries.push(historyEntry(before, { ...known, version }, why, prev));
  }
  const last = entries.at(-1);
  const lastHash = last === undefined ? null : entryHash(last);
  table.history.set(known.userId, entries);
  table.rows.set(known.userId, { known, wakeAt: null, failures: 0, lastHash });
  table.names.set(known.userName.toLowerCase(), known.userId);
  if (known.decision !== null) decided(m, known, known.decision);
}

function decided({ table }: MemoryWorld, known: Case, decision: Decision): void {
  const { digest, at, by, keep, remove, acknowledged } = decision;
  table.decisions.push(decision);
  const payload = encodePayload(aClaim({ recipient: by, caseNumber: known.number }));
  const ask = { kind: 'keep' as const, keep, off: remove, acknowledged };
  // Nobody looks at the proof any more: the decision is made.
  const request = { digest, at, ask, payload, proof: '0'.repeat(64) };
  table.requests.set(`${ACCOUNT}/${USER_ID}/${digest}`, request);
}
