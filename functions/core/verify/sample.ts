/** A sample of users whose histories health compares with the latest anchors. */
import type { Instant } from '../model/time.ts';
import type { AnchorBefore } from '../records/make-anchor.ts';
import type { TableRestored } from '../records/restored.ts';
import { type AnchorCheck, checkAnchors, type ReadAnchor } from './anchors.ts';
import type { VerifyFinding } from './findings.ts';
import { checkUser, goneUser, type ReadUser } from './user.ts';

/** Users that are compared each day. */
export const SAMPLED = 100;

/**
 * Some of the users, drawn without repetition; all if there are no more than `count`. `random` returns a number from 0 up to but
 * not including 1.
 */
export function drawn(userIds: readonly string[], count: number, random: () => number): string[] {
  const left = [...userIds];
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(Math.floor(random() * left.length), 1),
  ).flat();
}

/** The users of whom these anchors have entries or heads, each once. */
export function usersIn(anchors: readonly ReadAnchor[]): string[] {
  const lines = anchors.flatMap(({ lines: { entries, heads } }) => [...(entries ?? []), ...(heads ?? [])]);
  return [...new Set(lines.map(({ userId }) => userId))];
}

/** The latest anchors, from a daily one on. */
export interface RecentAnchors {
  /** The anchor before them; null if they begin with the first. */
  readonly from: AnchorBefore | null;
  /** In the order of their numbers, none left out. */
  readonly anchors: readonly ReadAnchor[];
}

/** The latest anchors, checked, with all that they bind of some users. */
export function recentCheck(
  { from, anchors }: RecentAnchors,
  account: string,
  now: Instant,
  userIds: readonly string[],
): AnchorCheck {
  return checkAnchors(anchors, {
    account,
    now,
    only: new Set(userIds),
    first: anchors[0]?.folder ?? 1,
    ...(from === null ? {} : { from }),
  });
}

/** The findings about one of the users; `user` is null if nothing is stored any more. `restores`: see the ledger. */
export function sampledUser(
  { bound, unvouched, last, daily }: AnchorCheck,
  userId: string,
  user: ReadUser | null,
  restores: readonly TableRestored[],
): readonly VerifyFinding[] {
  const entries = bound.users.get(userId) ?? new Map();
  if (user === null) {
    return goneUser(userId, { entries, restores }).findings;
  }
  const until = last?.until ?? null;
  return checkUser(user, { entries, unvouched: unvouched.get(userId) ?? null, until, daily, restores })
    .findings;
}
