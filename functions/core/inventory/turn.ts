/**
 * The background reading: the keys of every user are read live once a week, a turn of users at a time. Only the times
 * at which the turns were stored say which one is due, so a run that dies leaves its turns to the next one.
 */
import { sha256 } from '../model/digest.ts';
import type { ObservedKey } from '../model/observation.ts';
import { DAY, type Instant, plus, type Seconds } from '../model/time.ts';

/** Number of turns, one for each hour of a week. */
export const TURNS = 168;

/** Most turns that one run reads. All users are read for the first time within two days, and a missed day is made up for. */
export const MOST_TURNS = 4;

/** A turn is due again half a day before a week is over, so that some runs may fail without anybody waiting for longer. */
export const DUE_AFTER: Seconds = 6.5 * DAY;

/** The keys of one user as they were read live. */
export interface KeysRead {
  readonly arn: string;
  /** When the user was created: another user may have the same ARN later. */
  readonly created: Instant;
  readonly asOf: Instant;
  readonly keys: readonly Pick<ObservedKey, 'id' | 'status' | 'created'>[];
}

/** The turn of the user with this ARN: always the same one, from 0 to 167. */
export function turnOf(arn: string): number {
  return Number.parseInt(sha256(arn).slice(0, 8), 16) % TURNS;
}

/**
 * The turns to read now, at most {@link MOST_TURNS}: first those that were never read, then the oldest.
 * @param stored when each turn's readings were stored
 */
export function dueTurns(stored: ReadonlyMap<number, Instant>, now: Instant): number[] {
  const before = plus(now, -DUE_AFTER);
  return Array.from({ length: TURNS }, (_, turn) => ({ turn, at: stored.get(turn) ?? '' }))
    .filter(({ at }) => at < before)
    .sort((a, b) => (a.at === b.at ? a.turn - b.turn : a.at < b.at ? -1 : 1))
    .slice(0, MOST_TURNS)
    .map(({ turn }) => turn);
}
