import { type Case, keysOff } from '../case/case.ts';
import { graceInForce } from '../case/dates.ts';
import type { Decision } from '../case/decision.ts';
import { ECHO } from '../case/deletion.ts';
import type { Policy } from '../model/policy.ts';
import { DAY, HOUR, type Instant, plus, type Seconds } from '../model/time.ts';
import { isRegion, MOST_ASKED } from '../usage/regions.ts';
import type { Lookup } from '../usage/usage.ts';
import type { UsageQuestion, UserUsage } from '../usage/user-usage.ts';
import { type Work, workOf } from './unproved.ts';

/** A lookup is repeated after this time while nobody has decided. */
const STALE: Seconds = 3 * DAY;

/** The same while keys are inactive, because then their work moves. */
const STALE_IN_GRACE: Seconds = 12 * HOUR;

/**
 * While a deletion waits for a lookup, it is repeated this often in a short grace period. It is recent at least for this multiple
 * of `settle`, because lookups of all users wait for each other.
 */
const IN_GRACE = 14;
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
  const regions = regionsOf(current, usage);
  const questions = keys.map(({ id, created }) => {
    return { keyId: id, created, ...endOf(current, id, policy, now), regions };
  });
  const known = new Map((stored?.keys ?? []).map((one) => [one.keyId, one.lookup]));
  const complete = keys.every(({ id }) => covers(known.get(id), regions));
  const awaited = awaitedBy(current, stored, policy);
  const age =
    decision === null ? STALE : awaited.length === 0 ? STALE_IN_GRACE : freshInGrace(decision, policy);
  const failed = [...known.values()].some(({ kind }) => kind === 'not-looked-up');
  const isRecent = stored !== null && now < plus(stored.at, failed ? Math.min(RETRY, age) : age);
  const isAnswered =
    isRecent && complete && !awaited.some(({ at, since }) => isEarly(at, since, policy, now));
  return isAnswered ? null : { account, userId, keys: questions };
}

/**
 * The Regions that are read for every key of a user, besides the home Region: those where IAM saw any of them used last, because
 * the kept key may do the work there, and those of the setting `usage`. No more than a question takes.
 */
export function regionsOf({ keys }: Pick<Case, 'keys'>, usage: readonly string[]): readonly string[] {
  const seen = keys.flatMap(({ lastUsed }) => (lastUsed.kind === 'used' ? [lastUsed.region] : []));
  return [...new Set([...usage, ...seen])].filter(isRegion).slice(0, MOST_ASKED);
}

/** The keys whose deletion waits for a lookup that shows all their work with the kept key (S14). */
function awaitedBy(current: Case, stored: UserUsage | null, policy: Pick<Policy, 'settle'>): readonly Work[] {
  const { phase, decision } = current;
  if (phase !== 'grace' || decision?.workMoved !== undefined) {
    return [];
  }
  const usage = Object.fromEntries((stored?.keys ?? []).map((one) => [one.keyId, one]));
  return workOf(current, { usage }).filter(
    ({ verdict, at, since }) =>
      verdict.kind !== 'none-kept' &&
      verdict.kind !== 'several-kept' &&
      !(verdict.kind === 'taken-over' && at !== null && at >= shownFrom(since, policy)),
  );
}

/** True if a lookup was made before CloudTrail showed every call until the deactivation of a key, and could be made now. */
function isEarly(at: Instant | null, since: Instant, policy: Pick<Policy, 'settle'>, now: Instant): boolean {
  const shown = shownFrom(since, policy);
  return at !== null && at < shown && now >= shown;
}

/** The time for which a lookup counts as recent while a deletion waits for it. */
export function freshInGrace(decision: Decision, policy: Pick<Policy, 'grace' | 'settle'>): Seconds {
  const share = graceInForce(decision, policy) / IN_GRACE;
  return Math.min(STALE_IN_GRACE, Math.max(RECENT_AT_LEAST * policy.settle, share));
}

/** The time from which a lookup shows every call that was made until the deactivation of a key. */
export function shownFrom(since: Instant, { settle }: Pick<Policy, 'settle'>): Instant {
  return plus(since, HISTORY_LAG * settle);
}

/** The end of the uses of a key that we deactivated, so that samples of them do not grow thinner from day to day. */
function endOf(
  current: Case,
  id: string,
  policy: Pick<Policy, 'settle'>,
  now: Instant,
): { readonly ended?: Instant } {
  const ended = keysOff(current).find((off) => off.id === id)?.since;
  return ended === undefined || now < shownFrom(ended, policy) ? {} : { ended: plus(ended, ECHO) };
}

/** True if a lookup was about these Regions, or failed, which is tried again in time. */
export function covers(lookup: Lookup | undefined, regions: readonly string[]): boolean {
  if (lookup?.kind !== 'looked-up') {
    return lookup !== undefined;
  }
  const { regions: read } = lookup;
  return read === undefined || regions.every((region) => read.includes(region));
}
