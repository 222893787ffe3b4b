import { DAY, HOUR, type Instant, MINUTE, type Seconds } from '../../../../functions/core/model/time.ts';
import type { Draw } from './random.ts';

/** CloudTrail's event history goes back so far. */
export const WINDOW: Seconds = 90 * DAY;

/** The clock of one history. */
export interface Clock {
  readonly now: Instant;
  /** A time of the prose as it is in this history. */
  readonly ago: (told: Seconds) => Seconds;
}

/** So far ages move by default. It leaves 88 days within, and 91 days outside of the window. */
const LITTLE = 0.01;

/**
 * A clock that moves all times a little and none past another: by up to this share, and within the last day by so much that
 * 10 minutes become 5 to 20.
 */
export function clockBy(draw: Draw, now: Instant, share = LITTLE): Clock {
  const wide = draw.between(1 - share, 1 + share);
  const bend = draw.between(0.87, 1.14);
  return {
    now,
    ago: (told) => (told < DAY ? DAY * (told / DAY) ** bend : DAY + (told - DAY) * wide),
  };
}

const UNITS: Readonly<Record<string, Seconds>> = { s: 1, m: MINUTE, h: HOUR, d: DAY };

/** Seconds of `12m`. */
export function seconds(text: string): Seconds {
  const unit = UNITS[text.slice(-1)];
  const count = Number(text.slice(0, -1));
  if (unit === undefined || Number.isNaN(count)) {
    throw new Error(`no time "${text}"`);
  }
  return count * unit;
}
