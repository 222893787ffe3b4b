import { DAY, epochMillis, type Instant, instantOf, plus, utcParts } from './time.ts';

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
  const today = wallOf(at, zone).slice(0, 10);
  let noon = plus(`${today}T12:00:00.000Z`, -DAY);
  let next = onDay(noon, time, zone);
  while (next <= at) {
    noon = plus(noon, DAY);
    next = onDay(noon, time, zone);
  }
  return next;
}

/** Calendar and clock of the zone at an instant. */
export function inZone(at: Instant, zone: Zone): ReturnType<typeof utcParts> {
  return utcParts(wallOf(at, zone));
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
