import { isViolation } from '../core/compliance.ts';
import type { ListedUser } from '../core/evaluation.ts';
import type { LastUsed, ObservedKey } from '../core/model.ts';
import type { Instant } from '../core/time.ts';
import { type CensusTaker, type Clock, type IamReader, type IamUser, Unreadable } from './ports.ts';

/**
 * What a live look at one listed user found. `gone`: neither by name nor in a later list. `unread`: IAM did not answer,
 * or contradicted itself, so nothing is known and nothing may be said.
 */
export type Look = { user: ListedUser } & (
  | { found: 'keys'; keys: ObservedKey[]; as: IamUser; at: Instant }
  | { found: 'gone'; at: Instant }
  | { found: 'unread' }
);

export interface LookWorld {
  iam: Pick<IamReader, 'user' | 'keys' | 'lastUsed'>;
  census: Pick<CensusTaker, 'users'>;
  clock: Pick<Clock, 'now'>;
}

/** IAM shares its limits with the customer's own tools, so only so many users are read at a time. */
const AT_A_TIME = 4;

/** Reads these users live. Who is not there under the name just listed is looked up in a fresh list, one for all. */
export async function lookAtAll(world: LookWorld, users: readonly ListedUser[]): Promise<Look[]> {
  const first = await inTurn(users, (user) => lookAt(world, user));
  const missing = first.flatMap((look) => (look.found === 'missing' ? [look.user] : []));
  const again = missing.length === 0 ? new Map<string, Look>() : await lookAgain(world, missing);
  return first.map((look) =>
    look.found === 'missing' ? (again.get(look.user.userId) ?? { user: look.user, found: 'unread' }) : look,
  );
}

type FirstLook = Look | { user: ListedUser; found: 'missing' };

/** `missing`: the name leads to nobody, or to somebody else: deleted or renamed since the list. */
async function lookAt({ iam, clock }: LookWorld, user: ListedUser): Promise<FirstLook> {
  const at = clock.now();
  try {
    const as = await iam.user(user.userName);
    if (as?.userId !== user.userId) return { user, found: 'missing' };
    const listed = await iam.keys(as.userName);
    if (listed === null) return { user, found: 'missing' };
    const wanted = isViolation(listed);
    const keys: ObservedKey[] = [];
    for (const key of listed) {
      const lastUsed = wanted && key.status === 'Active' ? await use(iam, key.id) : NOT_READ;
      keys.push({ ...key, lastUsed });
    }
    return { user, found: 'keys', keys, as, at };
  } catch (error) {
    if (error instanceof Unreadable) return { user, found: 'unread' };
    throw error;
  }
}

const NOT_READ: LastUsed = { kind: 'not-read' };

/** The verdict does not depend on it: without it the sentence beside it is shorter. */
async function use(iam: Pick<IamReader, 'lastUsed'>, keyId: string): Promise<LastUsed> {
  try {
    return await iam.lastUsed(keyId);
  } catch (error) {
    if (error instanceof Unreadable) return NOT_READ;
    throw error;
  }
}

async function lookAgain(world: LookWorld, missing: readonly ListedUser[]): Promise<Map<string, Look>> {
  const at = world.clock.now();
  const listed = new Map((await world.census.users()).map((user) => [user.userId, user]));
  const looks = await inTurn(missing, async (user): Promise<Look> => {
    const now = listed.get(user.userId);
    if (now === undefined) return { user, found: 'gone', at };
    const look = await lookAt(world, now);
    // A list that lags behind the user itself contradicts it.
    return look.found === 'missing' ? { user, found: 'unread' } : look;
  });
  return new Map(looks.map((look) => [look.user.userId, look]));
}

/** Does the work for each, a few at a time; the results stand in the order of the items. */
async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const entries = items.entries();
  const worker = async () => {
    for (const [index, item] of entries) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return results;
}
