import type { Check, NotReadWhy, Result, Results } from '../../core/health/checks.ts';
import { type HealthContext, resultOf, waitingFrom } from '../../core/health/judge.ts';
import { missingFrom } from '../../core/health/sign-offs.ts';
import { afterRun, type HealthNews, type HealthState } from '../../core/health/state.ts';
import { subscriptionStates } from '../../core/health/subscriptions.ts';
import { healthMail } from '../../core/health/words.ts';
import type { Policy } from '../../core/model/policy.ts';
import type { Instant } from '../../core/model/time.ts';
import type { HealthReaders, HealthStore, OperatorMails } from '../health-ports.ts';
import type { Clock, Log } from '../ports.ts';
import { type AllRead, type Read, readAll } from './read-all.ts';

/** The ports and settings of health. */
export interface HealthWorld
  extends Pick<HealthContext, 'expected' | 'operators' | 'watchedCalls' | 'exposurePattern'> {
  readonly readers: HealthReaders;
  readonly store: HealthStore;
  readonly mails: OperatorMails;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly policy: Policy;
  readonly account: string;
}

/** Result of a run. */
export interface Checked {
  readonly checks: number;
  readonly fine: number;
  readonly began: number;
  readonly ended: number;
}

/**
 * Does all checks, tells operators which findings began or ended, and remembers them. The mail comes before the memory:
 * a run that fails in between tells it again, because twice is better than never. Throws if the mail or the memory
 * fails, which the alarm about missing runs reports.
 */
export async function checkHealth(world: HealthWorld): Promise<Checked> {
  const { readers, store, mails, clock, log, policy, account } = world;
  const now = clock.now();
  const before = await store.load(account);
  const read = await readAll(readers, policy, now, log);
  const events = readingOf(read['key-events']);
  const waitingSince =
    events === null ? (before?.waitingSince ?? null) : waitingFrom(before?.waitingSince ?? null, events, now);
  const noSignOffSince = missingSince(before, read['sign-off'], now);
  const watchingSince = before?.watchingSince ?? now;
  const results = judged(read, { ...world, watchingSince, waitingSince, noSignOffSince, now });
  const { open, news } = afterRun(before?.open ?? [], results, now);
  const all = Object.values(results);
  const state: HealthState = {
    ...before,
    watchingSince,
    checkedAt: now,
    waitingSince,
    noSignOffSince,
    lastKeyEvent: events === null ? (before?.lastKeyEvent ?? null) : events.handledAt,
    checks: all.length,
    fine: all.filter(({ result }) => result === 'fine').length,
    open,
  };
  await tell(mails, news, state, policy, account, now);
  await keepSubscriptions(world, read, now);
  await keepSample(world, read, now);
  await store.keep(account, state);
  log.count('HealthChecked');
  return {
    checks: state.checks,
    fine: state.fine,
    began: news.began.length,
    ended: news.ended.length,
  };
}

/** Since when there is no state of sign-offs. A reading that failed says nothing about it. */
function missingSince(
  before: HealthState | null,
  read: Read<'sign-off'> | undefined,
  now: Instant,
): Instant | null {
  const known = before?.noSignOffSince ?? null;
  return read !== undefined && 'read' in read ? missingFrom(known, read.read, now) : known;
}

function judged(read: AllRead, context: HealthContext): Results {
  return Object.fromEntries(
    (Object.keys(read) as Check[]).map((check) => [check, judgedOne(check, read, context)]),
  );
}

function judgedOne<C extends Check>(check: C, all: AllRead, context: HealthContext): Result {
  const read = all[check] as Read<C>;
  return 'why' in read ? { result: 'could-not-check', why: read.why } : resultOf(check, read.read, context);
}

async function tell(
  mails: OperatorMails,
  news: HealthNews,
  state: HealthState,
  policy: Policy,
  account: string,
  now: Instant,
): Promise<void> {
  if (news.began.length > 0 || news.ended.length > 0) {
    await mails.send(healthMail(news, state, policy, account, now));
  }
}

/** States that could not be read keep the time of the check in which they were. */
async function keepSubscriptions(
  { store, policy, account }: HealthWorld,
  read: AllRead,
  now: Instant,
): Promise<void> {
  const all = readingOf(read.subscriptions);
  if (all !== null) {
    const before = (await store.subscriptions(account))?.addresses ?? {};
    await store.keepSubscriptions(account, subscriptionStates(before, policy.approvers, all, now), now);
  }
}

/** A sample that was drawn in this run is good for a day. */
async function keepSample({ store, account }: HealthWorld, read: AllRead, now: Instant): Promise<void> {
  const sample = readingOf(read.records);
  if (sample !== null && sample.at === now && sample.users > 0) {
    await store.keepSample(account, sample);
  }
}

function readingOf<T>(read: { readonly read: T } | { readonly why: NotReadWhy } | undefined): T | null {
  return read !== undefined && 'read' in read ? read.read : null;
}
