import {
  DAY,
  epochMillis,
  HOUR,
  type Instant,
  instantOf,
  latest,
  plus,
  type Seconds,
} from '../model/time.ts';

/** A stretch of time in whole seconds, both ends included, as LookupEvents takes it. */
export interface Window {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * How far back each window reaches: an hour, a day, a week, 30 days, and the 90 days that CloudTrail keeps. One page of
 * each is read, so that a busy key, whose last hour alone fills a page, still shows its weekly job.
 */
export const REACH: readonly Seconds[] = [HOUR, DAY, 7 * DAY, 30 * DAY, 90 * DAY];

/** CloudTrail keeps events for so long. */
const KEPT: Seconds = 90 * DAY;

/**
 * The windows to read of a key at `now`, newest first, without overlap, so that no event is counted twice. A window that
 * ended before the key was created is left out: nothing of that key can be in it. `ended`: the last use was before then, so
 * the windows reach back from there.
 */
export function windowsAt(now: Instant, created: Instant | null, ended: Instant = now): readonly Window[] {
  const end = instantOf(Math.ceil(epochMillis(ended) / 1000) * 1000);
  const oldest = plus(instantOf(Math.ceil(epochMillis(now) / 1000) * 1000), -KEPT);
  return REACH.map((reach, index) => {
    const previous = REACH[index - 1];
    const to = previous === undefined ? end : plus(end, -previous - 1);
    return { from: latest(oldest, plus(end, -reach)), to };
  }).filter(({ to }, index) => to >= oldest && (index === 0 || created === null || to >= created));
}

/** The extent of one page of a window. */
export interface Page {
  readonly window: Window;
  /** The oldest event on the page; null if there is none. */
  readonly oldest: Instant | null;
  /** True if the window has more events than the page. */
  readonly more: boolean;
}

/**
 * The earliest time that the pages of one Region, newest window first, cover without a gap. `now` if there are no pages.
 */
export function coveredBack(pages: readonly Page[], now: Instant): Instant {
  const gap = pages.findIndex(({ more }) => more);
  const last = gap < 0 ? pages.at(-1) : pages[gap];
  if (last === undefined) {
    return now;
  }
  return last.more ? (last.oldest ?? last.window.to) : last.window.from;
}

/** The earliest time that all Regions cover without a gap. */
export function coveredByAll(backs: readonly Instant[], now: Instant): Instant {
  const [first = now, ...rest] = backs;
  return latest(first, ...rest);
}
