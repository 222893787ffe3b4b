import { isOpen } from '../../core/case/case.ts';
import { factsDigest, factsOf } from '../../core/case/facts.ts';
import type { RuleName } from '../../core/case/history.ts';
import type { CheckedRequest } from '../../core/case/requests.ts';
import { digestNow } from '../../core/judge/adopt.ts';
import { evidenceToKeep } from '../../core/judge/evidence.ts';
import { judge } from '../../core/judge/judge.ts';
import type { Attempt, Judgement, Situation } from '../../core/judge/situation.ts';
import type { Observation } from '../../core/model/observation.ts';
import { currentApprovers } from '../../core/model/policy.ts';
import { type StoredUser, Unreadable } from '../ports.ts';
import type { Wake } from '../wake.ts';
import { attempt } from './attempt.ts';
import { observe, type Target } from './observe.ts';
import { publishOwed } from './publish.ts';
import { noteVerdict, type Shown, tellConfig } from './tell-config.ts';
import type { World } from './world.ts';
import { lookFailed, record } from './write-case.ts';

/** What the last look of a pass saw and which rule it ended with. */
export interface PassResult {
  readonly rule: RuleName;
  readonly observed: Observation;
}

/** More looks than any case needs in a row: two per key and change, for the eight keys that were seen on one user. */
const LOOKS = 40;

/**
 * One pass over one user: observe, decide, write, act; then observe again, until there is nothing to do now. However it
 * ends, AWS Config is to show what became of the user.
 */
export async function passOver(world: World, target: Target, wake: Wake): Promise<PassResult> {
  const shown: Shown = { since: null };
  try {
    return await looks(world, target, wake, shown);
  } finally {
    await tellConfig(world, target.account, shown);
  }
}

async function looks(world: World, target: Target, wake: Wake, shown: Shown): Promise<PassResult> {
  const pass = world.newId();
  let last: Attempt | null = null;
  let first = true;
  for (let look = 0; look < LOOKS; look += 1) {
    const name = first ? (target.user?.userName ?? null) : null;
    const stored = await world.cases.load(target.account, target.userId, name);
    if (first) {
      await wakeFormerHolder(world, target, wake, stored);
    }
    const from = first ? target : { ...target, user: null };
    first = false;
    const situation = await gather(world, from, wake, stored, { pass, last });
    const { judged, written } = await judgeAndRecord(world, stored, situation);
    if (written === 'stale') {
      continue;
    }
    noteVerdict(world, shown, stored, judged);
    noteNobody(world, written);
    await noteEvidence(world, situation, written);
    const next = await follow(world, situation, judged, written);
    if (next === 'end') {
      return ended(judged, situation, written);
    }
    last = next;
  }
  throw new Error('A pass found no end; the queue will deliver this wake again.');
}

/** A message says only once who made a key. */
async function noteEvidence(
  { cases }: World,
  situation: Situation,
  { case: current }: StoredUser,
): Promise<void> {
  const evidence = evidenceToKeep(situation, current);
  const { account, userId } = situation.observed;
  if (evidence !== null) {
    await cases.keepEvidence(account, userId, evidence);
  }
}

/** Everything that wants a person waits, in silence, until somebody is an approver again. */
function noteNobody({ log, policy }: World, { case: current, control }: StoredUser): void {
  if (isOpen(current) && currentApprovers(policy, control).length === 0) {
    log.count('NobodyToAsk');
  }
}

/** Without an open case nobody would look again at a user who could not be read: the queue brings the wake once more. */
function ended({ rule }: Judgement, { observed }: Situation, { case: current }: StoredUser): PassResult {
  if (observed.kind === 'unknown' && !isOpen(current)) {
    throw new Unreadable(observed.why, 'IAM');
  }
  return { rule, observed };
}

/**
 * A judgement as it was written. Where its claim is one too many for this hour, nothing of it was written, not even what
 * was seen: it is judged again without the claim, so that a key just switched off can be shown and brought back at once.
 */
async function judgeAndRecord(
  world: World,
  stored: StoredUser,
  situation: Situation,
): Promise<{ readonly judged: Judgement; readonly written: StoredUser | 'stale' }> {
  const judged = judge(situation);
  const written = await record(world, stored, situation, judged);
  if (written !== 'over-budget') {
    return { judged, written };
  }
  world.log.count('OverBudget');
  return judgeAndRecord(world, stored, { ...situation, budgetSpent: true });
}

/** The effects of a judgement, after it was written: the claimed IAM write, or the notices owed. */
async function follow(
  world: World,
  situation: Situation,
  judged: Judgement,
  written: StoredUser,
): Promise<Attempt | null | 'end'> {
  if (judged.action !== null && written.case !== null) {
    const outcome = await attempt(world, written.case, judged.action);
    // No answer: it may have happened. The lease runs out, then a new pass looks; it never repeats blindly.
    return outcome === 'unknown' ? 'end' : { action: judged.action, outcome };
  }
  if (judged.next !== null && judged.next.owed.length > 0) {
    await publishOwed(world, written, lookFailed(situation));
  }
  return judged.again ? null : 'end';
}

/** Reads everything that judgement needs, once. */
async function gather(
  world: World,
  target: Target,
  wake: Wake,
  stored: StoredUser,
  own: Pick<Situation, 'pass' | 'last'>,
): Promise<Situation> {
  const { case: current, control } = stored;
  const { clock, policy, leaseFor } = world;
  const observed = await observe(world.iam, clock, target, current);
  const request = await storedRequest(world, stored, observed);
  return {
    now: clock.now(),
    policy,
    control,
    current,
    observed,
    request,
    origin: wake.origin ?? null,
    evidence: stored.evidence,
    leaseFor,
    ...own,
  };
}

/** The request for the facts as they are now, or else for the facts as people last saw them; attested by us. */
async function storedRequest(
  world: World,
  { case: current }: StoredUser,
  observed: Observation,
): Promise<CheckedRequest | null> {
  if (!isOpen(current) || observed.kind !== 'user') {
    return null;
  }
  const digests = new Set([digestNow({ observed }, current), factsDigest(factsOf(current))]);
  for (const digest of digests) {
    const request = await world.cases.request(current.account, current.userId, digest);
    if (request !== null) {
      return { request, claim: await world.links.claimOf(request) };
    }
  }
  return null;
}

/** Somebody else now has the name of a case of ours: its former holder wants a look too, in the same row of looks. */
async function wakeFormerHolder(
  world: World,
  { account, userId }: Target,
  { attempt }: Wake,
  { nameHolder }: StoredUser,
): Promise<void> {
  if (nameHolder === null || nameHolder === userId) {
    return;
  }
  await world.wakes.send([{ kind: 'user', account, userId: nameHolder, attempt }]);
}
