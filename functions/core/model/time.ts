/**
 * A moment in UTC as ISO 8601 with milliseconds, `2026-11-23T14:05:00.000Z`. One fixed format, so that
 * comparing the strings compares the moments and tables and history stay readable.
 */
export type Instant = string;

/** A length of time in seconds. Settings and pages write ISO 8601 durations; the core only knows this. */
export type Seconds = number;

export const MINUTE: Seconds = 60;
export const HOUR: Seconds = 3600;
export const DAY: Seconds = 86_400;

/** The instant for a number of milliseconds since 1970 (the only door from clocks into the core). */
export function instantOf(epochMillis: number): Instant {
  return new Date(epochMillis).toISOString();
}

/** Milliseconds since 1970 of an instant. */
export function epochMillis(at: Instant): number {
  return Date.parse(at);
}

/** The instant `seconds` after `at` (before it when negative). */
export function plus(at: Instant, seconds: Seconds): Instant {
  return instantOf(epochMillis(at) + Math.round(seconds * 1000));
}

/** Seconds from `from` to `to`; negative when `to` is earlier. */
export function secondsBetween(from: Instant, to: Instant): Seconds {
  return (epochMillis(to) - epochMillis(from)) / 1000;
}

/** The earliest of some instants, ignoring those that are null; null when none is left. */
export function earliest(...instants: (Instant | null)[]): Instant | null {
  return instants.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null);
}

/** The latest of some instants. */
export function latest(first: Instant, ...others: (Instant | null)[]): Instant {
  return others.reduce<Instant>((a, b) => (b !== null && b > a ? b : a), first);
}

/** The parts of an instant as a UTC calendar and clock show them. Month from 0. */
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

/** The clock hour (UTC) of an instant, `2026-11-23T14`. */
export function hourOf(at: Instant): string {
  return at.slice(0, 13);
}

/** When the next clock hour begins. */
export function hourAfter(at: Instant): Instant {
  return plus(`${hourOf(at)}:00:00.000Z`, HOUR);
}
