import type { Case } from './case.ts';

/** A key in a case that cannot be read. */
export interface UnreadKey {
  readonly id: string;
  /** As recorded last; null: not even that can be read. */
  readonly status: string | null;
}

/**
 * A stored case that this release leaves alone: a release after it wrote something in it that this one does not know
 * (`newer`), or no release wrote it like this (`broken`). What could be read of it is a help for people and never acted on.
 */
export interface UnreadCase {
  readonly why: 'newer' | 'broken';
  /** What cannot be read: `heldFor is "quarantined"`. */
  readonly reason: string;
  readonly account: string;
  readonly userId: string;
  readonly userName: string | null;
  /** Which case of the user it is. */
  readonly number: number | null;
  readonly keys: readonly UnreadKey[];
}

/** A case that can be read, with an answer that only a newer release understands: no rule may run before it was heard. */
export function withNewerAnswer({ account, userId, userName, number, keys }: Case, kind: string): UnreadCase {
  const known = keys.map(({ id, status }) => ({ id, status }));
  const reason = `the stored answer is of the kind "${kind}"`;
  return { why: 'newer', reason, account, userId, userName, number, keys: known };
}

/** The keys that may be off: a person may want to reactivate them by hand. */
export function maybeOff({ keys }: UnreadCase): string[] {
  return keys.flatMap(({ id, status }) => (status === 'Active' ? [] : [id]));
}
