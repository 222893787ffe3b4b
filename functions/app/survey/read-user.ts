import type { ListedUser } from '../../core/config/survey.ts';
import { isViolation } from '../../core/model/compliance.ts';
import type { LastUsed, ObservedKey } from '../../core/model/observation.ts';
import type { Instant } from '../../core/model/time.ts';
import type { SurveyTaker } from '../config-ports.ts';
import { inTurn } from '../in-turn.ts';
import { type Clock, type IamReader, type IamUser, Unreadable } from '../ports.ts';

/**
 * Result of reading one listed user. `missing`: the name belongs to nobody or to another user, because the user was
 * deleted or renamed since the list. `gone`: a later list does not contain the user. `unread`: IAM gave no answer or
 * contradicted itself, so nothing is known and nothing may be reported. The facts are from a moment between `began`
 * and `listed`.
 */
export type UserReading = { readonly user: ListedUser } & (
  | {
      readonly found: 'keys';
      readonly keys: ObservedKey[];
      readonly as: IamUser;
      readonly began: Instant;
      readonly listed: Instant;
    }
  | { readonly found: 'gone'; readonly began: Instant }
  | { readonly found: 'missing' }
  | { readonly found: 'unread' }
);

export interface ReadUserWorld {
  readonly iam: Pick<IamReader, 'user' | 'keys' | 'lastUsed'>;
  readonly census: Pick<SurveyTaker, 'users'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** Number of users read concurrently. It is low because IAM's rate limits are shared with the customer's own tools. */
const AT_A_TIME = 4;

/** Reads these users from IAM. */
export type ReadUsers = (users: readonly ListedUser[]) => Promise<UserReading[]>;

/** Reads users under the names from the list. */
export function readingUsers(world: ReadUserWorld): ReadUsers {
  return (users) => inTurn(users, AT_A_TIME, (user) => readUser(world, user));
}

/**
 * Reads users who were missing again, with the names from a new list. The list is read once for all of them, because
 * it costs one call per thousand users.
 */
export function readingAgain(world: ReadUserWorld): ReadUsers {
  let list: Promise<FreshList> | undefined;
  return async (users) => {
    list ??= freshList(world);
    const { listed, began } = await list;
    return inTurn(users, AT_A_TIME, async (user) => {
      const now = listed.get(user.userId);
      if (now === undefined) {
        return { user, found: 'gone', began };
      }
      const look = await readUser(world, now);
      // The list and the user contradict each other, because one of the two reads is outdated.
      return look.found === 'missing' ? { user, found: 'unread' } : look;
    });
  };
}

interface FreshList {
  readonly listed: ReadonlyMap<string, ListedUser>;
  readonly began: Instant;
}

async function freshList({ census, clock }: ReadUserWorld): Promise<FreshList> {
  const began = clock.now();
  const users = await census.users();
  return { listed: new Map(users.map((user) => [user.userId, user])), began };
}

async function readUser({ iam, clock }: ReadUserWorld, user: ListedUser): Promise<UserReading> {
  const began = clock.now();
  try {
    const as = await iam.user(user.userName);
    if (as?.userId !== user.userId) {
      return { user, found: 'missing' };
    }
    const found = await iam.keys(as.userName);
    const listed = clock.now();
    if (found === null) {
      return { user, found: 'missing' };
    }
    const wanted = isViolation(found);
    const keys: ObservedKey[] = [];
    for (const key of found) {
      const lastUsed = wanted && key.status === 'Active' ? await use(iam, key.id) : NOT_READ;
      keys.push({ ...key, lastUsed });
    }
    return { user, found: 'keys', keys, as, began, listed };
  } catch (error) {
    if (error instanceof Unreadable) {
      return { user, found: 'unread' };
    }
    throw error;
  }
}

const NOT_READ: LastUsed = { kind: 'not-read' };

/** Last use of a key. The compliance type does not depend on it, so a failed read only shortens the annotation. */
async function use(iam: Pick<IamReader, 'lastUsed'>, keyId: string): Promise<LastUsed> {
  try {
    return await iam.lastUsed(keyId);
  } catch (error) {
    if (error instanceof Unreadable) {
      return NOT_READ;
    }
    throw error;
  }
}
