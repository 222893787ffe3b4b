import type { HeadLine, Unvouched } from './anchor.ts';
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
  if (daily === null || explainedBy(restores, daily.number, null) !== null) {
    return [];
  }
  const present = new Map(heads.map((head) => [head.userId, head]));
  return daily.heads.flatMap((before) => {
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
