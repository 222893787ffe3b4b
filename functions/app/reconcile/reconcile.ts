import type { NameRecord } from '../../core/case/under-name.ts';
import type { ExposedUser } from '../../core/messages/exposed-key.ts';
import type { News, Wake } from '../wake.ts';
import { presentOwner, type Target } from './observe.ts';
import { type PassEnd, passOver } from './pass.ts';
import { tellExposed } from './tell-exposed.ts';
import { type Reconciled, waitFor } from './wait.ts';
import { withoutUser } from './without-user.ts';
import type { World } from './world.ts';

export type { Reconciled } from './wait.ts';

/**
 * Evaluates one user and carries out what follows. Throws if IAM could not be read for a user without an open case,
 * so that the queue delivers the wake again and nothing is lost or guessed. `news`: the evidence in an event; null
 * for every other message.
 */
export async function reconcile(world: World, wake: Wake, news: News | null = null): Promise<Reconciled> {
  const { target, record } = await who(world, wake);
  const exposure = news?.exposure ?? null;
  if (target === null) {
    const result = await withoutUser(world, wake, news, record);
    if (exposure !== null) {
      await tellExposed(world, wake.account, exposure, namedIn(wake));
    }
    return result;
  }
  const result = await passOver(world, target, { wake, news, underName: record });
  const done = result === 'left-alone' ? 'done' : await waitFor(world, wake, result);
  if (exposure !== null) {
    await tellExposed(world, wake.account, exposure, found(target, result));
  }
  return done;
}

/** The user as an event names them, of whom nothing else is known; null if it names only a key. */
function namedIn({ userName }: Wake): ExposedUser | null {
  return userName === undefined ? null : { userName, keys: null, current: null };
}

/** The user as a pass left them. */
function found({ userName }: Target, result: PassEnd): ExposedUser | null {
  const { observed, current } = result === 'left-alone' ? LEFT_ALONE : result;
  const name = observed?.kind === 'user' ? observed.userName : (userName ?? current?.userName ?? null);
  const keys = observed?.kind === 'user' ? observed.keys : null;
  return name === null ? null : { userName: name, keys, current };
}

const LEFT_ALONE = { observed: null, current: null };

interface Who {
  readonly target: Target | null;
  /** The data stored under the name; null if it was not read. */
  readonly record: NameRecord | null;
}

/**
 * Finds the user that a wake is about. A UserId is used as it is; names and key ids are looked up in IAM, then in our
 * own cases.
 */
async function who(world: World, wake: Wake): Promise<Who> {
  const { account } = wake;
  const userName = wake.userName ?? null;
  if (wake.userId !== undefined) {
    return { target: { account, userId: wake.userId, user: null, userName }, record: null };
  }
  const name =
    userName ?? (wake.accessKeyId === undefined ? null : await presentOwner(world.iam, wake.accessKeyId));
  if (name === null) {
    return { target: null, record: null };
  }
  const user = await world.iam.user(name);
  if (user !== null) {
    return { target: { account, userId: user.userId, user, userName: user.userName }, record: null };
  }
  const record = await world.cases.byName(account, name);
  const target =
    record.holder === null ? null : { account, userId: record.holder, user: null, userName: name };
  return { target, record };
}
