import { sameValue } from '../../core/model/digest.ts';
import type { LedgerEntry } from '../../core/model/ledger.ts';
import type { Policy } from '../../core/model/policy.ts';
import { type Instant, plus, type Seconds } from '../../core/model/time.ts';
import type { AnchorBefore } from '../../core/records/make-anchor.ts';
import type { SignOffFile } from '../../core/signoff/file.ts';
import { type JudgedReport, nextSignOffFile } from '../../core/signoff/next-file.ts';
import type { Stated } from '../../core/signoff/state.ts';
import { changedSince } from '../../core/validation/changed.ts';
import type { AnchorStore, InventoryReader } from '../records-ports.ts';
import type { Findings } from './findings.ts';

/** The ports for the state of sign-offs. */
export interface SignOffWorld {
  readonly anchors: AnchorStore;
  readonly inventories: InventoryReader;
  readonly policy: Policy;
  /** The statements among the entries of the ledger. */
  readonly statedIn: (entries: readonly LedgerEntry[]) => Stated[];
}

/**
 * Leaves the state of sign-offs where pages and the mail read it, if it has changed. Returns it. `made`: true if this run made the anchor
 * of the report that it judged.
 */
export async function keepSignOff(
  { anchors, inventories, policy, statedIn }: SignOffWorld,
  account: string,
  before: AnchorBefore | null,
  { now, news, users, judged }: Findings,
  made: boolean,
): Promise<SignOffFile> {
  const last = await anchors.signOff();
  const next = nextSignOffFile({
    account,
    now,
    every: policy.signOffEvery,
    first: last?.since ?? (await firstAnchor(anchors, before, policy.signOffEvery, now)),
    stated: statedIn(news.entries),
    summary: users.rows.summary,
    judged: made && judged !== null ? await judgedReport(anchors, inventories, judged) : null,
    before: last,
  });
  if (!sameValue(next, last)) {
    await anchors.keepSignOff(next);
  }
  return next;
}

/**
 * The time of the first anchor. One that was removed after its retention is long past: nobody knows how long, so a first
 * sign-off is due now, which is too early rather than never.
 */
async function firstAnchor(
  anchors: AnchorStore,
  before: AnchorBefore | null,
  every: Seconds,
  now: Instant,
): Promise<Instant> {
  if (before === null) {
    return now;
  }
  const first = await anchors.read(1);
  return first.found === 'anchor' ? first.anchor.at : plus(now, -every);
}

async function judgedReport(
  anchors: AnchorStore,
  inventories: InventoryReader,
  { report, times }: NonNullable<Findings['judged']>,
): Promise<JudgedReport | null> {
  const { anchor, at, takenAt, rows } = report;
  if (anchor === undefined) {
    return null;
  }
  const order = await anchors.order();
  const everybody = order?.users === 'everybody' && order.at === (await inventories.ordered());
  return {
    report: { anchor, at, takenAt, everybody },
    changedSince: (since) => changedSince(rows, times, since),
  };
}
