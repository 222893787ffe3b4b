import { latestEnd } from '../case/exception.ts';
import { type Day, daysAfter, lastMinute } from '../model/calendar.ts';
import type { Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
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
  const end = latestEnd(now, policy);
  const day = zoneDay(end, zone);
  const last = (lastMinute(day, zone) ?? end) > end ? daysAfter(day, -1) : day;
  return first > last ? null : { first, last, zone };
}
