import { type Choice, type Mistake, mistakenGrounds } from './choice.ts';
import { ROWS } from './list.ts';

/**
 * Maximum number of users decided about at once: as many as a page of the list shows. Nobody checks more on one page, and
 * the calls for all of them fit into the few seconds of a request: four rounds, of which the writes are one each.
 */
export const MOST_TOGETHER = ROWS;

/** A form that decides about several users, as far as it is about all of them. */
export interface ReviewChoice extends Pick<Choice, 'grounds'> {
  /** The number typed after the word `deactivate`; null if the text is anything else. */
  readonly count: number | null;
}

/**
 * The mistakes in what a form says of all its rows together. `keys` is the number of keys that its page said it deactivates, so
 * that a person types what they were shown, whatever has become of a row since.
 */
export function judgeReview({ count, ...choice }: ReviewChoice, keys: number): Mistake[] {
  return [
    ...(count === keys ? [] : [{ field: 'count' as const, code: 'to-count' as const, keys }]),
    ...mistakenGrounds(choice),
  ];
}

/** The users that several rows name: what is meant by these rows is not known. */
export function namedTwice(rows: readonly { readonly userId: string }[]): ReadonlySet<string> {
  const seen = rows.map(({ userId }) => userId);
  return new Set(seen.filter((userId, place) => seen.indexOf(userId) !== place));
}

/**
 * Reasons why a row of several refuses itself. `repeated`: the form names its user twice · `not-ours`: no case of the
 * list's owner · `not-together`: it may not be decided with others, or not as posted · `stale`: the question has changed ·
 * `taken`: another answer came first · `closed` · `not-now`: it takes no decision in its present state · `unread`: only another
 * release can read it · `failed`: it could not be stored.
 */
export const REFUSALS = [
  'repeated',
  'not-ours',
  'not-together',
  'stale',
  'taken',
  'closed',
  'not-now',
  'unread',
  'failed',
] as const;

/** One of {@link REFUSALS}. */
export type RowRefusal = (typeof REFUSALS)[number];

/** The outcome of a row. `recorded`: its answer is stored, now or before. */
export type RowOutcome = 'recorded' | RowRefusal;
