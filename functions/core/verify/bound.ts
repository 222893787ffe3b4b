/** Entries that anchors have signed, by user and number. */

import type { Instant } from '../model/time.ts';
import type { LedgerLine } from '../records/anchor.ts';

/** A signed statement: this entry had this hash. */
export interface Bound {
  readonly hash: string;
  /** Number of the anchor. */
  readonly anchor: number;
  /** Until when the anchors before it vouch; null if none does. */
  readonly since: Instant | null;
  /**
   * `entry`: the function `records` had read and compared the whole history · `head`: it had only read the hash beside the case.
   */
  readonly by: 'entry' | 'head';
}

/** The statements about the entries of one history or ledger, by number. Only one that differs from the first is kept besides it. */
export type BoundEntries = ReadonlyMap<number, readonly Bound[]>;

/** All statements of the anchors that can be trusted. */
export interface AllBound {
  readonly users: ReadonlyMap<string, BoundEntries>;
  readonly ledger: BoundEntries;
}

/** A collection of statements that grows anchor by anchor. */
export interface Binder {
  readonly bound: AllBound;
  readonly user: (userId: string, n: number, bound: Bound) => void;
  readonly ledger: (line: LedgerLine, bound: Omit<Bound, 'hash'>) => void;
  /**
   * Takes away the heads that contradict entries, and returns them: when they were signed, the case of that user was not what its
   * history said. About entries that no anchor has otherwise the heads stay.
   */
  readonly wrongHeads: () => WrongHead[];
}

/** A head that contradicts the entries of other anchors. */
export interface WrongHead {
  readonly userId: string;
  readonly n: number;
  readonly bound: Bound;
}

/** An empty collection. With `only` it keeps the statements about these users, and drops those about others. */
export function binder(only?: ReadonlySet<string>): Binder {
  const users = new Map<string, Map<number, readonly Bound[]>>();
  const ledger = new Map<number, readonly Bound[]>();
  return {
    bound: { users, ledger },

    user: (userId, n, bound) => {
      if (only?.has(userId) === false) {
        return;
      }
      const entries = users.get(userId) ?? new Map<number, readonly Bound[]>();
      users.set(userId, entries);
      bind(entries, n, bound);
    },

    ledger: ({ number, hash }, bound) => bind(ledger, number, { ...bound, hash }),

    wrongHeads: () =>
      [...users].flatMap(([userId, entries]) =>
        [...entries].flatMap(([n, bounds]) => {
          const proved = bounds.filter(({ by }) => by === 'entry');
          if (proved.length === 0 || proved.length === bounds.length) {
            return [];
          }
          entries.set(n, proved);
          return bounds.filter(({ by }) => by === 'head').map((bound) => ({ userId, n, bound }));
        }),
      ),
  };
}

function bind(entries: Map<number, readonly Bound[]>, n: number, bound: Bound): void {
  const before = entries.get(n) ?? [];
  const same = before.find(({ hash }) => hash === bound.hash);
  if (same === undefined) {
    entries.set(n, [...before, bound]);
  } else if (same.by === 'head' && bound.by === 'entry') {
    entries.set(
      n,
      before.map((one) => (one === same ? { ...same, by: 'entry' } : one)),
    );
  }
}

/** The first statement about an entry that its hash (undefined: there is no such entry) contradicts; null if there is none. */
export function contradicted(entries: BoundEntries, n: number, hash: string | undefined): Bound | null {
  return entries.get(n)?.find((bound) => bound.hash !== hash) ?? null;
}

/** True if anchors have this entry, all with this hash. */
export function fits(entries: BoundEntries, n: number, hash: string | undefined): boolean {
  return entries.has(n) && contradicted(entries, n, hash) === null;
}

/**
 * The first statement that binds entry `n`, by itself or through the chain from a later entry; null if entry `n` is younger
 * than all anchors.
 */
export function firstBound(entries: BoundEntries, n: number): Bound | null {
  const all = [...entries].filter(([number]) => number >= n).flatMap(([, bounds]) => bounds);
  return all.reduce<Bound | null>((a, b) => (a === null || b.anchor < a.anchor ? b : a), null);
}
