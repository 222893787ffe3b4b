import { DAY, epochMillis, HOUR, type Instant, instantOf, MINUTE, plus, utcParts } from './time.ts';

/** A time zone's name in the IANA database: `Europe/Berlin`, `UTC`. */
export type Zone = string;

/** The zone of everything that is stored, and of texts for programs and terminals. */
export const UTC: Zone = 'UTC';

/** A time of day on a zone's clocks: `hour` 0 to 23, `minute` 0 to 59. */
export interface ClockTime {
  readonly hour: number;
  readonly minute: number;
}

/** True if this runtime knows a zone of that name. An offset (`+01:00`) is no name: its clocks never change. */
export function isZone(name: string): boolean {
  try {
    return /^[A-Z]/i.test(formatter(name).resolvedOptions().timeZone);
  } catch {
    return false;
  }
}

/**
 * The first instant after `at` at which the clocks of the zone show this time. Where they skip it, as on the day on which
 * summer time begins, it comes as much later as they were put forward; where they show it twice, only the first counts.
 */
export function nextDaily(at: Instant, time: ClockTime, zone: Zone): Instant {
  const today = zoneDay(at, zone);
  let noon = plus(`${today}T12:00:00.000Z`, -DAY);
  let next = onDay(noon, time, zone);
  while (next <= at) {
    noon = plus(noon, DAY);
    next = onDay(noon, time, zone);
  }
  return next;
}

/** A stretch of time from `from` until before `to`. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * The spans in which the clocks of the zone show this day (`2026-11-23`) and a time from `from` until before `to`, which may be
 * 24:00. That is one span, but on a day on which the clocks are changed it may be none (they skip all of it) or two (they show a
 * part of it twice).
 */
export function clockSpans(day: string, from: ClockTime, to: ClockTime, zone: Zone): Span[] {
  const midnight = `${day}T00:00:00.000Z`;
  const [start, end] = [plus(midnight, secondsOf(from)), plus(midnight, secondsOf(to))];
  // No offset is larger than a day, so the one instant is before the span and the other one after it.
  const [earlier, later] = [plus(start, -DAY), plus(end, DAY)];
  const [before, after] = [offsetAt(earlier, zone), offsetAt(later, zone)];
  if (before === after) {
    return [{ from: minus(start, before), to: minus(end, before) }];
  }
  const changed = clocksChanged(earlier, later, zone);
  const first = { from: minus(start, before), to: least(minus(end, before), changed) };
  const second = { from: most(minus(start, after), changed), to: minus(end, after) };
  return first.to === second.from && first.from < first.to && second.from < second.to
    ? [{ from: first.from, to: second.to }]
    : [first, second].filter((span) => span.from < span.to);
}

/** The minute at which the clocks of the zone were changed, between two instants at which they differ. */
function clocksChanged(earlier: Instant, later: Instant, zone: Zone): Instant {
  const before = offsetAt(earlier, zone);
  const step = MINUTE * 1000;
  let [from, to] = [epochMillis(earlier), epochMillis(later)];
  while (to - from > step) {
    const middle = from + Math.floor((to - from) / 2 / step) * step;
    [from, to] = offsetAt(instantOf(middle), zone) === before ? [middle, to] : [from, middle];
  }
  return instantOf(to);
}

function secondsOf({ hour, minute }: ClockTime): number {
  return hour * HOUR + minute * MINUTE;
}

function least(a: Instant, b: Instant): Instant {
  return a < b ? a : b;
}

function most(a: Instant, b: Instant): Instant {
  return a < b ? b : a;
}

/** Calendar and clock of the zone at an instant. */
export function inZone(at: Instant, zone: Zone): ReturnType<typeof utcParts> {
  return utcParts(wallOf(at, zone));
}

/** The day that the zone's calendar shows at an instant: `2026-11-23`. */
export function zoneDay(at: Instant, zone: Zone): string {
  return wallOf(at, zone).slice(0, 10);
}

/** The instant of that time on the day of `noon`. */
function onDay(noon: Instant, { hour, minute }: ClockTime, zone: Zone): Instant {
  const two = (part: number) => String(part).padStart(2, '0');
  const wanted = `${noon.slice(0, 10)}T${two(hour)}:${two(minute)}:00.000Z`;
  // The clocks change at most once in two days, so one of the two offsets around it is the right one.
  const before = minus(wanted, offsetAt(plus(wanted, -DAY), zone));
  const after = minus(wanted, offsetAt(plus(wanted, DAY), zone));
  return wallOf(before, zone) !== wanted && wallOf(after, zone) === wanted ? after : before;
}

function minus(at: Instant, milliseconds: number): Instant {
  return instantOf(epochMillis(at) - milliseconds);
}

/** By how many milliseconds the zone's clocks are ahead of UTC. */
function offsetAt(at: Instant, zone: Zone): number {
  return epochMillis(wallOf(at, zone)) - epochMillis(at);
}

/** The zone's calendar and clocks at an instant, written as if it were UTC. */
function wallOf(at: Instant, zone: Zone): Instant {
  const { year, month, day, hour, minute, second } = partsAt(at, zone);
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${at.slice(19)}`;
}

const PART = {
  day: '2-digit',
  month: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
} as const;

type Shown = Readonly<Record<'year' | keyof typeof PART, string>>;

function partsAt(at: Instant, zone: Zone): Shown {
  const parts = formatter(zone).formatToParts(epochMillis(at));
  return Object.fromEntries(parts.map(({ type, value }) => [type, value])) as Shown;
}

/** A formatter is slow to make, and a digest or a list words hundreds of times. */
const FORMATTERS = new Map<Zone, Intl.DateTimeFormat>();

function formatter(zone: Zone): Intl.DateTimeFormat {
  const made =
    FORMATTERS.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      ...PART,
      year: 'numeric',
      timeZone: zone,
      calendar: 'gregory',
      hourCycle: 'h23',
    });
  FORMATTERS.set(zone, made);
  return made;
}
