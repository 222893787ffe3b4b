import { latestEnd } from '../case/exception.ts';
import { type Day, daysAfter } from '../model/calendar.ts';
import type { Policy } from '../model/policy.ts';
import { type Instant, MINUTE, plus } from '../model/time.ts';
import { type Zone, zoneDay } from '../model/zone.ts';

/** The days until whose end an answer may leave something as it is, both included, on the clocks of the zone. */
export interface Days {
  readonly first: Day;
  readonly last: Day;
  readonly zone: Zone;
}

/**
 * The days for an answer given now that leaves something as it is for longer than until `after`; null if there is none. The first
 * one is tomorrow at the earliest, so that an answer given just before midnight still takes effect.
 */
export function daysFor(
  now: Instant,
  after: Instant,
  { digest: { zone }, ...policy }: Pick<Policy, 'digest' | 'exceptionMaximum'>,
): Days | null {
  const first = daysAfter(zoneDay(after > now ? after : now, zone), 1);
  // A day has ended in its last minute if the minute after it is one of the next day.
  const last = daysAfter(zoneDay(plus(latestEnd(now, policy), MINUTE), zone), -1);
  return first > last ? null : { first, last, zone };
}
