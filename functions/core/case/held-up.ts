/** S1: the time for which Solekey itself makes an answer wait, which does not count against its validity. */
import { type Control, pausedSince } from '../model/policy.ts';
import { DAY, type Instant, type Seconds, secondsBetween } from '../model/time.ts';

/** Longest time by which such waiting extends the validity of an answer. */
export const MOST_WAITING: Seconds = 30 * DAY;

/**
 * The time for which the hourly budget or the change window made an answer wait. Pauses are not in it: the control item has
 * them.
 */
export interface HeldUp {
  /** Start of the present wait; null if the answer does not wait now. */
  readonly since: Instant | null;
  /** Earlier waits together. */
  readonly seconds: Seconds;
}

/** The length of these waits up to now, without the pauses in them. */
export function secondsHeldUp(heldUp: HeldUp | undefined, control: Control, now: Instant): Seconds {
  if (heldUp === undefined) {
    return 0;
  }
  const { since, seconds } = heldUp;
  return since === null ? seconds : seconds + secondsBetween(since, now) - pausedSince(control, since, now);
}

/** The waits of an answer that waits now, or no longer; undefined if it never did. Its earlier waits stay on record. */
export function heldUpUntil(
  heldUp: HeldUp | undefined,
  waits: boolean,
  control: Control,
  now: Instant,
): HeldUp | undefined {
  if (waits) {
    const { since, seconds } = heldUp ?? { since: null, seconds: 0 };
    return { since: since ?? now, seconds };
  }
  return heldUp === undefined || heldUp.since === null
    ? heldUp
    : { since: null, seconds: secondsHeldUp(heldUp, control, now) };
}
