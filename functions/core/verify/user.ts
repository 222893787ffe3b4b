import { entryHash, type StoredEntry } from '../case/history.ts';
import type { Finding } from '../case/record-check.ts';
import type { Instant } from '../model/time.ts';
import type { TableRestored } from '../records/restored.ts';
import type { StillUnvouched } from './anchors.ts';
import { type BoundEntries, firstBound, fits } from './bound.ts';
import {
  againstAnchors,
  type Hashes,
  inRanges,
  lastBound,
  oneEntry,
  sinceEntry,
  unanchored,
} from './entries.ts';
import type { EntryFault, UserFault, VerifyFinding } from './findings.ts';
import { afterRestores } from './restores.ts';

/** All that is stored about a user. */
export interface ReadUser {
  readonly userId: string;
  /** The last known name; null if it cannot be read. */
  readonly userName: string | null;
  /** The entries that can be read. */
  readonly entries: readonly StoredEntry[];
  /** The numbers under which entries stand that have another number. */
  readonly misplaced: readonly number[];
  /** The findings of comparing the history with itself and with the case. */
  readonly findings: readonly Finding[];
}

/** Statements of the anchors about one user. */
export interface UserBound {
  readonly entries: BoundEntries;
  readonly unvouched: StillUnvouched | null;
  /** Until when the anchors vouch; null if there are none. */
  readonly until: Instant | null;
  /** Until when the last daily anchor has all entries; null if there is none. */
  readonly daily: Instant | null;
  /** The restores of the table from a backup. */
  readonly restores: readonly TableRestored[];
}

/** Result of checking one user. */
export interface UserCheck {
  /** The earliest entry first. */
  readonly findings: readonly VerifyFinding[];
  /** Number of entries that are younger than every anchor, so that nothing vouches for them yet. */
  readonly young: number;
  /** Number of entries that each restore explains: anchors have them, the table has not. */
  readonly explained: ReadonlyMap<TableRestored, number>;
}

/** A fault, after the moment since which nobody can vouch for what it is about. */
type Dated = readonly [since: Instant | null, fault: UserFault];

/** Checks the record of a user against itself and against the anchors. */
export function checkUser(user: ReadUser, all: UserBound): UserCheck {
  const { userId, userName } = user;
  const present = user.entries.map((entry) => ({ n: entry.n, at: entry.at, hash: entryHash(entry) }));
  const hashes = new Map(present.map(({ n, hash }) => [n, hash]));
  const { bound: entries, explained } = afterRestores(all.entries, all.restores, present);
  const bound = { ...all, entries };
  const last = lastBound(bound.entries);
  const since = (n: number) => sinceEntry(bound.entries, n, bound.until);
  const ofEntries = entryFaults(user, hashes, bound).map((fault): Dated => [since(fault.from), fault]);
  return {
    findings: [...ofEntries, ...caseFaults(user, hashes, bound, since)].map(([from, fault]) => ({
      about: 'user',
      userId,
      userName,
      since: from,
      fault,
    })),
    young: user.entries.filter(({ n }) => n > last).length,
    explained,
  };
}

/** The check of a user of whom anchors have entries, while nothing is stored any more. */
export function goneUser(
  userId: string,
  { entries: all, restores }: Pick<UserBound, 'entries' | 'restores'>,
): UserCheck {
  const { bound, explained } = afterRestores(all, restores, []);
  const first = firstBound(bound, 1);
  if (first === null) {
    return { findings: [], young: 0, explained };
  }
  const fault = { found: 'gone', entries: lastBound(bound), anchor: first.anchor } as const;
  const finding = { about: 'user', userId, userName: null, since: first.since, fault } as const;
  return { findings: [finding], young: 0, explained };
}

function entryFaults(user: ReadUser, hashes: Hashes, bound: UserBound): EntryFault[] {
  return inRanges([
    ...againstAnchors(hashes, bound.entries),
    ...user.findings.flatMap((finding) => entryFault(finding, hashes, bound.entries)),
    ...user.misplaced.map((n) => oneEntry('misplaced', n)),
    ...(bound.unvouched === null ? unanchored(user.entries, bound.entries, bound.daily) : []),
  ]);
}

function entryFault(finding: Finding, hashes: Hashes, entries: BoundEntries): EntryFault[] {
  switch (finding.found) {
    case 'missing':
      return [{ found: 'missing', from: finding.from, to: finding.to, anchor: null }];
    case 'edited':
      return editedEntry(finding.n, hashes, entries);
    case 'surplus':
    case 'case-differs':
    case 'no-case':
      return [];
  }
}

/**
 * The entry to blame where the hash of entry `n` is not the one in the entry after it: that one, if anchors have entry `n` as it
 * is. Nothing if there is none, so that the hash beside the case is the wrong one.
 */
function editedEntry(n: number, hashes: Hashes, entries: BoundEntries): EntryFault[] {
  if (!fits(entries, n, hashes.get(n))) {
    return [oneEntry('changed', n)];
  }
  return hashes.has(n + 1) ? [oneEntry('changed', n + 1)] : [];
}

/** The faults of the case. It is in no anchor itself, so nobody can vouch for it since the last entry of its history. */
function caseFaults(
  user: ReadUser,
  hashes: Hashes,
  bound: UserBound,
  since: (n: number) => Instant | null,
): Dated[] {
  const last = user.entries.at(-1)?.at ?? null;
  const { unvouched } = bound;
  const faults = user.findings.flatMap((finding) =>
    caseFault(finding, hashes, bound.entries).map((fault): Dated => {
      return ['from' in fault ? since(fault.from) : last, fault];
    }),
  );
  return unvouched === null
    ? faults
    : [...faults, [unvouched.since, { found: 'unvouched', anchor: unvouched.anchor, why: unvouched.why }]];
}

function caseFault(finding: Finding, hashes: Hashes, entries: BoundEntries): UserFault[] {
  const isAnchored = (n: number) => fits(entries, n, hashes.get(n));
  switch (finding.found) {
    case 'missing':
      return [];
    case 'edited':
      return isAnchored(finding.n) && !hashes.has(finding.n + 1)
        ? [{ found: 'case-differs', fields: ['hash'] }]
        : [];
    case 'surplus':
      return [{ ...finding, found: isAnchored(finding.from) ? 'case-behind' : 'surplus' }];
    case 'case-differs':
    case 'no-case':
      return [finding];
  }
}
