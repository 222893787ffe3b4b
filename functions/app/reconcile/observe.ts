import { type Case, isOpen } from '../../core/case/case.ts';
import { isViolation } from '../../core/model/compliance.ts';
import type { LastUsed, Observation, ObservedKey } from '../../core/model/observation.ts';
import { type Clock, type IamReader, type IamUser, type ListedKey, Unreadable } from '../ports.ts';

/**
 * The user to observe, identified by UserId. `user`, if already read in this pass, saves a call; `userName` helps to
 * find a user without a case.
 */
export interface Target {
  readonly account: string;
  readonly userId: string;
  readonly user: IamUser | null;
  readonly userName: string | null;
}

/**
 * One observation of a user. A failed read gives an unknown observation if the user has an open case or unsent
 * notices. Otherwise it throws {@link Unreadable}, so that the queue delivers the wake again. `lastUsesOfNewCase`:
 * whether to read when the keys of a violation without a case were last used.
 */
export async function observe(
  iam: IamReader,
  clock: Clock,
  target: Target,
  current: Case | null,
  lastUsesOfNewCase: 'violation' | 'none' = 'violation',
): Promise<Observation> {
  const at = clock.now();
  const about = { account: target.account, userId: target.userId, at };
  try {
    const user = target.user ?? (await findUser(iam, target, current));
    if (user === null) {
      return { kind: 'missing', ...about };
    }
    const keys = await readKeys(iam, user, isOpen(current) ? 'all' : lastUsesOfNewCase);
    if (keys === null) {
      throw new Unreadable('ambiguous', 'ListAccessKeys');
    }
    return { kind: 'user', ...user, keys, ...about };
  } catch (error) {
    if (error instanceof Unreadable && (isOpen(current) || owes(current))) {
      return { kind: 'unknown', why: error.why, ...about };
    }
    throw error;
  }
}

/** True if a closed case has unsent notices. Sending them needs no read of IAM. */
function owes(current: Case | null): boolean {
  return current !== null && current.owed.length > 0;
}

/** The observation after a claim: as fresh as possible and without last uses. Never throws for a failed read. */
export async function observeClaimed(iam: IamReader, clock: Clock, claimed: Case): Promise<Observation> {
  const at = clock.now();
  const about = { account: claimed.account, userId: claimed.userId, at };
  try {
    const user = await findUser(iam, { ...about, user: null, userName: claimed.userName }, claimed);
    const keys = user === null ? null : await readKeys(iam, user, 'none');
    return user === null || keys === null
      ? { kind: 'missing', ...about }
      : { kind: 'user', ...user, keys, ...about };
  } catch (error) {
    if (error instanceof Unreadable) {
      return { kind: 'unknown', why: error.why, ...about };
    }
    throw error;
  }
}

/**
 * Finds a user by UserId; null if there is none. A name may be outdated, used by another user, or differ in case. If
 * it does not lead to this UserId, the owners of the case's keys are tried, and finally the list of all users.
 */
async function findUser(iam: IamReader, target: Target, current: Case | null): Promise<IamUser | null> {
  const name = current?.userName ?? target.userName;
  const byName = name === null ? null : await iam.user(name);
  if (byName?.userId === target.userId) {
    return byName;
  }
  for (const key of current?.keys ?? []) {
    const owner = await presentOwner(iam, key.id);
    const user = owner === null ? null : await iam.user(owner);
    if (user?.userId === target.userId) {
      return user;
    }
  }
  const listed = await iam.nameOf(target.userId);
  if (listed === null) {
    return null;
  }
  const user = await iam.user(listed);
  if (user?.userId !== target.userId) {
    throw new Unreadable('ambiguous', 'ListUsers');
  }
  return user;
}

/**
 * Name of the key's present owner; null if the question leads nowhere. IAM answers AccessDenied for a key that is
 * not, or no longer, in this account, so nothing is concluded from a denial, and the user list decides.
 */
export async function presentOwner(iam: IamReader, keyId: string): Promise<string | null> {
  try {
    return await iam.ownerOf(keyId);
  } catch (error) {
    if (error instanceof Unreadable && error.why === 'denied') {
      return null;
    }
    throw error;
  }
}

/**
 * Lists the user's keys; null if the user does not exist any more. Last uses are read only where they matter: for all
 * keys of an open case, for none after a claim, otherwise only for a violation. One that cannot be read is `not-read`.
 */
async function readKeys(
  iam: IamReader,
  user: IamUser,
  lastUses: 'all' | 'none' | 'violation',
): Promise<ObservedKey[] | null> {
  const listed = await iam.keys(user.userName);
  if (listed === null) {
    return null;
  }
  const wanted = lastUses === 'all' || (lastUses === 'violation' && isViolation(listed));
  return Promise.all(listed.map((key) => withLastUse(iam, key, wanted)));
}

async function withLastUse(iam: IamReader, key: ListedKey, wanted: boolean): Promise<ObservedKey> {
  return { ...key, lastUsed: wanted ? await lastUse(iam, key.id) : NOT_READ };
}

const NOT_READ: LastUsed = { kind: 'not-read' };

/** Last use of a key. Few things depend on it, so a failed read makes only the use unknown, not the user (law 3). */
async function lastUse(iam: IamReader, keyId: string): Promise<LastUsed> {
  try {
    return await iam.lastUsed(keyId);
  } catch (error) {
    if (error instanceof Unreadable) {
      return NOT_READ;
    }
    throw error;
  }
}
