import type { Case } from '../case/case.ts';
import { budgetWait } from '../case/dates.ts';
import type { Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { clock, counted } from './words.ts';

/** The hourly limit of changes as part of a sentence: `at most 20 keys are changed an hour, the oldest decision first`. */
export function hourlyLimit({ changesPerHour }: Pick<Policy, 'changesPerHour'>): string {
  return `at most ${counted(changesPerHour, 'key')} ${changesPerHour === 1 ? 'is' : 'are'} changed an hour, the oldest decision first`;
}

/** Until when a decided case waits because of the hourly limit, as part of a sentence; null if it does not. */
export function waitsForBudget(
  { decision }: Pick<Case, 'decision'>,
  { digest }: Pick<Policy, 'digest'>,
  now: Instant,
): string | null {
  const until = decision === null ? null : budgetWait(decision, now);
  return until === null ? null : `waits until ${clock(until, digest.zone)} or later for the hourly limit`;
}
