import { DAY, type Instant, type Seconds, secondsBetween } from '../model/time.ts';

/** Spans of time in days: each up to its number, the last one beyond. */
export const BANDS = ['1', '3', '7', '14', '30', '90', 'more'] as const;
export type Band = (typeof BANDS)[number];

/** How many cases are in each band. */
export type Banded = Readonly<Record<Band, number>>;

/** Upper ends, which belong to the band. */
const ENDS: Readonly<Record<Exclude<Band, 'more'>, Seconds>> = {
  1: DAY,
  3: 3 * DAY,
  7: 7 * DAY,
  14: 14 * DAY,
  30: 30 * DAY,
  90: 90 * DAY,
};

/** The band of a length of time. */
export function bandOf(length: Seconds): Band {
  return BANDS.find((band) => band === 'more' || length <= ENDS[band]) as Band;
}

/** These lengths of time by band. */
export function banded(lengths: readonly Seconds[]): Banded {
  const counts = { 1: 0, 3: 0, 7: 0, 14: 0, 30: 0, 90: 0, more: 0 };
  for (const length of lengths) {
    counts[bandOf(length)] += 1;
  }
  return counts;
}

/** The times of one case, for the question how long it took. */
export interface CaseTimes {
  readonly opened: Instant;
  /** When a person answered; null if nobody has, or if the owner solved it. */
  readonly decided: Instant | null;
  /** When the last of its keys was deleted; null if that has not happened. */
  readonly deleted: Instant | null;
}

/** How long something took: the number of cases in each band, and the middle one in days (one decimal); null if there is none. */
export interface Took {
  readonly bands: Banded;
  readonly medianDays: number | null;
}

/** How long these cases took from detection to decision, and from decision to deletion. */
export function tookOf(times: readonly CaseTimes[]): { readonly toDecide: Took; readonly toDelete: Took } {
  const spans = (from: (one: CaseTimes) => Instant | null, to: (one: CaseTimes) => Instant | null) =>
    took(
      times.flatMap((one) => {
        const [start, end] = [from(one), to(one)];
        return start === null || end === null ? [] : [Math.max(0, secondsBetween(start, end))];
      }),
    );
  return {
    toDecide: spans(
      ({ opened }) => opened,
      ({ decided }) => decided,
    ),
    toDelete: spans(
      ({ decided }) => decided,
      ({ deleted }) => deleted,
    ),
  };
}

function took(lengths: readonly Seconds[]): Took {
  const sorted = [...lengths].sort((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  return {
    bands: banded(lengths),
    medianDays: middle === undefined ? null : Math.round((middle / DAY) * 10) / 10,
  };
}
