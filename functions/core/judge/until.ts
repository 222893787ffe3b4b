import { latestEnd } from '../case/exception.ts';
import type { Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import type { Refusal } from './refusals.ts';

/**
 * The reason why no answer may leave keys as they are until then: the time has passed, or it is longer after the answer than
 * is allowed, by the clock of the answer; null if it may.
 */
export function outlasts(until: Instant, at: Instant, now: Instant, policy: Policy): Refusal | null {
  if (until <= now) {
    return 'ended';
  }
  return until > latestEnd(at, policy) ? 'too-long' : null;
}
