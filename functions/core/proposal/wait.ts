import type { Case } from '../case/case.ts';
import { rotationEnds } from '../case/dates.ts';
import { keepsReturning, type Returned } from '../case/returned.ts';
import { isSuspicious } from '../case/unexpected-creators.ts';
import { activeKeys, isViolation } from '../model/compliance.ts';
import type { Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { newestFirst } from './sorting.ts';

/** A proposal to wait instead of choosing a key now. It says nothing about which key to keep. */
export interface Wait {
  /** Nobody needs to act before this time; null if something else must change first, and nobody knows when. */
  readonly until: Instant | null;
  readonly why: WaitReason;
}

/**
 * The reason to wait. `rotation`: the Active key `keyId` is new, so a rotation seems to be in progress. `returns`: the key
 * keeps returning, so deciding again would not last; `by` created it, null if that is not known.
 */
export type WaitReason =
  | { readonly code: 'rotation'; readonly keyId: string }
  | {
      readonly code: 'returns';
      readonly keyId: string;
      readonly how: Returned['how'];
      readonly count: number;
      readonly by: string | null;
    };

/** The proposal to wait; null if there is no reason for it. An unexpected creator leaves none. */
export function waitFor(current: Case, policy: Policy, now: Instant): Wait | null {
  return isSuspicious(current, policy) ? null : (returning(current) ?? rotation(current, policy, now));
}

function returning(current: Case): Wait | null {
  const returned = keepsReturning(current);
  if (returned === null || !isViolation(current.keys)) {
    return null;
  }
  const { keyId, how, count } = returned;
  const by = how === 'created-anew' ? (current.origins[keyId]?.createdBy ?? null) : null;
  return { until: null, why: { code: 'returns', keyId, how, count, by } };
}

/**
 * The proposal to wait for the end of a rotation; null if none is in progress any more. An unexpected creator ends it
 * here as well, because the settings may have changed since the case was last evaluated.
 */
function rotation(current: Case, policy: Policy, now: Instant): Wait | null {
  const [newest] = activeKeys(current.keys).sort(newestFirst);
  const until = rotationEnds(current, policy);
  if (current.phase !== 'rotating' || newest === undefined || now >= until) {
    return null;
  }
  return { until, why: { code: 'rotation', keyId: newest.id } };
}
