import type { Observation } from '../../core/model/observation.ts';
import type { Wake } from '../wake.ts';
import { presentOwner, type Target } from './observe.ts';
import { type PassResult, passOver } from './pass.ts';
import type { World } from './world.ts';

/** What became of one wake. `wait`: IAM does not show yet what the sender saw, or another pass is at work. */
export type Reconciled = 'done' | 'wait' | 'nobody';

/** How long to wait before looking again, as parts of `settle`. */
const PATIENCE = [0.25, 1, 5, 15] as const;

/**
 * Looks at one user again and does what follows. Throws when IAM could not be read for a user without an open case, so
 * that the queue delivers the wake again: nothing is lost and nothing is guessed.
 */
export async function reconcile(world: World, wake: Wake): Promise<Reconciled> {
  const target = await who(world, wake);
  if (target === null) {
    return settleExpectation(world, wake, null);
  }
  const result = await passOver(world, target, wake);
  return settleExpectation(world, wake, result);
}

/** Who is meant? A UserId is taken as it is; names and key ids are asked of IAM, then of our own cases. */
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

/** Sends the wake on while what was seen contradicts what its sender knew; after the last look somebody is told. */
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
 * Nobody found, or a former holder of the name who is gone, has no keys: a new user's first look may come too early. A
 * key that should be Inactive and is gone was deleted since. What could not be read contradicts nothing; its case is
 * looked at again anyway.
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
