/** Days of a zone's calendar, as people choose them. */
import { DAY, type Instant, MINUTE, plus } from './time.ts';
import { clockSpans, type Zone } from './zone.ts';

/** A day of the calendar: `2026-11-23`. */
export type Day = string;

/** True for the text of a day that the calendar has, such as `2028-02-29`, and false for `2027-02-29` and every other notation. */
export function isDay(text: string): boolean {
  const [, month, date] = /^(\d{4}-(?:0[1-9]|1[0-2]))-(\d{2})$/.exec(text) ?? [];
  return month !== undefined && daysAfter(`${month}-01`, Number(date) - 1) === text;
}

/** The day a number of days after another one. */
export function daysAfter(day: Day, days: number): Day {
  return plus(`${day}T00:00:00.000Z`, days * DAY).slice(0, 10);
}

const MIDNIGHT = { hour: 0, minute: 0 };
const NEXT_MIDNIGHT = { hour: 24, minute: 0 };

/**
 * The last minute of a day on the zone's clocks, usually 23:59; null if the calendar there left the day out. A minute before
 * midnight and not midnight itself, because people read the instant as a date.
 */
export function lastMinute(day: Day, zone: Zone): Instant | null {
  const [end] = clockSpans(day, MIDNIGHT, NEXT_MIDNIGHT, zone).slice(-1);
  return end === undefined ? null : plus(end.to, -MINUTE);
}
