import type { Observation } from '../../core/model/observation.ts';
import type { Wake } from '../wake.ts';
import { presentOwner, type Target } from './observe.ts';
import { type PassResult, passOver } from './pass.ts';
import type { World } from './world.ts';

/**
 * Result of one wake. `wait`: IAM does not show yet what the sender saw, or another pass holds the lease. `nobody`:
 * no such user.
 */
export type Reconciled = 'done' | 'wait' | 'nobody';

/** Delays before the next attempts, as multiples of `settle`. */
const PATIENCE = [0.25, 1, 5, 15] as const;

/**
 * Evaluates one user and carries out what follows. Throws if IAM could not be read for a user without an open case,
 * so that the queue delivers the wake again and nothing is lost or guessed.
 */
export async function reconcile(world: World, wake: Wake): Promise<Reconciled> {
  const target = await who(world, wake);
  if (target === null) {
    return settleExpectation(world, wake, null);
  }
  const result = await passOver(world, target, wake);
  if (result === 'left-alone') {
    return 'done';
  }
  return settleExpectation(world, wake, result);
}

/**
 * Finds the user that a wake is about; null if there is none. A UserId is used as it is; names and key ids are looked
 * up in IAM, then in our own cases.
 */
async function who(world: World, wake: Wake): Promise<Target | null> {
  const { account } = wake;
  const userName = wake.userName ?? null;
  if (wake.userId !== undefined) {
    return { account, userId: wake.userId, user: null, userName };
  }
  const name =
    userName ?? (wake.accessKeyId === undefined ? null : await presentOwner(world.iam, wake.accessKeyId));
  if (name === null) {
    return null;
  }
  const user = await world.iam.user(name);
  if (user !== null) {
    return { account, userId: user.userId, user, userName: user.userName };
  }
  const userId = await world.cases.userIdByName(account, name);
  return userId === null ? null : { account, userId, user: null, userName: name };
}

/**
 * Sends the wake again while the observation contradicts what its sender knew. After the last attempt the mismatch is
 * logged and counted.
 */
async function settleExpectation(world: World, wake: Wake, result: PassResult | null): Promise<Reconciled> {
  const unmet = contradicts(wake, result?.observed ?? null);
  const busy = result?.rule === 'leased';
  if (!unmet && !busy) {
    return result === null ? 'nobody' : 'done';
  }
  const patience = PATIENCE[wake.attempt];
  if (patience === undefined) {
    if (unmet) {
      world.log.error('IAM never showed what the event said; the user was judged as IAM shows them', {
        look: wake.attempt,
      });
    }
    world.log.count(unmet ? 'ExpectationNeverMet' : 'LeaseOutlasted');
    return 'done';
  }
  await world.wakes.send([{ ...wake, attempt: wake.attempt + 1 }], patience * world.policy.settle);
  return 'wait';
}

/**
 * True if the observation contradicts what the sender expects. A user that was not found counts as having no keys,
 * because a new user may not be visible yet. A key expected as Inactive that does not exist was deleted since. An
 * unreadable user contradicts nothing and is evaluated again anyway.
 */
function contradicts({ expects }: Wake, observed: Observation | null): boolean {
  if (expects === undefined || observed?.kind === 'unknown') {
    return false;
  }
  const keys = observed?.kind === 'user' ? observed.keys : [];
  const key = keys.find((candidate) => candidate.id === expects.keyId);
  if (expects.status === 'Deleted') {
    return key !== undefined;
  }
  return key === undefined ? expects.status === 'Active' : key.status !== expects.status;
}
