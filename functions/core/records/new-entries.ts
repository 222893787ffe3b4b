import { entryHash, type StoredEntry } from '../case/history.ts';
import type { Finding } from '../case/record-check.ts';
import { type Instant, MINUTE, plus } from '../model/time.ts';
import type { Anchor, EntryLine, HeadLine } from './anchor.ts';

/** A pass writes its entries within a minute of the time that they say. A line as old as this has been written, or never will be. */
const WRITTEN_WITHIN = 2 * MINUTE;

/** The moment until which an anchor made now has all entries. */
export function settledUntil(now: Instant): Instant {
  return plus(now, -WRITTEN_WITHIN);
}

/** True if the anchor made now must have the heads of all users: on the first run of each day (UTC). */
export function isDailyDue(last: Pick<Anchor, 'at'> | null, now: Instant): boolean {
  return last === null || last.at.slice(0, 10) !== now.slice(0, 10);
}

/**
 * True if the anchor made now must have the latest file of each kind again, though it did not change: on the first run of each
 * month (UTC), so that no file is only in an anchor past its retention.
 */
export function isRenewalDue(last: Pick<Anchor, 'at'> | null, now: Instant): boolean {
  return last !== null && last.at.slice(0, 7) !== now.slice(0, 7);
}

/** A line of the table: entry `n` of a user was written, and has this hash. */
export interface WrittenLine extends EntryLine {
  readonly at: Instant;
}

/** The entries of a user that the next anchor has: those after `after` until `upTo`. */
export interface NewEntries {
  readonly userId: string;
  readonly after: number;
  readonly upTo: number;
  /** Hashes according to lines, by number of the entry. */
  readonly hashes: ReadonlyMap<number, string>;
}

/** The new entries of each user by the lines since the anchor before. */
export function byLines(lines: readonly WrittenLine[]): NewEntries[] {
  const users = new Map<string, WrittenLine[]>();
  for (const line of lines) {
    users.set(line.userId, [...(users.get(line.userId) ?? []), line]);
  }
  return [...users].map(([userId, written]) => ({
    userId,
    after: Math.min(...written.map(({ n }) => n)) - 1,
    upTo: Math.max(...written.map(({ n }) => n)),
    hashes: new Map(written.map(({ n, hash }) => [n, hash])),
  }));
}

/**
 * Entries that no line tells of, found by comparing the heads of all users with those of the last daily anchor (empty: there
 * is none). A release without lines wrote them. `lines`: all since that anchor.
 */
export function missedByLines(
  heads: readonly HeadLine[],
  before: readonly HeadLine[],
  lines: readonly WrittenLine[],
): NewEntries[] {
  const anchored = new Map(before.map(({ userId, version }) => [userId, version]));
  const told = new Map(byLines(lines).map((one) => [one.userId, one]));
  return heads.flatMap(({ userId, version }) => {
    const after = anchored.get(userId) ?? 0;
    const lined = told.get(userId);
    const gap = lined === undefined ? version > after : lined.after > after || lined.upTo < version;
    return gap ? [{ userId, after, upTo: version, hashes: lined?.hashes ?? new Map<number, string>() }] : [];
  });
}

/** Both lists as one, each user once. */
export function joinedEntries(lists: readonly (readonly NewEntries[])[]): NewEntries[] {
  const users = new Map<string, NewEntries>();
  for (const one of lists.flat()) {
    const other = users.get(one.userId);
    users.set(
      one.userId,
      other === undefined
        ? one
        : {
            userId: one.userId,
            after: Math.min(one.after, other.after),
            upTo: Math.max(one.upTo, other.upTo),
            hashes: new Map([...other.hashes, ...one.hashes]),
          },
    );
  }
  return [...users.values()];
}

/** The history of a user as read, and what does not fit in it. */
export interface ReadHistory {
  readonly entries: readonly StoredEntry[];
  readonly findings: readonly Finding[];
}

/** The lines of `entries.jsonl` about a user, or why nothing about the user can be vouched for. */
export function boundEntries(
  wanted: NewEntries,
  { entries, findings }: ReadHistory,
): { readonly lines: readonly EntryLine[] } | { readonly why: string } {
  const [finding] = findings;
  if (finding !== undefined) {
    return { why: `the history does not fit: ${finding.found}` };
  }
  const { userId, after, upTo, hashes } = wanted;
  const lines = entries
    .filter(({ n }) => n > after && n <= upTo)
    .map((entry) => ({ userId, n: entry.n, hash: entryHash(entry) }));
  const other = lines.find(({ n, hash }) => hash !== (hashes.get(n) ?? hash));
  if (other !== undefined) {
    return { why: `entry ${other.n} is not the one that was written` };
  }
  return lines.length === upTo - after ? { lines } : { why: `entries up to ${upTo} are missing` };
}
