import type { ConfigView } from './policy.ts';
import { type Instant, plus, type Seconds, secondsBetween } from './time.ts';

/** When AWS Config was last asked to run our rule, and how often on that day (UTC). */
export interface Refreshed {
  at: Instant;
  /** `2026-11-30` */
  day: string;
  runs: number;
}

/**
 * What follows from a wish to have the rule run. `shown`: a run that began after the change shows it. `wait`: too soon
 * after the last one, in seconds. `spent`: today's runs are used up, and the rule's own schedule has to do.
 */
export type RefreshTurn =
  | { turn: 'shown' }
  | { turn: 'wait'; seconds: Seconds }
  | { turn: 'spent' }
  | { turn: 'start'; next: Refreshed };

/** Whose turn it is, when a verdict changed at `since`. */
export function refreshTurn(
  last: Refreshed | null,
  since: Instant,
  now: Instant,
  { refreshEvery, maxRunsPerDay }: ConfigView,
): RefreshTurn {
  if (last !== null && last.at > since) return { turn: 'shown' };
  const today = now.slice(0, 10);
  const runs = last?.day === today ? last.runs : 0;
  if (runs >= maxRunsPerDay) return { turn: 'spent' };
  const free = last === null ? now : plus(last.at, refreshEvery);
  if (now < free) return { turn: 'wait', seconds: secondsBetween(now, free) };
  return { turn: 'start', next: { at: now, day: today, runs: runs + 1 } };
}
