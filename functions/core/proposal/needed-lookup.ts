import { type Case, keysOff } from '../case/case.ts';
import { graceInForce } from '../case/dates.ts';
import type { Decision } from '../case/decision.ts';
import { ECHO } from '../case/deletion.ts';
import type { Policy } from '../model/policy.ts';
import { DAY, HOUR, type Instant, plus, type Seconds } from '../model/time.ts';
import { isRegion } from '../usage/regions.ts';
import type { Lookup } from '../usage/usage.ts';
import type { UsageQuestion, UserUsage } from '../usage/user-usage.ts';

/** A lookup is repeated after this time while nobody has decided. */
const STALE: Seconds = 3 * DAY;

/**
 * While keys are inactive their work moves, so a lookup is repeated this often in a grace period. It is recent for no longer
 * than half a day, and at least for this multiple of `settle`: lookups of all users wait for each other.
 */
const IN_GRACE = 14;
const STALE_IN_GRACE: Seconds = 12 * HOUR;
const RECENT_AT_LEAST = 60;

/** CloudTrail shows a call after this multiple of `settle` at the latest: 15 minutes by default. */
const HISTORY_LAG = 15;

/** A lookup that failed is repeated with the next evaluation after this time. */
const RETRY: Seconds = HOUR;

/**
 * The lookup that an open case needs now; null if it has one that is recent enough, or needs none. All keys are looked up
 * together, because they are compared.
 */
export function neededLookup(
  current: Case,
  stored: UserUsage | null,
  policy: Pick<Policy, 'usage' | 'grace' | 'settle'>,
  now: Instant,
): UsageQuestion | null {
  const { usage } = policy;
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
  const age = decision === null ? STALE : freshInGrace(decision, policy);
  const isRecent =
    stored !== null &&
    now < plus(stored.at, failed ? Math.min(RETRY, age) : age) &&
    !keysOff(current).some(
      ({ since }) => now >= shownFrom(since, policy) && stored.at < shownFrom(since, policy),
    );
  return isRecent && complete ? null : { account, userId, keys: questions };
}

/** The time for which a lookup counts as recent while keys are inactive. */
export function freshInGrace(decision: Decision, policy: Pick<Policy, 'grace' | 'settle'>): Seconds {
  const share = graceInForce(decision, policy) / IN_GRACE;
  return Math.min(STALE_IN_GRACE, Math.max(RECENT_AT_LEAST * policy.settle, share));
}

/** The time from which a lookup shows every call that was made until the deactivation of a key. */
export function shownFrom(since: Instant, { settle }: Pick<Policy, 'settle'>): Instant {
  return plus(since, HISTORY_LAG * settle);
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
