/**
 * A moment in UTC as ISO 8601 with milliseconds, `2026-11-23T14:05:00.000Z`. The format is fixed, so that comparing
 * the strings compares the moments, and tables and history stay readable.
 */
export type Instant = string;

/** A length of time in seconds. Settings and pages use ISO 8601 durations; the core uses only seconds. */
export type Seconds = number;

export const MINUTE: Seconds = 60;
export const HOUR: Seconds = 3600;
export const DAY: Seconds = 86_400;

/** The instant for a number of milliseconds since 1970. Every clock reading enters the core through it. */
export function instantOf(epochMillis: number): Instant {
  return new Date(epochMillis).toISOString();
}

/** Milliseconds from 1970 to an instant. */
export function epochMillis(at: Instant): number {
  return Date.parse(at);
}

/** The instant `seconds` after `at`, or before it if negative. */
export function plus(at: Instant, seconds: Seconds): Instant {
  return instantOf(epochMillis(at) + Math.round(seconds * 1000));
}

/** Seconds from `from` to `to`; negative if `to` is earlier. */
export function secondsBetween(from: Instant, to: Instant): Seconds {
  return (epochMillis(to) - epochMillis(from)) / 1000;
}

/** The earliest of the instants that are not null; null if there is none. */
export function earliest(...instants: (Instant | null)[]): Instant | null {
  return instants.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null);
}

/** The latest of the instants that are not null. */
export function latest(first: Instant, ...others: (Instant | null)[]): Instant {
  return others.reduce<Instant>((a, b) => (b !== null && b > a ? b : a), first);
}

/** The parts of an instant in UTC. `month` starts at 0. */
export function utcParts(at: Instant): {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly clock: string;
} {
  const date = new Date(at);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    clock: at.slice(11, 16),
  };
}

/** The day of the week of an instant in UTC: 0 for Monday to 6 for Sunday. */
export function weekdayOf(at: Instant): number {
  return (new Date(at).getUTCDay() + 6) % 7;
}

/** The clock hour of an instant (UTC), for example `2026-11-23T14`. */
export function hourOf(at: Instant): string {
  return at.slice(0, 13);
}

/** Start of the next clock hour (UTC). */
export function hourAfter(at: Instant): Instant {
  return plus(`${hourOf(at)}:00:00.000Z`, HOUR);
}
