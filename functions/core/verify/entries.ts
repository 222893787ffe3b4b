/** Entries of a user's history and of the ledger alike: ranges of them, and since when nobody can vouch. */
import { HOUR, type Instant, plus, type Seconds } from '../model/time.ts';
import { type BoundEntries, contradicted, firstBound } from './bound.ts';
import type { EntryFault } from './findings.ts';

/**
 * A pass dates an entry when it begins, and writes it when it ends. An entry that was dated longer than this before the last
 * anchor was made must be in it.
 */
export const WRITTEN_LATER: Seconds = HOUR;

/** The hash of each stored entry, by number. */
export type Hashes = ReadonlyMap<number, string>;

/** Since when nobody can vouch for entry `n` and those after it. `until`: until when anchors vouch at all. */
export function sinceEntry(bound: BoundEntries, n: number, until: Instant | null): Instant | null {
  const first = firstBound(bound, n);
  return first === null ? until : first.since;
}

/** The highest number of an entry that anchors have; 0 if they have none. */
export function lastBound(bound: BoundEntries): number {
  return [...bound.keys()].reduce((last, n) => Math.max(last, n), 0);
}

/** The entries that anchors have and that are missing or other ones now. */
export function againstAnchors(hashes: Hashes, bound: BoundEntries): EntryFault[] {
  return [...bound.keys()].flatMap((n): EntryFault[] => {
    const hash = hashes.get(n);
    const by = contradicted(bound, n, hash);
    const found = hash === undefined ? 'missing' : 'changed';
    return by === null ? [] : [{ found, from: n, to: n, anchor: by.anchor }];
  });
}

/** The entries that no anchor has, by itself or through a later one, although they are dated well before `until`. */
export function unanchored(
  entries: readonly { readonly n: number; readonly at: Instant }[],
  bound: BoundEntries,
  until: Instant | null,
): EntryFault[] {
  const last = lastBound(bound);
  const old = entries.filter(({ n, at }) => until !== null && n > last && plus(at, WRITTEN_LATER) < until);
  return old.map(({ n }) => oneEntry('unanchored', n));
}

/** A fault of one entry that no anchor proves. */
export function oneEntry(found: EntryFault['found'], n: number): EntryFault {
  return { found, from: n, to: n, anchor: null };
}

/** Faults in the order of their entries, with touching ones of a kind as one. */
export function inRanges(faults: readonly EntryFault[]): EntryFault[] {
  const ranges: EntryFault[] = [];
  // The place of the latest range of each kind.
  const latest = new Map<EntryFault['found'], number>();
  for (const fault of [...faults].sort((a, b) => a.from - b.from)) {
    const place = latest.get(fault.found) ?? -1;
    const near = ranges[place];
    if (near !== undefined && fault.from <= near.to + 1) {
      const to = Math.max(near.to, fault.to);
      ranges[place] = { ...near, to, anchor: near.anchor ?? fault.anchor };
    } else {
      latest.set(fault.found, ranges.push(fault) - 1);
    }
  }
  return ranges;
}
