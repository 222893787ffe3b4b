import { sha256 } from '../model/digest.ts';
import type { Instant } from '../model/time.ts';
import type { ListedUser } from './survey.ts';

/** For this many users whom AWS Config does not show, one whom it shows is read, while there are both. */
const UNSHOWN_PER_SHOWN = 3;

/**
 * The order in which a run reads users, in case there is not enough time for all of them: first those whom AWS Config
 * does not show yet, in an order drawn again for each run. With a fixed order every run would read the same users and
 * never the others. Some places go to users already shown, because users who cannot be read are never shown and must
 * not block the rest.
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
