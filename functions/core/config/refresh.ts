import type { ConfigView } from '../model/policy.ts';
import { type Instant, MINUTE, plus, type Seconds, secondsBetween } from '../model/time.ts';

/** When AWS Config was last asked to run our rule, and how often on that day (UTC). */
export interface Refreshed {
  readonly at: Instant;
  /** `2026-11-30` */
  readonly day: string;
  readonly runs: number;
}

/**
 * What follows from a wish to have the rule run. `shown`: a run that began after the change shows it. `wait`: too soon
 * after the last one, in seconds. `spent`: today's runs are used up, and the rule's own schedule has to do.
 */
export type RefreshTurn =
  | { readonly turn: 'shown' }
  | { readonly turn: 'wait'; readonly seconds: Seconds }
  | { readonly turn: 'spent' }
  | { readonly turn: 'start'; readonly next: Refreshed };

/**
 * How often a wish is sent on, at most. Lambda stops a function that its own messages ran some 16 times in a row: a look
 * that led to the wish took six of these at the most, and this leaves the rest (docs/adr/005).
 */
export const MOST_HOPS = 8;

/** As long as SQS holds a message back, and as long as a run of the rule takes at most. */
const LONGEST_PAUSE = 15 * MINUTE;

/** How long a wish rests when the rule is busy: ever longer, so that its hops outlast more than one run. */
export function busyPause({ refreshEvery }: ConfigView, hops: number): Seconds {
  return Math.min(refreshEvery * 2 ** hops, LONGEST_PAUSE);
}

/** Whose turn it is, when a verdict changed at `since`. */
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
