import type { Case } from './case.ts';

/** A key in a case that cannot be read. */
export interface UnreadKey {
  readonly id: string;
  /** As last recorded; null if even that cannot be read. */
  readonly status: string | null;
}

/**
 * A stored case that this release leaves alone: a newer release wrote something in it that this one does not know
 * (`newer`), or no release wrote it like this (`broken`). The parts that could be read are information for people and
 * never acted on.
 */
export interface UnreadCase {
  readonly why: 'newer' | 'broken';
  /** The part that cannot be read, such as `heldFor is "quarantined"`. */
  readonly reason: string;
  readonly account: string;
  readonly userId: string;
  readonly userName: string | null;
  /** Number of the case among those of this user. */
  readonly number: number | null;
  readonly keys: readonly UnreadKey[];
}

/**
 * For a case that can be read, with an answer that only a newer release understands. No rule may run before that
 * answer is taken into account.
 */
export function withNewerAnswer({ account, userId, userName, number, keys }: Case, kind: string): UnreadCase {
  const known = keys.map(({ id, status }) => ({ id, status }));
  const reason = `the stored answer is of the kind "${kind}"`;
  return { why: 'newer', reason, account, userId, userName, number, keys: known };
}

/** For a case that somebody other than Solekey has changed in the table. */
export function alteredCase({ account, userId, userName, number, keys }: Case): UnreadCase {
  const known = keys.map(({ id, status }) => ({ id, status }));
  const reason = 'it is not what its latest history entry says';
  return { why: 'broken', reason, account, userId, userName, number, keys: known };
}

/** The keys that may be inactive, which a person may want to reactivate by hand. */
export function maybeOff({ keys }: UnreadCase): string[] {
  return keys.flatMap(({ id, status }) => (status === 'Active' ? [] : [id]));
}
