import type { Case } from '../../core/case/case.ts';
import { isRefusedLately } from '../../core/case/progress.ts';
import type { DecisionRequest } from '../../core/case/requests.ts';
import { clearance, WINDOW_CLOSED } from '../../core/judge/clearance.ts';
import { mayBe, neededFor, proves } from '../../core/judge/proof.ts';
import type { Action, Attempt } from '../../core/judge/situation.ts';
import type { Control } from '../../core/model/policy.ts';
import { secondsBetween } from '../../core/model/time.ts';
import type { WriteAnswer } from '../ports.ts';
import { observeClaimed } from './observe.ts';
import { noteSetback } from './setbacks.ts';
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
): Promise<Attempt | 'unknown'> {
  const { clock, iamWrites, log, policy } = world;
  if (clock.remaining() < WRITE_NEEDS_MS) {
    return notMade(world, action, 'no-time-left');
  }
  const unproved = await unprovedFor(world, claimed, action, control);
  if (unproved !== null) {
    log.count('NotAsRecorded');
    return { ...notMade(world, action, 'answer-not-proved'), unproved };
  }
  const seen = await observeClaimed(world.iam, clock, claimed);
  const cleared = clearance(claimed, action, seen, policy, control, clock.now());
  if (!cleared.go) {
    const refused = notMade(world, action, cleared.why);
    return cleared.why === WINDOW_CLOSED ? { ...refused, windowClosed: true } : refused;
  }
  if (secondsBetween(seen.at, clock.now()) > LOOK_VALID_SECONDS) {
    return notMade(world, action, 'reading-too-old');
  }
  if (clock.remaining() < WRITE_NEEDS_MS) {
    return notMade(world, action, 'no-time-left');
  }
  const { outcome, error } = await write(iamWrites, cleared.userName, action);
  log.info('IAM write', {
    action: action.kind,
    key: action.keyId,
    userId: claimed.userId,
    outcome,
    code: error?.code,
    requestId: error?.requestId,
  });
  if (outcome !== 'done') {
    log.count('WriteNotDone');
  }
  if (outcome === 'refused' && isRefusedLately(claimed.progress[action.keyId] ?? {}, clock.now())) {
    await noteSetback(world, claimed, 'refused', control);
  }
  if (outcome === 'unknown') {
    return outcome;
  }
  // The case waits and tries again after either; only the account's count of setbacks tells them apart.
  const done = outcome === 'throttled' ? 'refused' : outcome;
  return { action, outcome: done, ...(error === undefined ? {} : { error }) };
}

/** The kind of the first answer behind a change that cannot be proved; null if all can. */
async function unprovedFor(
  { cases, links, policy, clock }: World,
  claimed: Case,
  action: Action,
  control: Control,
): Promise<NonNullable<Attempt['unproved']> | null> {
  const all = neededFor(claimed, action, policy);
  if (all === null) {
    return action.kind === 'reactivate' ? 'restore' : 'keep';
  }
  const digests = [...new Set(all.flatMap((needed) => needed.digests))];
  const { requests } = await cases.recorded(claimed, digests);
  for (const needed of all) {
    const request = needed.digests
      .flatMap((digest) => requests.get(digest) ?? [])
      .find((one): one is DecisionRequest => !('newer' in one) && mayBe(needed, one));
    const claim = request === undefined ? null : await links.claimOf(request);
    const by = { policy, control, now: clock.now() };
    if (request === undefined || !proves(claimed, action, needed, { request, claim }, by)) {
      return needed.kind;
    }
  }
  return null;
}

function notMade({ log }: World, action: Action, why: string): Attempt {
  log.warn('A claimed write was not made', { action: action.kind, key: action.keyId, why });
  return { action, outcome: 'not-made', why };
}

async function write(iam: World['iamWrites'], userName: string, action: Action): Promise<WriteAnswer> {
  switch (action.kind) {
    case 'deactivate':
      return iam.setStatus(userName, action.keyId, 'Inactive');
    case 'reactivate':
      return iam.setStatus(userName, action.keyId, 'Active');
    case 'delete':
      return iam.remove(userName, action.keyId);
  }
}
