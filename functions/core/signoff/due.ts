import { DAY, type Instant, plus, type Seconds } from '../model/time.ts';

/** Everybody is read live from so long before a sign-off is due. */
export const LEAD: Seconds = DAY;

/** So long after it is due approvers are asked, even if the report of a live reading of everybody never came. */
export const PATIENCE: Seconds = 2 * DAY;

/** The reading behind the latest report. */
export interface Reading {
  readonly takenAt: Instant;
  /** True if it was ordered for everybody: each user was read live, or the report says that they could not be read. */
  readonly everybody: boolean;
}

/** True if the next validation is that of a sign-off, for which everybody is read live. `latest` is null if there is no report. */
export function wantsEverybody(due: Instant, latest: Reading | null, now: Instant): boolean {
  return now >= plus(due, -LEAD) && !isForSignOff(due, latest);
}

/** True if approvers are to be asked for a sign-off now. */
export function isAsked(due: Instant, latest: Reading | null, now: Instant): boolean {
  return latest !== null && now >= due && (isForSignOff(due, latest) || now >= plus(due, PATIENCE));
}

/** True if everybody was read live shortly before the sign-off was due, or later. */
function isForSignOff(due: Instant, latest: Reading | null): boolean {
  return latest?.everybody === true && latest.takenAt >= plus(due, -LEAD);
}
