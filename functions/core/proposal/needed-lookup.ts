import { type Case, keysOff } from '../case/case.ts';
import { ECHO } from '../case/deletion.ts';
import type { Policy } from '../model/policy.ts';
import { DAY, HOUR, type Instant, plus, type Seconds } from '../model/time.ts';
import { isRegion } from '../usage/regions.ts';
import type { Lookup } from '../usage/usage.ts';
import type { UsageQuestion, UserUsage } from '../usage/user-usage.ts';

/** A lookup is repeated after this time, and sooner while keys are inactive, because then their work moves. */
const STALE: Seconds = 3 * DAY;
export const STALE_IN_GRACE: Seconds = 12 * HOUR;

/** A lookup that failed is repeated with the next evaluation after this time. */
const RETRY: Seconds = HOUR;

/**
 * The lookup that an open case needs now; null if it has one that is recent enough, or needs none. All keys are looked up
 * together, because they are compared.
 */
export function neededLookup(
  current: Case,
  stored: UserUsage | null,
  { usage }: Pick<Policy, 'usage'>,
  now: Instant,
): UsageQuestion | null {
  const { account, userId, keys, phase, decision } = current;
  if (usage === null || phase === 'closed' || phase === 'excluded' || keys.length === 0) {
    return null;
  }
  const questions = keys.map(({ id, created, lastUsed }) => {
    const seen = lastUsed.kind === 'used' ? [lastUsed.region] : [];
    const regions = [...new Set([...seen, ...usage])].filter(isRegion);
    return { keyId: id, created, ...endOf(current, id, now), regions };
  });
  const known = new Map((stored?.keys ?? []).map((one) => [one.keyId, one.lookup]));
  const complete = questions.every(({ keyId, regions }) => covers(known.get(keyId), regions));
  const failed = [...known.values()].some(({ kind }) => kind === 'not-looked-up');
  const age = failed ? RETRY : decision === null ? STALE : STALE_IN_GRACE;
  return stored !== null && complete && now < plus(stored.at, age)
    ? null
    : { account, userId, keys: questions };
}

/** The end of the uses of a key that we deactivated, so that samples of them do not grow thinner from day to day. */
function endOf(current: Case, keyId: string, now: Instant): { readonly ended?: Instant } {
  const ended = keysOff(current).find(({ id }) => id === keyId)?.since;
  return ended === undefined || now < plus(ended, ECHO) ? {} : { ended: plus(ended, ECHO) };
}

/** True if a lookup was about these Regions, or failed, which is tried again in time. */
function covers(lookup: Lookup | undefined, regions: readonly string[]): boolean {
  if (lookup?.kind !== 'looked-up') {
    return lookup !== undefined;
  }
  const { regions: read } = lookup;
  return read === undefined || regions.every((region) => read.includes(region));
}
