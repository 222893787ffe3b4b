import { DAY, HOUR, type Seconds } from '../model/time.ts';
import { PUT_AGAIN_AFTER } from './needs-update.ts';

/** A price that AWS Config asks per evaluation, for evaluations of a month up to a number. */
export interface Tier {
  readonly upTo: number;
  readonly dollars: number;
}

/**
 * AWS Config's prices for rule evaluations in us-east-1, per account, region and month. The first price and the tiers'
 * bounds are from AWS's pricing page and price list (read in 2026-11 as stored copies of 2019 and 2025), the second and
 * third price from memory: look at https://aws.amazon.com/config/pricing/ before you rely on them.
 */
export const TIERS: readonly Tier[] = [
  { upTo: 100_000, dollars: 0.001 },
  { upTo: 500_000, dollars: 0.0008 },
  { upTo: Number.POSITIVE_INFINITY, dollars: 0.0005 },
];

/** An account, as far as the number of evaluations depends on it. */
export interface Load {
  /** IAM users with at least one key. */
  readonly users: number;
  /** Share of the users with several active keys; their annotation names the day of the last use, so it is new each day. */
  readonly violating: number;
  /** Share of the other users whose verdict or annotation changes in a day. */
  readonly changing: number;
  /** How often AWS Config starts the rule. */
  readonly every: Seconds;
}

/** What we assume of an account that we do not know: generous, so that the bill is rather lower. */
export const ASSUMED: Pick<Load, 'violating' | 'changing'> = { violating: 0.02, changing: 0.02 };

const DAYS_A_MONTH = 30.4;

/**
 * Evaluations that a month takes: what differs, and everything once a week. How often the rule runs matters only as the
 * week begins anew with a run.
 */
export function evaluationsAMonth({ users, violating, changing, every }: Load): number {
  const daily = users * violating;
  const others = users - daily;
  const perUser = DAY / shownFor(every) + changing;
  return whole((daily + others * perUser) * DAYS_A_MONTH);
}

/** How long Config shows what does not change until it is put again, at least: until the first run when it may be due. */
function shownFor(every: Seconds): Seconds {
  return Math.ceil(PUT_AGAIN_AFTER / every) * every;
}

/** Evaluations that a month would take if every run put every user, as rules usually do. */
export function naiveEvaluationsAMonth({ users, every }: Load): number {
  return whole((users * DAY * DAYS_A_MONTH) / every);
}

/** What AWS Config asks for so many evaluations in a month, in dollars. */
export function dollarsFor(evaluations: number): number {
  let from = 0;
  let sum = 0;
  for (const { upTo, dollars } of TIERS) {
    sum += Math.max(0, Math.min(evaluations, upTo) - from) * dollars;
    from = upTo;
  }
  return sum;
}

/** `| users | … |`, one row for each account size and schedule, as it stands in docs/cost.md. */
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

/** Rounded up; not by what a computer gets wrong in the last digits. */
function whole(count: number): number {
  return Math.max(0, Math.ceil(count - 1e-6));
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

function money(evaluations: number): string {
  const [whole = '', cents = ''] = dollarsFor(evaluations).toFixed(2).split('.');
  return `${grouped(Number(whole))}.${cents}`;
}
