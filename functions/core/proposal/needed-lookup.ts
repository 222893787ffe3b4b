import type { Case } from '../case/case.ts';
import type { Policy } from '../model/policy.ts';
import { DAY, HOUR, type Instant, plus, type Seconds } from '../model/time.ts';
import { isRegion } from '../usage/regions.ts';
import type { UsageQuestion, UserUsage } from '../usage/user-usage.ts';

/** A lookup is repeated after this time, and sooner while keys are inactive, because then their work moves. */
const STALE: Seconds = 3 * DAY;
const STALE_IN_GRACE: Seconds = 12 * HOUR;

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
  const known = new Map((stored?.keys ?? []).map((one) => [one.keyId, one.lookup.kind]));
  const complete = keys.every(({ id }) => known.has(id));
  const failed = [...known.values()].includes('not-looked-up');
  const age = failed ? RETRY : decision === null ? STALE : STALE_IN_GRACE;
  if (stored !== null && complete && now < plus(stored.at, age)) {
    return null;
  }
  return {
    account,
    userId,
    keys: keys.map(({ id, created, lastUsed }) => {
      const seen = lastUsed.kind === 'used' ? [lastUsed.region] : [];
      return { keyId: id, created, regions: [...new Set([...seen, ...usage])].filter(isRegion) };
    }),
  };
}
