import { type Case, isOpen } from '../../core/case/case.ts';
import { isViolation } from '../../core/model/compliance.ts';
import type { Observation, ObservedKey } from '../../core/model/observation.ts';
import { type Clock, type IamReader, type IamUser, type ListedKey, Unreadable } from '../ports.ts';

/** Who is looked at: always a UserId; a user already read in this pass saves a call; a name helps where there is no case. */
export interface Target {
  readonly account: string;
  readonly userId: string;
  readonly user: IamUser | null;
  readonly userName: string | null;
}

/**
 * One reading of a user. A read that fails makes the user of an open case, or of one that owes notices, unknown; else it
 * throws {@link Unreadable}, so that the queue delivers the wake again.
 */
export async function observe(
  iam: IamReader,
  clock: Clock,
  target: Target,
  current: Case | null,
): Promise<Observation> {
  const at = clock.now();
  const about = { account: target.account, userId: target.userId, at };
  try {
    const user = target.user ?? (await findUser(iam, target, current));
    if (user === null) {
      return { kind: 'missing', ...about };
    }
    const keys = await readKeys(iam, user, isOpen(current) ? 'all' : 'violation');
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

/** A closed case may owe the notice of its end, which needs no look at IAM. */
function owes(current: Case | null): boolean {
  return current !== null && current.owed.length > 0;
}

/** The look after a claim: as fresh as can be, without last uses. Never throws for a read that fails. */
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
 * Finds a user by UserId. A name may be stale, reused by somebody else, or differ in case: if it does not lead to this
 * UserId, the keys of the case name their present owner, and at last the user list is asked.
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
 * Who owns a key now; null when that leads nowhere. IAM denies the question for a key that is not, or no longer, in this
 * account, so a denial is no answer here, and nothing is concluded from it: the user list has the last word.
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

/** Last uses are read where they matter: all keys of an open case, none after a claim, else only for a violation. */
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
  return { ...key, lastUsed: wanted ? await iam.lastUsed(key.id) : { kind: 'not-read' } };
}
