import { sha256 } from '../model/digest.ts';
import type { Instant } from '../model/time.ts';
import type { ListedUser } from './survey.ts';

/** After so many users whom Config does not show comes one whom it does, as long as there are both. */
const UNSHOWN_PER_SHOWN = 3;

/**
 * In which order a run reads users, should its time be too short for all of them: first whom Config does not show yet,
 * and everybody drawn by lot, anew in each run. With one order for all runs the same users would be read in each of them,
 * and the others never. A few places go to the others from the beginning: who cannot be read is never shown, and must not
 * be in everybody's way.
 */
export function readingOrder(
  users: readonly ListedUser[],
  shown: { has(userId: string): boolean },
  now: Instant,
): ListedUser[] {
  const drawn = users
    .map((user) => ({ user, lot: sha256(`${now} ${user.userId}`) }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1));
  const current = drawn.filter(({ user }) => shown.has(user.userId));
  const unknown = drawn.filter(({ user }) => !shown.has(user.userId));
  const places = [
    ...unknown.map(({ user }, n) => ({ user, place: n })),
    ...current.map(({ user }, n) => ({ user, place: (n + 1) * UNSHOWN_PER_SHOWN - 0.5 })),
  ];
  return places.sort((a, b) => a.place - b.place).map(({ user }) => user);
}
