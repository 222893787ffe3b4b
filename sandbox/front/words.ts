const count = (number: number, unit: string): string => `${number} ${unit}${number === 1 ? '' : 's'}`;

/** A duration from the settings in words: `PT5M` is `5 minutes`, `P1DT12H` is `1 day 12 hours`. */
export function inWords(duration: string): string {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration)?.slice(1) ?? [];
  const units = ['day', 'hour', 'minute', 'second'];
  const words = parts.flatMap((part, place) =>
    part === undefined ? [] : count(Number(part), units[place] ?? ''),
  );
  return words.length === 0 ? duration : words.join(' ');
}

/** A time of day with its age: `14:04:43 UTC (2 minutes ago)`. Arguments are milliseconds since 1970. */
export function timeAndAge(at: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - at) / 1_000));
  const age =
    seconds < 60
      ? count(seconds, 'second')
      : seconds < 3_600
        ? count(Math.round(seconds / 60), 'minute')
        : count(Math.round(seconds / 3_600), 'hour');
  return `${new Date(at).toISOString().slice(11, 19)} UTC (${age} ago)`;
}
