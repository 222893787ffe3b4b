import type { ObservedKey, Use } from '../model/observation.ts';
import { DAY, HOUR, type Instant, plus, secondsBetween } from '../model/time.ts';
import type { Zone } from '../model/zone.ts';
import type { Family, KeyUsage } from '../usage/usage.ts';
import type { Style } from './style.ts';
import { consumerWords, originWords } from './usage.ts';
import { clock, fromNow, roughly, sameDay, whereUsed } from './words.ts';

/** IAM and CloudTrail speak of the same use if their times differ by no more than this. */
const SAME_USE = HOUR;

/**
 * The last use of a key and, if the event history shows it, its consumer: `used today at 14:02 UTC by GitHub Actions (S3,
 * eu-west-1)`, `not used for 43 days; then from 203.0.113.0/24 (boto3, STS)`. `usage` is undefined if nothing is known.
 */
export function keyUse(
  { lastUsed, created }: ObservedKey,
  usage: KeyUsage | undefined,
  now: Instant,
  zone: Zone,
  style: Style,
): string {
  const families = usage?.families ?? [];
  const seen = families.reduce<Family | null>((a, b) => (a !== null && a.last >= b.last ? a : b), null);
  const iam = lastUsed.kind === 'used' ? lastUsed : null;
  if (seen !== null && (iam === null || plus(seen.last, SAME_USE) >= iam.at)) {
    const at = iam !== null && iam.at > seen.last ? iam.at : seen.last;
    return usedBy(at, `${consumerWords(seen, style)}${others(families, style)}`, now, zone);
  }
  if (iam !== null) {
    return usedIn(iam, now, zone);
  }
  if (lastUsed.kind === 'not-read') {
    const before = lastUsed.known === undefined ? '' : `; before that ${usedIn(lastUsed.known, now, zone)}`;
    return `last use could not be read${before}`;
  }
  return secondsBetween(created, now) < DAY
    ? `created ${fromNow(created, now)}, not used yet (IAM may lag)`
    : `never used, created ${fromNow(created, now)}`;
}

/** ` and 1 other`: further places and programs that used the key. */
function others(families: readonly Family[], style: Style): string {
  const count = new Set(families.map((family) => originWords(family, style))).size - 1;
  return count === 0 ? '' : ` and ${count} other${count === 1 ? '' : 's'}`;
}

function usedBy(at: Instant, by: string, now: Instant, zone: Zone): string {
  const idle = idleFor(at, now);
  return idle === null ? `${usedWhen(at, now, zone)} ${by}` : `not used for ${idle}; then ${by}`;
}

/** A use of which only IAM knows: `used today at 14:02 UTC for S3 in eu-west-1`. */
function usedIn(used: Use, now: Instant, zone: Zone): string {
  const [idle, where] = [idleFor(used.at, now), whereUsed(used)];
  if (idle === null) {
    return `${usedWhen(used.at, now, zone)}${where === '' ? '' : ` for ${where}`}`;
  }
  return `not used for ${idle}${where === '' ? '' : ` (last: ${where})`}`;
}

/** The time without a use, if that is two days or more; null otherwise. */
function idleFor(at: Instant, now: Instant): string | null {
  const idle = secondsBetween(at, now);
  return idle < 2 * DAY ? null : roughly(idle);
}

function usedWhen(at: Instant, now: Instant, zone: Zone): string {
  return sameDay(at, now) ? `used today at ${clock(at, zone)}` : `used ${fromNow(at, now)}`;
}
