import { DAY, type Instant, plus, weekdayOf } from './time.ts';
import { type ClockTime, clockSpans, type Span, type Zone, zoneDay } from './zone.ts';

/** The days of the week as settings name them, in the order of {@link weekdayOf}. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** One of {@link WEEKDAYS}. */
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * *Change window*: the times at which keys may be deactivated and deleted (S8). It is open while the clocks of the zone show one of
 * these days and a time from `from` until before `to`, which is later than `from` and 24:00 at the latest.
 */
export interface ChangeWindow {
  readonly days: readonly Weekday[];
  readonly from: ClockTime;
  readonly to: ClockTime;
  readonly zone: Zone;
}

/** Nobody looks further ahead than this number of days. A window opens every week, and misses one if the clocks skip it. */
const AHEAD = 21;

/** The span in which the window is open at an instant, or else the next one. A window without a day never opens: its next span is empty. */
export function openingAt(at: Instant, { days, from, to, zone }: ChangeWindow): Span {
  const today = `${zoneDay(at, zone)}T00:00:00.000Z`;
  for (let ahead = 0; ahead <= AHEAD; ahead += 1) {
    const day = plus(today, ahead * DAY);
    const isListed = days.some((name) => WEEKDAYS.indexOf(name) === weekdayOf(day));
    const spans = isListed ? clockSpans(day.slice(0, 10), from, to, zone) : [];
    const found = spans.find((span) => span.to > at);
    if (found !== undefined) {
      return found;
    }
  }
  const never = plus(at, AHEAD * DAY);
  return { from: never, to: never };
}

/** True if the window is open at an instant. */
export function isOpenAt(at: Instant, window: ChangeWindow): boolean {
  return openingAt(at, window).from <= at;
}
