import { latestEnd } from '../case/exception.ts';
import { type Day, daysAfter, isDay, lastMinute } from '../model/calendar.ts';
import type { Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { type Zone, zoneDay } from '../model/zone.ts';
import type { Mistake } from './choice.ts';

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

/** The moment at which a chosen day ends, or the mistake in it. */
export function judgeDay(
  text: string,
  days: Days,
): { readonly until: Instant } | { readonly mistake: Mistake } {
  const day = text.trim();
  if (day === '') {
    return { mistake: { field: 'until', code: 'no-date' } };
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) {
    return { mistake: { field: 'until', code: 'not-a-date', days } };
  }
  const until = isDay(day) ? lastMinute(day, days.zone) : null;
  if (until === null) {
    return { mistake: { field: 'until', code: 'no-such-day' } };
  }
  return day < days.first || day > days.last
    ? { mistake: { field: 'until', code: 'outside', days } }
    : { until };
}
