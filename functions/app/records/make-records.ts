import type { LedgerEntry } from '../../core/model/ledger.ts';
import type { Instant } from '../../core/model/time.ts';
import {
  type Anchor,
  type EntryLine,
  HASH_FILES,
  type HeadLine,
  type LedgerLine,
  type Unvouched,
} from '../../core/records/anchor.ts';
import {
  type AnchorBefore,
  anchorText,
  linesFile,
  nextAnchor,
  type RecordFile,
} from '../../core/records/make-anchor.ts';
import {
  boundEntries,
  byLines,
  isDailyDue,
  joinedEntries,
  missedByLines,
  type NewEntries,
  settledUntil,
} from '../../core/records/new-entries.ts';
import type { Clock, Log } from '../ports.ts';
import type { AnchorStore, HistoryStore, Signer } from '../records-ports.ts';

/** The ports for a run of records. */
export interface RecordsWorld {
  readonly history: HistoryStore;
  readonly anchors: AnchorStore;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly log: Log;
  readonly release: string;
  /** The settings in force, as text of JSON. */
  readonly settings: RecordFile;
  readonly settingsHash: string;
  /** Does the work for this anchor, unless another run is doing it. */
  readonly once: (number: number, work: () => Promise<void>) => Promise<void>;
}

/** Result of a run: the number of the anchor that it made, or why there is none. */
export type Made =
  | { readonly made: 'anchor'; readonly number: number; readonly users: number; readonly unvouched: number }
  | { readonly made: 'nothing'; readonly why: 'nothing-new' | 'another-run' };

/** Somebody else wrote into the bucket of records. Nothing is signed until that is repaired. */
export class AnchorBroken extends Error {
  override readonly name = 'AnchorBroken';
}

/**
 * Records what is new since the anchor before, and signs it. Throws if the anchor before is not as it was signed: a chain that
 * goes on after it would hide that.
 */
export async function makeRecords(world: RecordsWorld, account: string): Promise<Made> {
  const { anchors, clock, log } = world;
  const last = await anchors.latest();
  if (last.found === 'broken') {
    log.count('NotVouched');
    throw new AnchorBroken(`Anchor ${last.number} is not as it was signed: ${last.why}.`);
  }
  const before = last.found === 'none' ? null : last;
  const now = clock.now();
  const news = await newsSince(world, account, before, now);
  const made = isNothing(news) ? NOTHING_NEW : await madeOnce(world, account, before, now, news);
  log.info('recorded', { ...made });
  log.count('RecordsMade');
  return made;
}

const NOTHING_NEW: Made = { made: 'nothing', why: 'nothing-new' };
const ANOTHER_RUN: Made = { made: 'nothing', why: 'another-run' };

/** Two runs at once would write over each other's files, so an anchor is made by one of them. */
async function madeOnce(
  world: RecordsWorld,
  account: string,
  before: AnchorBefore | null,
  now: Instant,
  news: News,
): Promise<Made> {
  let made = ANOTHER_RUN;
  await world.once((before?.anchor.number ?? 0) + 1, async () => {
    made = await anchorAfter(world, account, before, now, news);
  });
  return made;
}

async function anchorAfter(
  { history, anchors, signer, log, release, settings, settingsHash }: RecordsWorld,
  account: string,
  before: AnchorBefore | null,
  now: Instant,
  news: News,
): Promise<Made> {
  const { lines, unvouched } = await readAll(history, account, news.wanted);
  const heads = news.heads?.filter(({ userId }) => !unvouched.some((one) => one.userId === userId)) ?? null;
  const files = [
    linesFile(HASH_FILES.entries, lines),
    ...(heads === null ? [] : [linesFile(HASH_FILES.heads, heads)]),
    ...(news.ledger.length === 0 ? [] : [linesFile(HASH_FILES.ledger, news.ledger)]),
    ...(news.settings ? [settings] : []),
  ];
  const parts = {
    account,
    at: now,
    until: news.until,
    kind: heads === null ? ('news' as const) : ('daily' as const),
    release,
    settings: settingsHash,
    validated: before?.anchor.validated ?? null,
    ledger: news.ledger.at(-1) ?? before?.anchor.ledger ?? NO_LEDGER,
    counts: heads === null ? null : countsOf(heads),
    unvouched,
  };
  const anchor = nextAnchor(before, parts, files);
  const text = anchorText(anchor);
  if (!(await anchors.keep(anchor.number, files, text, await signer.sign(text)))) {
    return ANOTHER_RUN;
  }
  if (unvouched.length > 0) {
    log.error('The history of these users is not what was written; nothing about them is vouched for', {
      unvouched,
    });
    log.count('NotVouched', unvouched.length);
  }
  return { made: 'anchor', number: anchor.number, users: news.wanted.length, unvouched: unvouched.length };
}

const NO_LEDGER: LedgerLine = { number: 0, hash: '' };

interface News {
  readonly until: Instant;
  readonly wanted: readonly NewEntries[];
  /** The heads of all users; null unless they are due. */
  readonly heads: readonly HeadLine[] | null;
  readonly ledger: readonly LedgerLine[];
  /** True if the settings are not those of the anchor before. */
  readonly settings: boolean;
}

function isNothing({ wanted, heads, ledger, settings }: News): boolean {
  return wanted.length === 0 && heads === null && ledger.length === 0 && !settings;
}

/** Everything that was written since the anchor before. */
async function newsSince(
  { history, anchors, settingsHash }: RecordsWorld,
  account: string,
  before: AnchorBefore | null,
  now: Instant,
): Promise<News> {
  const until = settledUntil(now);
  const after = before?.anchor.until ?? null;
  const fresh = after === null ? [] : byLines(await history.lines(account, after, until));
  const settings = settingsHash !== before?.anchor.settings;
  const ledger = newLedger(await history.ledger(account), before?.anchor.ledger ?? NO_LEDGER);
  if (!isDailyDue(before?.anchor ?? null, now)) {
    return { until, wanted: fresh, heads: null, ledger, settings };
  }
  const heads = await history.heads(account);
  const daily = before === null ? null : await anchors.daily(before.anchor.number);
  const told = daily === null ? [] : await history.lines(account, daily.until, now);
  const missed = missedByLines(heads, daily?.heads ?? [], told);
  return { until, wanted: joinedEntries([fresh, missed]), heads, ledger, settings };
}

function newLedger(entries: readonly LedgerEntry[], before: LedgerLine): LedgerLine[] {
  return entries.filter(({ number }) => number > before.number).map(({ number, hash }) => ({ number, hash }));
}

function countsOf(heads: readonly HeadLine[]): Anchor['counts'] {
  return { users: heads.length, entries: heads.reduce((sum, { version }) => sum + version, 0) };
}

/** Users read at the same time. */
const AT_A_TIME = 16;

async function readAll(
  history: HistoryStore,
  account: string,
  wanted: readonly NewEntries[],
): Promise<{ readonly lines: EntryLine[]; readonly unvouched: Unvouched[] }> {
  const lines: EntryLine[] = [];
  const unvouched: Unvouched[] = [];
  const left = [...wanted].sort((a, b) => (a.userId < b.userId ? -1 : 1));
  const worker = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) {
      const bound = boundEntries(one, await history.history(account, one.userId));
      if ('why' in bound) {
        unvouched.push({ userId: one.userId, why: bound.why });
      } else {
        lines.push(...bound.lines);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  const inOrder = (a: EntryLine, b: EntryLine) =>
    a.userId < b.userId ? -1 : a.userId > b.userId ? 1 : a.n - b.n;
  return { lines: lines.sort(inOrder), unvouched: unvouched.sort((a, b) => (a.userId < b.userId ? -1 : 1)) };
}
