import type { Day } from '../model/calendar.ts';
import type { LastUsed, ObservedKey, Use } from '../model/observation.ts';
import { DAY, HOUR, type Instant, MINUTE, type Seconds, secondsBetween, utcParts } from '../model/time.ts';
import { inZone, UTC, type Zone } from '../model/zone.ts';
import { serviceName } from './service-names.ts';
import { unlinked } from './unlinked.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Day and month in UTC, if the year is obvious: `30 Nov`. */
export function dayAndMonth(at: Instant): string {
  const { day: number, month } = utcParts(at);
  return `${number} ${MONTHS[month]}`;
}

/** The day in UTC: `30 Nov 2026`. */
export function day(at: Instant): string {
  return `${dayAndMonth(at)} ${utcParts(at).year}`;
}

/** A day of the calendar: `30 Nov 2026`. */
export function calendarDay(date: Day): string {
  return day(`${date}T00:00:00.000Z`);
}

/** The time of day in UTC: `14:06 UTC`. */
export function timeOfDay(at: Instant): string {
  return `${utcParts(at).clock} UTC`;
}

/** The minute in UTC, and on the zone's clocks if they differ: `30 Nov 2026, 14:06 UTC (15:06 in Europe/Berlin)`. */
export function moment(at: Instant, zone: Zone): string {
  return `${day(at)}, ${clock(at, zone)}`;
}

/** A minute with its distance: `30 Nov 2026, 14:06 UTC (in 6 days)`, `... UTC (15:06 in Europe/Berlin, in 6 days)`. */
export function momentFromNow(at: Instant, now: Instant, zone: Zone): string {
  return `${day(at)}, ${timeOfDay(at)} (${[...beside(at, zone), fromNow(at, now)].join(', ')})`;
}

/** The time of day: `14:06 UTC`, `14:06 UTC (15:06 in Europe/Berlin)`. */
export function clock(at: Instant, zone: Zone): string {
  const local = beside(at, zone).map((words) => ` (${words})`);
  return `${timeOfDay(at)}${local.join('')}`;
}

/**
 * The time on the zone's clocks, for beside the one in UTC: `15:06 in Europe/Berlin`, with the day if it is another one:
 * `1 Dec, 00:06 in Europe/Berlin`. Nothing where they show the same.
 */
function beside(at: Instant, zone: Zone): string[] {
  if (zone === UTC) {
    return [];
  }
  const local = inZone(at, zone);
  const utc = utcParts(at);
  const words = `${local.clock} in ${zone}`;
  if (local.day !== utc.day) {
    return [`${local.day} ${MONTHS[local.month]}, ${words}`];
  }
  return local.clock === utc.clock ? [] : [words];
}

/** True if two instants are on the same day in UTC. */
export function sameDay(a: Instant, b: Instant): boolean {
  return day(a) === day(b);
}

/** A number with its thousands apart: `5,000`. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A number with its noun: `1 day`, `3 days`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A length of time, rounded to one suitable unit: hours up to two days, then days. */
export function roughly(seconds: Seconds): string {
  if (Math.round(seconds) < MINUTE) {
    return counted(Math.round(seconds), 'second');
  }
  if (Math.round(seconds / MINUTE) < 60) {
    return counted(Math.round(seconds / MINUTE), 'minute');
  }
  if (Math.round(seconds / HOUR) < 48) {
    return counted(Math.round(seconds / HOUR), 'hour');
  }
  return counted(Math.round(seconds / DAY), 'day');
}

/** A difference of fewer seconds than this is `just now`. */
const JUST_NOW: Seconds = 2;

/** The distance of an instant from now: `in 6 days`, `43 days ago`, `in 40 seconds`, `just now`. */
export function fromNow(at: Instant, now: Instant): string {
  const ahead = secondsBetween(now, at);
  if (Math.abs(ahead) < JUST_NOW) {
    return 'just now';
  }
  return ahead > 0 ? `in ${roughly(ahead)}` : `${roughly(-ahead)} ago`;
}

const UNITS: readonly [Seconds, string][] = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
  [1, 'second'],
];

/** An exact length of time: `7 days`, `24 hours`, `36 hours`, `90 minutes`, `5 seconds`, `4 days and 1 minute`. */
export function inWords(length: Seconds): string {
  const seconds = Math.round(length);
  if (seconds === DAY) {
    return '24 hours';
  }
  const exact = UNITS.find(([unit]) => seconds % unit === 0 && seconds >= unit && seconds / unit < 400);
  if (exact !== undefined) {
    return counted(seconds / exact[0], exact[1]);
  }
  let rest = seconds;
  const parts = UNITS.flatMap(([unit, noun]) => {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    return count === 0 ? [] : [counted(count, noun)];
  });
  return parts.length === 0 ? '0 seconds' : list(parts);
}

/** `1st`, `2nd`, `3rd`, `4th`, `11th`, `21st`. */
export function ordinal(count: number): string {
  const teen = count % 100 >= 11 && count % 100 <= 13;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${ending}`;
}

/** `S3 in eu-west-1`, `DynamoDB`; empty if IAM names neither. */
export function whereUsed({
  service,
  region,
}: {
  readonly service: string;
  readonly region: string;
}): string {
  return (
    [serviceName(service), region]
      .filter((text) => text !== 'N/A')
      // No service or Region has a dot, so this changes only what somebody else has stored.
      .map((text) => unlinked(printable(text, 40).trim()))
      .filter((text) => text !== '')
      .join(' in ')
  );
}

/** A key's last use as IAM reports it. For a young key without a use the words say that this proves nothing. */
export function lastUse(lastUsed: LastUsed, created: Instant, now: Instant, zone: Zone): string {
  if (lastUsed.kind === 'not-read') {
    return lastUsed.known === undefined
      ? 'unknown'
      : `unknown now; before: ${use(lastUsed.known, now, zone)}`;
  }
  if (lastUsed.kind === 'never') {
    return secondsBetween(created, now) < DAY
      ? `not used yet (created ${fromNow(created, now)}; IAM may lag)`
      : 'never';
  }
  return use(lastUsed, now, zone);
}

/** `today 14:10 UTC, S3 in eu-west-1`. */
function use(used: Use, now: Instant, zone: Zone): string {
  return [whenUsed(used.at, now, zone), whereUsed(used)].filter((text) => text !== '').join(', ');
}

/** The time of a use: `today 14:10 UTC`, `today 14:10 UTC (15:10 in Europe/Berlin)`, `2 Aug 2026 (116 days ago)`. */
export function whenUsed(at: Instant, now: Instant, zone: Zone): string {
  return sameDay(at, now) ? `today ${clock(at, zone)}` : `${day(at)} (${fromNow(at, now)})`;
}

/**
 * The last use as part of a sentence: `last used today 14:10 UTC, S3 in eu-west-1`, `never used`, `last use unknown`.
 */
export function usedWords({ lastUsed, created }: ObservedKey, now: Instant, zone: Zone): string {
  const words = lastUse(lastUsed, created, now, zone);
  if (lastUsed.kind === 'not-read') {
    return `last use ${words}`;
  }
  if (lastUsed.kind === 'used') {
    return `last used ${words}`;
  }
  return words === 'never' ? 'never used' : words;
}

/** The ways in which a user can be excluded. The record does not say which one applies. */
export const EXCLUDED_HOW = 'by a tag, or by name in the settings';

/** `a`, `a and b`, `a, b and c`; empty for no items. */
export function list(items: readonly string[]): string {
  const head = items.slice(0, -1);
  const tail = items.slice(-1).join('');
  return head.length === 0 ? tail : `${head.join(', ')} and ${tail}`;
}

/**
 * A text that contains anything chosen by other people (names, tags, ARNs), as printable ASCII on one line: accents
 * and invisible characters are removed, line breaks become spaces, and every other character becomes `?`. At most
 * `max` characters, including `...` if it was cut.
 */
export function printable(text: string, max: number): string {
  const plain = text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]+/gu, '')
    .replace(/[\p{Zl}\p{Zp}\p{Cc}]+/gu, ' ')
    .replace(/[^\x20-\x7e]/gu, '?');
  return plain.length <= max ? plain : `${plain.slice(0, Math.max(0, max - 3))}...`.slice(0, max);
}
