/**
 * Restores of the table from a backup. Anchors made before one have entries that the table lacks since then, or has others in
 * their place. That is no sign that somebody removed them, but it is said: the ledger tells who restored the table, when and
 * why.
 */
import type { Instant } from '../model/time.ts';

/** A restore of the table from a backup, as its entry in the ledger tells. */
export interface TableRestored {
  /** Number of the entry in the ledger. */
  readonly entry: number;
  /** No entry of the restored table is from later, but those that were written since. */
  readonly at: Instant;
  readonly by: string;
  readonly reason: string;
  /** Number of the last anchor made before; null if there was none. */
  readonly anchor: number | null;
  /** The highest number that an entry of the ledger had in that anchor; 0 if it had none. */
  readonly ledger: number;
}

/**
 * The restore that explains why the table does not have an entry of a history as anchor `anchor` has it; null if none does.
 * `present`: when the entry was written that the table has under the same number; null if it has none.
 */
export function explainedBy(
  restores: readonly TableRestored[],
  anchor: number,
  present: Instant | null,
): TableRestored | null {
  return (
    restores.find(
      ({ anchor: last, at }) => last !== null && anchor <= last && (present === null || present >= at),
    ) ?? null
  );
}

/** The restore that explains why the ledger lacks entry `number`; null if none does. */
export function ledgerExplainedBy(restores: readonly TableRestored[], number: number): TableRestored | null {
  return restores.find(({ entry, ledger }) => number <= ledger && number < entry) ?? null;
}
