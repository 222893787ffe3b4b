import type { Case } from '../../core/case/case.ts';
import type { CheckedRequest } from '../../core/case/requests.ts';
import { clearance, wasSaid } from '../../core/judge/clearance.ts';
import type { Action, Attempt } from '../../core/judge/situation.ts';
import type { Control } from '../../core/model/policy.ts';
import { secondsBetween } from '../../core/model/time.ts';
import type { WriteOutcome } from '../ports.ts';
import { observeClaimed } from './observe.ts';
import type { World } from './world.ts';

/** No IAM write starts with less time than this left in the invocation, so that its answer is not lost. */
const WRITE_NEEDS_MS = 10_000;

/** Maximum age of the observation that cleared a write (law 4). */
const LOOK_VALID_SECONDS = 5;

/** Makes the one write that a claim announced, if an observation begun after the claim still allows it. */
export async function attempt(
  world: World,
  claimed: Case,
  action: Action,
  control: Control,
): Promise<Attempt['outcome'] | Extract<WriteOutcome, 'unknown'>> {
  const { clock, iamWrites, log, policy } = world;
  if (clock.remaining() < WRITE_NEEDS_MS) {
    return notMade(world, action, 'no-time-left');
  }
  if (!wasSaid(claimed, action, await said(world, claimed, action))) {
    return notMade(world, action, 'nobody-said-so');
  }
  const seen = await observeClaimed(world.iam, clock, claimed);
  const cleared = clearance(claimed, action, seen, policy, control);
  if (!cleared.go) {
    return notMade(world, action, cleared.why);
  }
  if (secondsBetween(seen.at, clock.now()) > LOOK_VALID_SECONDS) {
    return notMade(world, action, 'look-too-old');
  }
  if (clock.remaining() < WRITE_NEEDS_MS) {
    return notMade(world, action, 'no-time-left');
  }
  const outcome = await write(iamWrites, cleared.userName, action);
  log.info('IAM write', { action: action.kind, key: action.keyId, userId: claimed.userId, outcome });
  if (outcome !== 'done') {
    log.count('WriteNotDone');
  }
  return outcome;
}

/** The recorded answer, verified once more; null if none is stored, or for a restore, which needs none. */
async function said(
  { cases, links }: World,
  claimed: Case,
  { kind }: Action,
): Promise<CheckedRequest | null> {
  const { account, userId, decision } = claimed;
  if (kind === 'reactivate' || decision === null) {
    return null;
  }
  const request = (await cases.requests(account, userId, [decision.digest])).get(decision.digest);
  return request === undefined || 'newer' in request
    ? null
    : { request, claim: await links.claimOf(request) };
}

function notMade({ log }: World, action: Action, why: string): 'not-made' {
  log.warn('A claimed write was not made', { action: action.kind, key: action.keyId, why });
  return 'not-made';
}

async function write(iam: World['iamWrites'], userName: string, action: Action): Promise<WriteOutcome> {
  switch (action.kind) {
    case 'deactivate':
      return iam.setStatus(userName, action.keyId, 'Inactive');
    case 'reactivate':
      return iam.setStatus(userName, action.keyId, 'Active');
    case 'delete':
      return iam.remove(userName, action.keyId);
  }
}
