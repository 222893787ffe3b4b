/** Entries that anchors have, and that a restore of the table from a backup took away or let somebody write anew. */
import type { LedgerEntry } from '../model/ledger.ts';
import type { Instant } from '../model/time.ts';
import { explainedBy, ledgerExplainedBy, type TableRestored } from '../records/restored.ts';
import type { Bound, BoundEntries } from './bound.ts';

/** An entry as the table has it. */
export interface PresentEntry {
  readonly n: number;
  readonly at: Instant;
  readonly hash: string;
}

/** The statements that still hold, and how many entries each restore explains that are missing or others now. */
export interface AfterRestores {
  readonly bound: BoundEntries;
  readonly explained: ReadonlyMap<TableRestored, number>;
}

/** Takes away the statements about entries of a history that a restore explains. */
export function afterRestores(
  bound: BoundEntries,
  restores: readonly TableRestored[],
  present: readonly PresentEntry[],
): AfterRestores {
  const known = new Map(present.map((entry) => [entry.n, entry]));
  return without(bound, (n, { hash, anchor }) => {
    const entry = known.get(n);
    return entry?.hash === hash ? null : explainedBy(restores, anchor, entry?.at ?? null);
  });
}

/**
 * The same for the ledger, of which the entries are given in order. No number is used twice. A restore explains the numbers between
 * its own entry and the one that it was chained to.
 */
export function ledgerAfterRestores(
  bound: BoundEntries,
  restores: readonly TableRestored[],
  present: readonly LedgerEntry[],
): AfterRestores {
  const numbers = new Set(present.map(({ number }) => number));
  const reaching = restores.map((restore) => ({ restore, after: chainedTo(restore, present) }));
  return without(bound, (number) => {
    const able = reaching.filter(({ after }) => after !== null && after < number);
    return numbers.has(number)
      ? null
      : ledgerExplainedBy(
          able.map(({ restore }) => restore),
          number,
        );
  });
}

/** Number of the entry that the one of a restore was chained to, 0 for none; null if that is not the one before it now. */
function chainedTo({ entry }: TableRestored, present: readonly LedgerEntry[]): number | null {
  const own = present.find(({ number }) => number === entry);
  const before = present.findLast(({ number }) => number < entry);
  return own?.previous === (before?.hash ?? null) ? (before?.number ?? 0) : null;
}

function without(
  bound: BoundEntries,
  explains: (n: number, statement: Bound) => TableRestored | null,
): AfterRestores {
  const explained = new Map<TableRestored, number>();
  const left = [...bound].map(([n, statements]): [number, readonly Bound[]] => {
    const restore = statements.map((one) => explains(n, one)).find((one) => one !== null);
    if (restore === undefined) {
      return [n, statements];
    }
    explained.set(restore, (explained.get(restore) ?? 0) + 1);
    return [n, statements.filter((one) => explains(n, one) === null)];
  });
  return { bound: new Map(left.filter(([, statements]) => statements.length > 0)), explained };
}
