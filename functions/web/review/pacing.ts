import type { Policy } from '../../core/model/policy.ts';
import { HOUR, hourAfter, type Instant, plus } from '../../core/model/time.ts';
import { hourlyLimit } from '../../core/words/budget.ts';
import { momentFromNow } from '../../core/words/words.ts';

/** The sentences on the hourly limit of changes for so many keys; none if they fit into an hour. */
export function pacing(
  keys: number,
  { changesPerHour, digest }: Pick<Policy, 'changesPerHour' | 'digest'>,
  now: Instant,
): string[] {
  if (keys <= changesPerHour || changesPerHour === 0) {
    return [];
  }
  const hours = Math.ceil(keys / changesPerHour) - 1;
  const last = plus(hourAfter(now), (hours - 1) * HOUR);
  return [
    `${capital(hourlyLimit({ changesPerHour }))}. The last of these waits until ${momentFromNow(last, now, digest.zone)} or later.`,
  ];
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
