import type { Case } from '../case/case.ts';
import { rotationEnds } from '../case/dates.ts';
import { isSuspicious } from '../case/unexpected-creators.ts';
import { activeKeys } from '../model/compliance.ts';
import type { Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { newestFirst } from './sorting.ts';

/** A proposal to wait instead of choosing a key now. It says nothing about which key to keep. */
export interface Wait {
  /** Nobody needs to act before this time. */
  readonly until: Instant;
  readonly why: WaitReason;
}

/** The reason to wait. `rotation`: the Active key `keyId` is new, so a rotation seems to be in progress. */
export interface WaitReason {
  readonly code: 'rotation';
  readonly keyId: string;
}

/**
 * The proposal to wait for the end of a rotation; null if none is in progress any more. An unexpected creator ends it
 * here as well, because the settings may have changed since the case was last evaluated.
 */
export function waitFor(current: Case, policy: Policy, now: Instant): Wait | null {
  const [newest] = activeKeys(current.keys).sort(newestFirst);
  const until = rotationEnds(current, policy);
  if (current.phase !== 'rotating' || newest === undefined || now >= until || isSuspicious(current, policy)) {
    return null;
  }
  return { until, why: { code: 'rotation', keyId: newest.id } };
}
