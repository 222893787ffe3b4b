import type { HeadLine, Unvouched } from './anchor.ts';
import type { NewEntries } from './new-entries.ts';
import { explainedBy, type TableRestored } from './restored.ts';

/** The heads of the last daily anchor. */
export interface DailyHeads {
  /** Number of that anchor. */
  readonly number: number;
  readonly heads: readonly HeadLine[];
}

/**
 * Users whose history went back since the last daily anchor: nothing is left of it, it is shorter, or its last entry is another
 * one. Only somebody else can have done that, unless a restore from a backup explains it.
 */
export function lostHeads(
  daily: DailyHeads | null,
  heads: readonly HeadLine[],
  restores: readonly TableRestored[],
): Unvouched[] {
  const anchored = standing(daily, restores);
  if (anchored.length === 0) {
    return [];
  }
  const present = new Map(heads.map((head) => [head.userId, head]));
  return anchored.flatMap((before) => {
    const why = lossOf(before, present.get(before.userId));
    return why === null ? [] : [{ userId: before.userId, why }];
  });
}

function lossOf(before: HeadLine, now: HeadLine | undefined): string | null {
  if (now === undefined) {
    return `nothing is left of a history of ${before.version} entries`;
  }
  if (now.version < before.version) {
    return `the history had ${before.version} entries and has ${now.version}`;
  }
  return now.version === before.version && now.hash !== before.hash
    ? `entry ${now.version} is not the one that was anchored`
    : null;
}

/** The heads of the last daily anchor that the table must still have. */
function standing(daily: DailyHeads | null, restores: readonly TableRestored[]): readonly HeadLine[] {
  return daily === null || explainedBy(restores, daily.number, null) !== null ? [] : daily.heads;
}

/**
 * The entries of users who could not be vouched for, to be read once more: all since the last head that was vouched for, and
 * the entry of that head, which must be the one that was anchored.
 */
export function readAgain(
  unvouched: readonly Unvouched[],
  heads: readonly HeadLine[],
  daily: DailyHeads | null,
  restores: readonly TableRestored[],
): NewEntries[] {
  const again = new Set(unvouched.map(({ userId }) => userId));
  const anchored = new Map(standing(daily, restores).map((head) => [head.userId, head]));
  return heads
    .filter(({ userId }) => again.has(userId))
    .map(({ userId, version: upTo }) => {
      const last = anchored.get(userId);
      return last === undefined
        ? { userId, after: 0, upTo, hashes: new Map() }
        : { userId, after: last.version - 1, upTo, hashes: new Map([[last.version, last.hash]]) };
    });
}

/**
 * The heads that an anchor has: those of now, but of users who cannot be vouched for the ones that were anchored last, so that
 * every day finds the difference again.
 */
export function vouchedHeads(
  heads: readonly HeadLine[],
  daily: DailyHeads | null,
  unvouched: readonly Unvouched[],
): HeadLine[] {
  const broken = new Set(unvouched.map(({ userId }) => userId));
  const kept = (daily?.heads ?? []).filter(({ userId }) => broken.has(userId));
  const fine = heads.filter(({ userId }) => !broken.has(userId));
  return [...fine, ...kept].sort((a, b) => (a.userId < b.userId ? -1 : 1));
}
