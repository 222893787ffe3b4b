import type { LedgerEntry } from '../../core/model/ledger.ts';
import type { Instant } from '../../core/model/time.ts';
import type { HeadLine, LedgerLine, Unvouched } from '../../core/records/anchor.ts';
import { type DailyHeads, lostHeads, readAgain } from '../../core/records/lost-heads.ts';
import type { AnchorBefore } from '../../core/records/make-anchor.ts';
import {
  byLines,
  isDailyDue,
  joinedEntries,
  missedByLines,
  type NewEntries,
  settledUntil,
} from '../../core/records/new-entries.ts';
import type { TableRestored } from '../../core/records/restored.ts';
import type { AnchorStore, HistoryStore } from '../records-ports.ts';

/** Everything that was written since the anchor before. */
export interface News {
  readonly until: Instant;
  readonly wanted: readonly NewEntries[];
  /** The heads of all users; null unless they are due. */
  readonly heads: readonly HeadLine[] | null;
  /** Those of the last daily anchor; null if there is none, or if none are due. */
  readonly daily: DailyHeads | null;
  /**
   * Users of whom nothing is read now. Once a day those whose history went back since the day before; else those that the anchor
   * before names, because the whole of their history is read again only once a day.
   */
  readonly broken: readonly Unvouched[];
  /** The new entries of the ledger. */
  readonly ledger: readonly LedgerLine[];
  /** Those of them that tell of a restore of the table. */
  readonly restored: readonly TableRestored[];
  /** All entries of the ledger. */
  readonly entries: readonly LedgerEntry[];
  /** The last entry of the ledger. */
  readonly ledgerHead: LedgerLine;
}

const NO_LEDGER: LedgerLine = { number: 0, hash: '' };

/** The ports to find news. */
export interface NewsWorld {
  readonly history: HistoryStore;
  readonly anchors: AnchorStore;
  /** The restores of the table from a backup that the ledger tells of. */
  readonly restoresIn: (entries: readonly LedgerEntry[]) => readonly TableRestored[];
}

/** Finds what was written since the anchor before; null: since ever. */
export async function readNews(
  { history, anchors, restoresIn }: NewsWorld,
  account: string,
  before: AnchorBefore | null,
  now: Instant,
): Promise<News> {
  const until = settledUntil(now);
  const after = before?.anchor.until ?? null;
  const fresh = after === null ? [] : byLines(await history.lines(account, after, until));
  const anchored = before?.anchor.ledger ?? NO_LEDGER;
  const entries = await history.ledger(account);
  const ledger = newLedger(entries, anchored);
  const restores = restoresIn(entries);
  const restored = restores.filter(({ entry }) => entry > anchored.number);
  const common = { until, entries, ledger, restored, ledgerHead: ledger.at(-1) ?? anchored };
  if (!isDailyDue(before?.anchor ?? null, now)) {
    const broken = before?.anchor.unvouched ?? [];
    return { ...common, wanted: without(broken, fresh), heads: null, daily: null, broken };
  }
  const heads = await history.heads(account);
  const daily = before === null ? null : await anchors.daily(before.anchor.number);
  const told = daily === null ? [] : await history.lines(account, daily.until, now);
  const missed = missedByLines(heads, daily?.heads ?? [], told);
  const broken = lostHeads(daily, heads, restores);
  const again = readAgain(before?.anchor.unvouched ?? [], heads, daily, restores);
  const wanted = without(broken, joinedEntries([fresh, missed, again]));
  return { ...common, wanted, heads, daily, broken };
}

function without(broken: readonly Unvouched[], wanted: readonly NewEntries[]): NewEntries[] {
  const named = new Set(broken.map(({ userId }) => userId));
  return wanted.filter(({ userId }) => !named.has(userId));
}

function newLedger(entries: readonly LedgerEntry[], before: LedgerLine): LedgerLine[] {
  return entries.filter(({ number }) => number > before.number).map(({ number, hash }) => ({ number, hash }));
}
