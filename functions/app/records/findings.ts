import { sameValue } from '../../core/model/digest.ts';
import { UNRESTRICTED } from '../../core/model/policy.ts';
import type { Instant } from '../../core/model/time.ts';
import type { Carried, Unvouched } from '../../core/records/anchor.ts';
import type { CarriedContent } from '../../core/records/carried.ts';
import type { AnchorBefore } from '../../core/records/make-anchor.ts';
import { isRenewalDue } from '../../core/records/new-entries.ts';
import type { Remediated } from '../../core/records/remediated.ts';
import { type RecordedTimes, withTimes } from '../../core/records/times.ts';
import { notInReportYet } from '../../core/validation/order.ts';
import { type Report, reportOf } from '../../core/validation/report.ts';
import type { Validation } from '../../core/validation/validation.ts';
import type { AnchorStore } from '../records-ports.ts';
import { type JudgeWorld, judgeInventory } from './judge-inventory.ts';
import { type News, type NewsWorld, readNews } from './read-news.ts';
import { readUsers, type UsersRead } from './read-users.ts';

/** The ports to find what is new. */
export interface FindWorld extends JudgeWorld, NewsWorld {
  readonly settingsHash: string;
}

/** Everything that the next anchor would have. */
export interface Findings {
  readonly now: Instant;
  readonly news: News;
  readonly users: UsersRead;
  /** Users about whom nothing can be vouched for. */
  readonly unvouched: readonly Unvouched[];
  /** All remediated users; null if they are those of the anchor before. */
  readonly remediated: readonly Remediated[] | null;
  /** The times of all cases; null if they are those of the anchor before. */
  readonly times: readonly RecordedTimes[] | null;
  /** UserIds of remediated users whom a credential report may not show as they are yet. Empty in a run without news. */
  readonly justClosed: readonly string[];
  /** The validation and the report about it; null if no inventory is to be judged. */
  readonly judged: {
    readonly validation: Validation;
    readonly report: Report;
    /** The times of all cases. */
    readonly times: readonly RecordedTimes[];
  } | null;
  /** True if the settings are not those of the anchor before. */
  readonly settings: boolean;
}

/** Finds what is new since the anchor before, and judges the inventory if there is a new one. */
export async function findings(
  world: FindWorld,
  account: string,
  before: AnchorBefore | null,
  now: Instant,
): Promise<Findings> {
  const { history, anchors, policy, settingsHash } = world;
  const news = await readNews(world, account, before, now);
  const { wanted } = news;
  // A run without news, most of them, reads neither this nor the content that goes from anchor to anchor.
  const control = wanted.length === 0 ? UNRESTRICTED : await history.control();
  const users = await readUsers(history, account, wanted, { policy, control, now });
  const unvouched = [...users.unvouched, ...news.broken].sort((a, b) => (a.userId < b.userId ? -1 : 1));
  const renewal = isRenewalDue(before?.anchor ?? null, now);
  const renewed = (kind: Carried) => renewal && before?.anchor.latest[kind] !== null;
  let merged: Promise<Merged> | null = null;
  const all = () => {
    merged ??= mergedWith(anchors, before, users, renewed, now);
    return merged;
  };
  const former = {
    validated: before?.anchor.validated ?? null,
    unvouched: unvouched.map(({ userId }) => userId),
    remediated: async () => (await all()).remediated,
    previous: () => carriedBy(anchors, 'validation', before),
  };
  const validation = await judgeInventory(world, account, former, now);
  const judged =
    validation === null ? null : await judgedAbout(anchors, validation, (await all()).times, before);
  const toSign = wanted.length > 0 || renewal ? (await all()).toSign : NOTHING;
  const remediated = wanted.length > 0 ? (await all()).remediated : [];
  return {
    now,
    news,
    users,
    unvouched,
    ...toSign,
    justClosed: notInReportYet(remediated, now),
    judged,
    settings: settingsHash !== before?.anchor.settings || renewed('settings'),
  };
}

async function judgedAbout(
  anchors: AnchorStore,
  validation: Validation,
  times: readonly RecordedTimes[],
  before: AnchorBefore | null,
): Promise<Findings['judged']> {
  return { validation, times, report: await reportAbout(anchors, validation, times, before) };
}

/** The report, with the number of the anchor that is to have it. */
async function reportAbout(
  anchors: AnchorStore,
  validation: Validation,
  times: readonly RecordedTimes[],
  before: AnchorBefore | null,
): Promise<Report> {
  const report = reportOf(validation, times, await carriedBy(anchors, 'report', before));
  return { ...report, anchor: (before?.anchor.number ?? 0) + 1 };
}

/** The content that goes from anchor to anchor, with what was read now. */
interface Merged {
  readonly remediated: readonly Remediated[];
  readonly times: readonly RecordedTimes[];
  /** Null for what the next anchor need not have again. */
  readonly toSign: Pick<Findings, 'remediated' | 'times'>;
}

const NOTHING: Merged['toSign'] = { remediated: null, times: null };

async function mergedWith(
  anchors: AnchorStore,
  before: AnchorBefore | null,
  read: UsersRead,
  renewed: (kind: Carried) => boolean,
  now: Instant,
): Promise<Merged> {
  const [knownUsers, knownTimes] = await Promise.all([
    carriedBy(anchors, 'remediated', before),
    carriedBy(anchors, 'times', before),
  ]);
  const remediated = withRead(knownUsers ?? [], read.remediated);
  const times = withTimes(knownTimes ?? [], read.times, now);
  return {
    remediated,
    times,
    toSign: {
      remediated: sameValue(remediated, knownUsers ?? []) && !renewed('remediated') ? null : remediated,
      times: sameValue(times, knownTimes ?? []) && !renewed('times') ? null : times,
    },
  };
}

/** The latest file of a kind; null if there is none yet. */
async function carriedBy<Kind extends Carried>(
  anchors: AnchorStore,
  kind: Kind,
  before: AnchorBefore | null,
): Promise<CarriedContent[Kind] | null> {
  const number = before?.anchor.latest[kind] ?? null;
  return number === null ? null : anchors.carried(kind, number);
}

/** The remediated users with what was read now of some users. */
function withRead(known: readonly Remediated[], read: UsersRead['remediated']): Remediated[] {
  const others = known.filter(({ userId }) => !read.has(userId));
  const found = [...read.values()].flatMap((one) => one ?? []);
  return [...others, ...found].sort((a, b) => (a.userId < b.userId ? -1 : 1));
}

/** True if there is nothing to sign. */
export function isNothing({ news, judged, settings }: Findings): boolean {
  const { wanted, heads, ledger } = news;
  return wanted.length === 0 && heads === null && ledger.length === 0 && judged === null && !settings;
}
