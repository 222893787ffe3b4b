import type { ObservedKey } from '../model/observation.ts';
import { DAY, type Instant, plus, type Seconds, secondsBetween } from '../model/time.ts';
import type { ProposalContext } from './context.ts';
import { lowest, type Weighed } from './reason.ts';
import { newestFirst } from './sorting.ts';

/** Of a younger key, the absence of known uses proves nothing, because IAM may lag by hours. */
export const YOUNG: Seconds = DAY;

/** A key to keep that was not used for longer does not seem to do the present work. A newer one may still be moved to. */
const WEEK: Seconds = 7 * DAY;

/** A key to keep that is older has been through weekly and monthly jobs. */
export const SETTLED: Seconds = 30 * DAY;

/** A key used since then may belong to a weekly or monthly job. */
const RECENTLY: Seconds = 30 * DAY;

/**
 * A key unused for longer does no work of a quarter or less. Two keys used beside each other for longer are no rotation:
 * each has a job.
 */
export const QUARTER: Seconds = 90 * DAY;

/** A year and a month. A key unused for longer does no yearly job. */
const YEAR: Seconds = 400 * DAY;

/** True if IAM has recorded a use after `since`. */
export function inUse(key: ObservedKey, since: Instant): boolean {
  return key.lastUsed.kind === 'used' && key.lastUsed.at > since;
}

/** True if the key was created less than `age` ago. */
export function isYounger(key: ObservedKey, age: Seconds, now: Instant): boolean {
  return key.created > plus(now, -age);
}

/** The reason about a key not to keep, and the most confidence that IAM's facts about it leave. */
export function compare(kept: ObservedKey, other: ObservedKey, context: ProposalContext): Weighed {
  const { lastUsed } = other;
  switch (lastUsed.kind) {
    case 'not-read':
      return { reason: { code: 'not-read', keyId: other.id }, confidence: 'low' };
    case 'never':
      return unused(kept, other, context);
    case 'used':
      return used(kept, other, lastUsed.at, context);
  }
}

/** A key with a known use. */
function used(kept: ObservedKey, other: ObservedKey, at: Instant, context: ProposalContext): Weighed {
  const { id: keyId } = other;
  const { now, quietPeriod } = context;
  const unusedFor = secondsBetween(at, now);
  if (inUse(other, plus(now, -quietPeriod))) {
    // Beside an exposed key the one to keep need not be in use.
    const code = inUse(kept, plus(now, -quietPeriod)) ? 'also-in-use' : 'in-use';
    return { reason: { code, keyId }, confidence: 'low' };
  }
  if (unusedFor < RECENTLY) {
    return { reason: { code: 'used-lately', keyId }, confidence: 'low' };
  }
  const bothSince = kept.created > other.created ? kept.created : other.created;
  if (unusedFor < YEAR && secondsBetween(bothSince, at) > QUARTER) {
    return { reason: { code: 'side-by-side', keyId, beside: kept.id }, confidence: 'low' };
  }
  const older = newestFirst(kept, other) < 0 && inUse(kept, plus(now, -WEEK));
  const confidence = !inUse(kept, plus(now, -WEEK)) ? 'low' : unusedFor < QUARTER ? 'medium' : 'high';
  return { reason: older ? { code: 'taken-over', keyId, by: kept.id } : { code: 'idle', keyId }, confidence };
}

/**
 * A key without a known use. A new one beside a used one will probably be the one to keep soon. Until it is used,
 * deactivating it interrupts a rotation but no work, so we do not propose to keep it, with less confidence.
 */
function unused(kept: ObservedKey, other: ObservedKey, context: ProposalContext): Weighed {
  const { now, rotationWindow, unexpected, exposed } = context;
  const { id: keyId } = other;
  const everUsed = kept.lastUsed.kind === 'used';
  const rotates = newestFirst(other, kept) < 0 && !(keyId in unexpected);
  if (everUsed && rotates && isYounger(other, rotationWindow, now)) {
    // Nobody should move to a key that is exposed. That it is makes nothing more certain (S15).
    return keyId in exposed
      ? { reason: { code: 'never-used', keyId }, confidence: 'low' }
      : { reason: { code: 'rotation-under-way', keyId, used: kept.id }, confidence: 'low' };
  }
  if (isYounger(other, YOUNG, now)) {
    return { reason: { code: 'too-young', keyId }, confidence: 'low' };
  }
  const sure = inUse(kept, plus(now, -WEEK)) && !isYounger(other, QUARTER, now);
  return { reason: { code: 'never-used', keyId }, confidence: sure ? 'high' : everUsed ? 'medium' : 'low' };
}

/** The reasons about the key to keep, and the most confidence that they leave. */
export function aboutKept(
  kept: ObservedKey,
  comparisons: readonly Weighed[],
  { now, quietPeriod }: ProposalContext,
): Weighed[] {
  const { id: keyId, lastUsed } = kept;
  switch (lastUsed.kind) {
    case 'not-read':
      return [{ reason: { code: 'not-read', keyId }, confidence: 'low' }];
    case 'never': {
      const newest: Weighed = { reason: { code: 'newest', keyId }, confidence: 'low' };
      return isYounger(kept, YOUNG, now)
        ? [newest, { reason: { code: 'too-young', keyId }, confidence: 'low' }]
        : [newest];
    }
    case 'used': {
      const busy = inUse(kept, plus(now, -quietPeriod));
      const use: Weighed = {
        reason: busy ? { code: 'in-use', keyId } : { code: 'last-used', keyId, quietPeriod },
        confidence: 'high',
      };
      return [use, ...aboutAge(kept, comparisons, now)];
    }
  }
}

/**
 * A new key never has a high confidence, whatever it does: an intruder's key is new and busy. Nothing is said of it where
 * the other keys leave less confidence anyway.
 */
function aboutAge(kept: ObservedKey, comparisons: readonly Weighed[], now: Instant): Weighed[] {
  if (!isYounger(kept, SETTLED, now)) {
    return [];
  }
  const confidence = isYounger(kept, WEEK, now) ? 'low' : 'medium';
  const left = lowest(comparisons.map((one) => one.confidence));
  return lowest([left, confidence]) === confidence
    ? [{ reason: { code: 'new-key', keyId: kept.id }, confidence }]
    : [];
}
