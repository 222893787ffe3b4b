import type { LedgerEntry } from '../../core/model/ledger.ts';
import type { Policy } from '../../core/model/policy.ts';
import { DAY, type Instant, secondsBetween } from '../../core/model/time.ts';
import type { Anchor } from '../../core/records/anchor.ts';
import type { AnchorBefore, RecordFile } from '../../core/records/make-anchor.ts';
import type {
  PackInput,
  PackRequest,
  PackValidation,
  Period,
  SettingsFrom,
} from '../../core/records/pack/input.ts';
import { signOffFiles, type WordsOf } from '../../core/records/pack/sign-offs.ts';
import { joinedRows, recordRows, versionsUntil } from '../../core/records/rows.ts';
import type { Csv } from '../../core/records/table.ts';
import type { Stated } from '../../core/signoff/state.ts';
import { inTurn } from '../in-turn.ts';
import type { Clock } from '../ports.ts';
import type { AnchorStore, HistoryStore } from '../records-ports.ts';

/** The ports to gather what a pack is made of. */
export interface GatherWorld {
  readonly history: HistoryStore;
  readonly anchors: AnchorStore;
  readonly clock: Clock;
  readonly policy: Policy;
  readonly release: string;
  readonly csv: Csv;
  /** The statements among the entries of the ledger. */
  readonly statedIn: (entries: readonly LedgerEntry[]) => Stated[];
  /** Reads the words of statements from their texts, which are by their SHA-256. */
  readonly wordsIn: (texts: ReadonlyMap<string, string>) => WordsOf;
}

/** Users read at the same time. */
const AT_A_TIME = 16;

/** Everything from which the pack is made: the anchors of the period, and the histories of all users until its end. */
export async function packInput(
  world: GatherWorld,
  account: string,
  request: PackRequest,
  ledger: readonly LedgerEntry[],
  last: AnchorBefore,
): Promise<PackInput> {
  const { history, anchors, policy, clock, release, statedIn, wordsIn, csv } = world;
  const known = await anchorsOf(anchors, request, last);
  const inPeriod = known.map(({ anchor }) => anchor);
  return {
    account,
    accountName: policy.accountName,
    madeAt: clock.now(),
    release,
    request,
    ...(await rowsUntil(world, history, account, request.to)),
    validations: await validationsOf(anchors, inPeriod, request),
    settings: await settingsOf(anchors, inPeriod),
    ledger,
    anchors: known.map(({ anchor, sha256 }) => ({ ...anchor, sha256 })),
    further: signOffFiles(statedIn(ledger), wordsIn(await history.statementWords(account)), request, csv),
  };
}

/** The anchors of the period and the last one before it, in order. One that is not as it was signed ends the pack. */
async function anchorsOf(
  anchors: AnchorStore,
  { from, to }: Period,
  last: AnchorBefore,
): Promise<AnchorBefore[]> {
  const found: AnchorBefore[] = [];
  for (let number = last.anchor.number; number > 0; number -= 1) {
    const read = number === last.anchor.number ? last : await signedAnchor(anchors, number);
    if (read.anchor.at <= to) {
      found.push(read);
    }
    if (read.anchor.at < from) {
      break;
    }
  }
  return found.reverse();
}

async function signedAnchor(anchors: AnchorStore, number: number): Promise<AnchorBefore> {
  const read = await anchors.read(number);
  if (read.found !== 'anchor') {
    throw new Error(`Anchor ${number} is missing, or not as it was signed: no pack is built on it.`);
  }
  return read;
}

/** The rows of all users, and the words that they typed. */
async function rowsUntil(
  { policy, clock }: GatherWorld,
  history: HistoryStore,
  account: string,
  until: Instant,
): Promise<Pick<PackInput, 'rows' | 'unvouched' | 'comments'>> {
  const terms = { policy, control: await history.control(), now: clock.now() };
  const heads = await history.heads(account);
  const read = await inTurn(heads, AT_A_TIME, async ({ userId }) => ({
    userId,
    ...(await history.history(account, userId)),
  }));
  const why = ({ findings, versions }: (typeof read)[number]) =>
    findings.length > 0
      ? 'the history does not fit'
      : versions === null
        ? 'another release wrote the history'
        : null;
  return {
    rows: joinedRows(
      read.flatMap((one) =>
        one.findings.length > 0 || one.versions === null
          ? []
          : [recordRows(versionsUntil(one.versions, until), { ...terms, answers: one.answers })],
      ),
    ),
    unvouched: read.flatMap((one) => {
      const reason = why(one);
      return reason === null ? [] : [{ userId: one.userId, why: reason }];
    }),
    comments: new Map(read.flatMap(({ comments }) => [...comments])),
  };
}

/** A pack of a longer period has one validation a week: each has a row for every user. */
const DAILY_FOR = 31 * DAY;
const WEEK = 7;

/** The last validation of each day, or week, and the last one before the period. */
async function validationsOf(
  anchors: AnchorStore,
  known: readonly Anchor[],
  { from, to }: Period,
): Promise<PackValidation[]> {
  const every = secondsBetween(from, to) > DAILY_FOR ? WEEK : 1;
  const numbers = new Map<number, number>();
  for (const { number, at, latest } of known) {
    if (latest.validation !== null && (latest.validation === number || at < from)) {
      numbers.set(at < from ? -1 : Math.floor(secondsBetween(from, at) / DAY / every), latest.validation);
    }
  }
  const found: PackValidation[] = [];
  for (const number of new Set(numbers.values())) {
    found.push(await anchors.validation(number));
  }
  return found.sort((a, b) => (a.at < b.at ? -1 : 1));
}

async function settingsOf(anchors: AnchorStore, known: readonly Anchor[]): Promise<SettingsFrom[]> {
  const numbers = new Set(known.flatMap(({ latest }) => latest.settings ?? []));
  const found: SettingsFrom[] = [];
  for (const number of numbers) {
    const { at } = (await signedAnchor(anchors, number)).anchor;
    const content = await anchors.carried('settings', number);
    found.push({ at, anchor: number, content: content as SettingsFrom['content'] });
  }
  return found;
}

/** The files of a pack with those that sign it. */
export type PackFile = Pick<RecordFile, 'name'> & { readonly content: string | Uint8Array };
