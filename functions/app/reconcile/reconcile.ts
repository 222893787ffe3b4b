import type { NameRecord } from '../../core/case/under-name.ts';
import type { News, Wake } from '../wake.ts';
import { presentOwner, type Target } from './observe.ts';
import { passOver } from './pass.ts';
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
  if (target === null) {
    return withoutUser(world, wake, news, record);
  }
  const result = await passOver(world, target, { wake, news, underName: record });
  return result === 'left-alone' ? 'done' : waitFor(world, wake, result);
}

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
