import type { Instant } from '../model/time.ts';

/** The times of everything that changed in a case of a user, as its summary has them. */
export interface CaseChanges {
  readonly userId: string;
  readonly userName: string;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  readonly deactivated: readonly At[];
  readonly restored: readonly At[];
  readonly deleted: readonly At[];
  readonly changedByOthers: readonly At[];
}

interface At {
  readonly at: Instant;
}

/** A user whose keys or case changed after the facts of the latest report were read, and when that was recorded last. */
export interface LaterUser {
  readonly userId: string;
  readonly userName: string;
  readonly at: Instant;
}

/**
 * The users who changed after a report's facts were read (`takenAt`), in the order of their changes. `before`: those known so far ·
 * `summary`: the summaries with something new. A report is of one moment, so whoever signs it off must see what it does not have.
 */
export function laterUsers(
  before: readonly LaterUser[],
  summary: readonly CaseChanges[],
  takenAt: Instant,
): LaterUser[] {
  const known = new Map(before.map((user) => [user.userId, user]));
  for (const row of summary) {
    const { userId, userName } = row;
    const at = lastChange(row);
    if (at > (known.get(userId)?.at ?? '')) {
      known.set(userId, { userId, userName, at });
    }
  }
  return [...known.values()]
    .filter(({ at }) => at > takenAt)
    .sort((a, b) => (`${a.at}${a.userId}` < `${b.at}${b.userId}` ? -1 : 1));
}

/** The last moment at which the case opened or closed, or one of its keys changed. */
function lastChange({
  openedAt,
  closedAt,
  deactivated,
  restored,
  deleted,
  changedByOthers,
}: CaseChanges): Instant {
  const changes = [...deactivated, ...restored, ...deleted, ...changedByOthers].map(({ at }) => at);
  return [openedAt, closedAt ?? openedAt, ...changes].reduce((a, b) => (a > b ? a : b));
}
