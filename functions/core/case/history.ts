import { canonicalJson, sameValue, sha256 } from '../model/digest.ts';
import type { Instant } from '../model/time.ts';
import type { Case } from './case.ts';

/** What happened, in the words of the field; the page turns it into sentences. */
export interface HistoryEvent {
  readonly code: string;
  /** Full key id where one key is meant. */
  readonly keyId?: string;
  /** Approver id where a person is meant. */
  readonly by?: string;
  /** Further plain detail (a reason code, a name). */
  readonly detail?: string;
}

/** Version n of a case: what changed and why. `prev` chains the entries, so a missing or edited one shows. */
export interface HistoryEntry {
  readonly n: number;
  readonly at: Instant;
  /** The rule of the judgement order that led to it. */
  readonly rule: string;
  readonly events: readonly HistoryEvent[];
  /** The top-level fields of the case with their new values. */
  readonly changes: Partial<Case>;
  /** Hash of entry n-1; null for the first. */
  readonly prev: string | null;
}

/** The entry that leads from `before` (null: nothing stored) to `after`. */
export function historyEntry(
  before: Case | null,
  after: Case,
  why: { readonly at: Instant; readonly rule: string; readonly events: readonly HistoryEvent[] },
  prev: string | null,
): HistoryEntry {
  const changed = Object.entries(after).filter(
    ([field, value]) => before === null || !sameValue(value, before[field as keyof Case]),
  );
  return { n: after.version, ...why, changes: Object.fromEntries(changed) as Partial<Case>, prev };
}

/** The hash that the next entry carries as `prev`. */
export function entryHash(entry: HistoryEntry): string {
  return sha256(canonicalJson(entry));
}

/** Rebuilds the case from its entries 1..n; null when there are none, the chain is broken or one is missing (S10). */
export function foldHistory(entries: readonly HistoryEntry[]): Case | null {
  let folded: Partial<Case> = {};
  let prev: string | null = null;
  for (const [index, entry] of entries.entries()) {
    if (entry.n !== index + 1 || entry.prev !== prev) {
      return null;
    }
    folded = { ...folded, ...entry.changes };
    prev = entryHash(entry);
  }
  return entries.length === 0 ? null : (folded as Case);
}
