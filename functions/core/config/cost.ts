import { DAY, HOUR, type Seconds } from '../model/time.ts';
import { grouped } from '../words/words.ts';
import { PUT_AGAIN_AFTER } from './needs-update.ts';

/** AWS Config's price per evaluation, in dollars, up to this number of evaluations a month. */
export interface Tier {
  readonly upTo: number;
  readonly dollars: number;
}

/**
 * AWS Config's prices for rule evaluations in us-east-1, per account, region and month. The first price and the
 * tiers' limits are from AWS's pricing page and price list (stored copies of 2019 and 2025, read in 2026-11); the
 * second and third price are from memory. Check https://aws.amazon.com/config/pricing/ before you rely on them.
 */
export const TIERS: readonly Tier[] = [
  { upTo: 100_000, dollars: 0.001 },
  { upTo: 500_000, dollars: 0.0008 },
  { upTo: Number.POSITIVE_INFINITY, dollars: 0.0005 },
];

/** The properties of an account on which the number of evaluations depends. */
export interface Load {
  /** IAM users with at least one key. */
  readonly users: number;
  /**
   * Share of the users with several active keys. Their annotation contains the day of the last use, so it changes
   * daily.
   */
  readonly violating: number;
  /** Share of the other users whose compliance type or annotation changes on a day. */
  readonly changing: number;
  /** Interval at which AWS Config runs the rule. */
  readonly every: Seconds;
}

/** Assumptions about an unknown account. They are high, so that the real bill is rather lower. */
export const ASSUMED: Pick<Load, 'violating' | 'changing'> = { violating: 0.02, changing: 0.02 };

const DAYS_A_MONTH = 30.4;

/**
 * Evaluations in a month: those that changed, and all of them once in thirty days. The interval of the rule matters only
 * because a result is due only at the next run.
 */
export function evaluationsAMonth({ users, violating, changing, every }: Load): number {
  const daily = users * violating;
  const others = users - daily;
  const perUser = DAY / shownFor(every) + changing;
  return whole((daily + others * perUser) * DAYS_A_MONTH);
}

/** Longest time for which AWS Config shows an unchanged result: until the first run at which it is due again. */
function shownFor(every: Seconds): Seconds {
  return Math.ceil(PUT_AGAIN_AFTER / every) * every;
}

/** Evaluations in a month if every run reported every user, as rules usually do. */
export function naiveEvaluationsAMonth({ users, every }: Load): number {
  return whole((users * DAY * DAYS_A_MONTH) / every);
}

/** AWS Config's price for this many evaluations in one month, in dollars. */
export function dollarsFor(evaluations: number): number {
  let from = 0;
  let sum = 0;
  for (const { upTo, dollars } of TIERS) {
    sum += Math.max(0, Math.min(evaluations, upTo) - from) * dollars;
    from = upTo;
  }
  return sum;
}

/** A Markdown table with one row for each account size and schedule, as shown in docs/cost.md. */
export function costTable(sizes: readonly number[], schedules: readonly Seconds[]): string {
  const rows = schedules.flatMap((every) => sizes.map((users) => row({ ...ASSUMED, users, every })));
  return [
    '| users with keys | the rule runs every | evaluations a month | dollars | all users at every run | dollars |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function row(load: Load): string {
  const put = evaluationsAMonth(load);
  const naive = naiveEvaluationsAMonth(load);
  const hours = load.every / HOUR;
  const every = hours === 1 ? 'hour' : `${hours} hours`;
  const cells = [grouped(load.users), every, grouped(put), money(put), grouped(naive), money(naive)];
  return `| ${cells.join(' | ')} |`;
}

/** Rounds up, but ignores floating-point errors. */
function whole(count: number): number {
  return Math.max(0, Math.ceil(count - 1e-6));
}

function money(evaluations: number): string {
  const [whole = '', cents = ''] = dollarsFor(evaluations).toFixed(2).split('.');
  return `${grouped(Number(whole))}.${cents}`;
}
