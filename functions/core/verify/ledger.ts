import {
  type ControlContent,
  controlFinding,
  entrySeal,
  type LedgerEntry,
  lostUntil,
} from '../model/ledger.ts';
import type { Instant } from '../model/time.ts';
import type { TableRestored } from '../records/restored.ts';
import { type BoundEntries, fits } from './bound.ts';
import { againstAnchors, inRanges, oneEntry, sinceEntry, unanchored } from './entries.ts';
import type { EntryFault, LedgerFault, VerifyFinding } from './findings.ts';
import { ledgerAfterRestores } from './restores.ts';
import type { UserBound } from './user.ts';

/** The ledger of an account, and the control item that it is about. */
export interface ReadLedger {
  /** The entries that can be read. */
  readonly entries: readonly LedgerEntry[];
  /** The numbers under which entries stand that have another number. */
  readonly misplaced: readonly number[];
  /** Null if there is no control item. */
  readonly content: ControlContent | null;
  /** The restores of the table that its entries tell of. */
  readonly restores: readonly TableRestored[];
}

/** Result of checking the ledger. */
export interface LedgerCheck {
  /** The earliest entry first. */
  readonly findings: readonly VerifyFinding[];
  /** Number of entries that each restore explains: anchors have them, the table has not. */
  readonly explained: ReadonlyMap<TableRestored, number>;
}

/** Checks the ledger against itself, against the anchors, and against the control item. */
export function checkLedger(
  ledger: ReadLedger,
  all: BoundEntries,
  { until, daily }: Pick<UserBound, 'until' | 'daily'>,
): LedgerCheck {
  const entries = [...ledger.entries].sort((a, b) => a.number - b.number);
  const hashes = new Map(entries.map((entry) => [entry.number, entrySeal(entry)]));
  const dated = entries.map(({ number, at }) => ({ n: number, at }));
  const { bound, explained } = ledgerAfterRestores(all, ledger.restores, entries);
  const faults = inRanges([
    ...againstAnchors(hashes, bound),
    ...chainFaults(entries, bound),
    ...ledger.misplaced.map((n) => oneEntry('misplaced', n)),
    ...unanchored(dated, bound, daily),
  ]);
  const last = entries.at(-1) ?? null;
  const how = controlFinding(ledger.content, last);
  const findings = faults.map((fault) => about(sinceEntry(bound, fault.from, until), fault));
  // An entry that was changed says nothing about the item, and has a finding already.
  const control =
    how === null || how === 'entry-changed' ? [] : [about(last?.at ?? null, { found: 'control', how })];
  return { findings: [...findings, ...control], explained };
}

function about(since: Instant | null, fault: LedgerFault): VerifyFinding {
  return { about: 'ledger', since, fault };
}

/** The entries that are missing or not as they were written, as far as the chain alone tells. */
function chainFaults(entries: readonly LedgerEntry[], bound: BoundEntries): EntryFault[] {
  return entries.flatMap((entry, index): EntryFault[] => {
    const before = entries[index - 1];
    const expected = (before?.number ?? 0) + 1;
    const { number, previous, hash } = entry;
    const seal = entrySeal(entry);
    const lost = lostUntil(entry);
    const isApart = number !== expected && lost === 0;
    const follows = isApart || previous === (before?.hash ?? null);
    const from = Math.max(expected, lost + 1);
    // An entry that anchors have as it is was written like this: the one before it was changed.
    const isWrong = seal !== hash || (!follows && !fits(bound, number, seal));
    return [
      ...(number > from ? [{ found: 'missing', from, to: number - 1, anchor: null } as const] : []),
      ...(isWrong ? [oneEntry('changed', number)] : []),
    ];
  });
}
