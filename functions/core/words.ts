import type { LastUsed } from './model.ts';
import { DAY, HOUR, type Instant, MINUTE, type Seconds, secondsBetween, utcParts } from './time.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `30 Nov 2026`, in UTC. */
export function day(at: Instant): string {
  const { day: number, month, year } = utcParts(at);
  return `${number} ${MONTHS[month]} ${year}`;
}

/** `30 Nov 2026, 14:06 UTC`. */
export function moment(at: Instant): string {
  return `${day(at)}, ${utcParts(at).clock} UTC`;
}

const UNITS: readonly [Seconds, string][] = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
  [1, 'second'],
];

/** A length of time in its largest unit that leaves no rest worth a word: `7 days`, `36 hours`, `90 minutes`. */
export function inWords(seconds: Seconds): string {
  const whole = Math.max(0, Math.round(seconds));
  const [size, name] = UNITS.find(([unit]) => whole >= unit && whole % unit === 0) ?? [1, 'second'];
  return counted(whole / size, name);
}

/** How far away an instant is, roughly: `in 6 days`, `3 hours ago`, `just now`. */
export function fromNow(at: Instant, now: Instant): string {
  const seconds = secondsBetween(now, at);
  const distance = Math.abs(seconds);
  if (distance < 1) return 'just now';
  const [size, name] = UNITS.find(([unit]) => distance >= unit) ?? [1, 'second'];
  const text = counted(Math.floor(distance / size), name);
  return seconds > 0 ? `in ${text}` : `${text} ago`;
}

function counted(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

/** When and for what a key was last used. On a young key "never" proves little, because IAM reports late. */
export function lastUse(lastUsed: LastUsed, created: Instant, now: Instant): string {
  switch (lastUsed.kind) {
    case 'not-read':
      return 'not looked up';
    case 'never':
      return secondsBetween(created, now) < DAY
        ? `not yet (made ${fromNow(created, now)}; IAM reports uses late)`
        : 'never';
    case 'used':
      return `${usedOn(lastUsed.at, now)}, ${service(lastUsed.service, lastUsed.region)}`;
  }
}

function usedOn(at: Instant, now: Instant): string {
  return day(at) === day(now) ? `today ${utcParts(at).clock} UTC` : `${day(at)} (${fromNow(at, now)})`;
}

/** A service with its region; IAM says N/A for services that have none. Both come from outside. */
export function service(name: string, region: string): string {
  const what = name === 'N/A' ? 'service unknown' : printable(name, 40).toUpperCase();
  return region === 'N/A' ? what : `${what} in ${printable(region, 30)}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** A text from outside on one line of printable ASCII, cut to `max` characters. */
export function printable(text: string, max: number): string {
  const plain = text.replace(/[^\x20-\x7e]+/g, '?');
  return plain.length > max ? `${plain.slice(0, max - 3)}...` : plain;
}
