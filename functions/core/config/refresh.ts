import type { ConfigView } from '../model/policy.ts';
import { type Instant, MINUTE, plus, type Seconds, secondsBetween } from '../model/time.ts';

/** The latest run of the rule that we requested, and the number of runs requested on that day (UTC). */
export interface Refreshed {
  readonly at: Instant;
  /** For example `2026-11-30`. */
  readonly day: string;
  readonly runs: number;
}

/**
 * The answer to a request to run the rule. `shown`: a run that began after the change covers it. `wait`: too soon
 * after the last one; try again in this many seconds. `spent`: today's runs are used up, and the rule's own schedule
 * must do.
 */
export type RefreshTurn =
  | { readonly turn: 'shown' }
  | { readonly turn: 'wait'; readonly seconds: Seconds }
  | { readonly turn: 'spent' }
  | { readonly turn: 'start'; readonly next: Refreshed };

/**
 * Maximum number of times a request is sent again. Lambda stops a chain of about 16 invocations of a function by its
 * own messages; the evaluations that led to the request use at most six of them, and this leaves the rest
 * (docs/adr/005).
 */
export const MOST_HOPS = 8;

/** The maximum delay in SQS, which is also the maximum duration of a run of the rule. */
const LONGEST_PAUSE = 15 * MINUTE;

/**
 * Delay before a request is sent again while the rule is running. It doubles each time, so that the requests outlast
 * more than one run.
 */
export function busyPause({ refreshEvery }: ConfigView, hops: number): Seconds {
  return Math.min(refreshEvery * 2 ** hops, LONGEST_PAUSE);
}

/** Decides what to do about a result that changed at `since`. */
export function refreshTurn(
  last: Refreshed | null,
  since: Instant,
  now: Instant,
  { refreshEvery, maxRunsPerDay }: ConfigView,
): RefreshTurn {
  if (last !== null && last.at > since) {
    return { turn: 'shown' };
  }
  const today = now.slice(0, 10);
  const runs = last?.day === today ? last.runs : 0;
  if (runs >= maxRunsPerDay) {
    return { turn: 'spent' };
  }
  const free = last === null ? now : plus(last.at, refreshEvery);
  if (now < free) {
    return { turn: 'wait', seconds: secondsBetween(now, free) };
  }
  return { turn: 'start', next: { at: now, day: today, runs: runs + 1 } };
}
