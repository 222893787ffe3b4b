import { isOpen } from '../../core/case/case.ts';
import type { RuleName } from '../../core/case/history.ts';
import { owesMail } from '../../core/case/notices.ts';
import { type CheckedRequest, firstGiven, unsignedRequest } from '../../core/case/requests.ts';
import { alteredCase, withNewerAnswer } from '../../core/case/unread.ts';
import { digestsNow, digestsOf } from '../../core/judge/adopt.ts';
import { evidenceToKeep } from '../../core/judge/evidence.ts';
import { judge } from '../../core/judge/judge.ts';
import { believedFrom, withoutLag } from '../../core/judge/lag.ts';
import type { Attempt, Judgement, Situation } from '../../core/judge/situation.ts';
import type { Observation } from '../../core/model/observation.ts';
import { currentApprovers } from '../../core/model/policy.ts';
import { hourOf } from '../../core/model/time.ts';
import { type StoredUser, Unreadable, type UnreadUser } from '../ports.ts';
import type { Wake } from '../wake.ts';
import { attempt } from './attempt.ts';
import { leaveAlone } from './leave-alone.ts';
import { observe, type Target } from './observe.ts';
import { publishOwed } from './publish.ts';
import { noteVerdict, type Shown, tellConfig } from './tell-config.ts';
import type { World } from './world.ts';
import { lookFailed, record } from './write-case.ts';

/** Result of a pass: its last observation and the rule that ended it. */
export interface PassResult {
  readonly rule: RuleName;
  readonly observed: Observation;
}

/**
 * Limit of evaluations in one pass, more than any case needs: two for each key and change, with the eight keys once
 * seen on one user (fact more-than-two-keys).
 */
const LOOKS = 40;

/** Result of a pass; `left-alone` if this release cannot read the case. */
export type PassEnd = PassResult | 'left-alone';

/**
 * One pass over a user: observe, decide, write, act, and observe again, until nothing is left to do now. However it
 * ends, AWS Config is then asked to show the result.
 */
export async function passOver(world: World, target: Target, wake: Wake): Promise<PassEnd> {
  const shown: Shown = { since: null };
  try {
    return await looks(world, target, wake, shown);
  } finally {
    await tellConfig(world, target.account, shown);
  }
}

async function looks(world: World, target: Target, wake: Wake, shown: Shown): Promise<PassEnd> {
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
    if ('unread' in stored) {
      return leaveAlone(world, stored, wake);
    }
    const situation = await gather(world, from, wake, stored, { pass, last });
    if ('unread' in situation) {
      return leaveAlone(world, { ...stored, ...situation, version: stored.case?.version ?? null }, wake);
    }
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

/** Stores evidence from the message, because only one message tells who created a key. */
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

/** Counts users whose case waits for a person while nobody is an approver. Nothing else would report it. */
function noteNobody({ log, policy }: World, { case: current, control }: StoredUser): void {
  if (isOpen(current) && currentApprovers(policy, control).length === 0) {
    log.count('NobodyToAsk');
  }
}

/**
 * Result of a pass. Throws if a user without an open case could not be read, so that the queue delivers the wake
 * again; no due time would lead to another evaluation.
 */
function ended({ rule }: Judgement, { observed }: Situation, { case: current }: StoredUser): PassResult {
  if (observed.kind === 'unknown' && !isOpen(current)) {
    throw new Unreadable(observed.why, 'IAM');
  }
  return { rule, observed };
}

/**
 * Judges and writes. If the claim exceeds this hour's budget, nothing was written, not even the observation; then
 * judges again without the claim, so that a key just deactivated is shown and can be restored immediately.
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

/** Carries out a judgement after it was written: makes the claimed IAM write, or sends the unsent notices. */
async function follow(
  world: World,
  situation: Situation,
  judged: Judgement,
  written: StoredUser,
): Promise<Attempt | null | 'end'> {
  if (judged.action !== null && written.case !== null) {
    const attempted = await attempt(world, written.case, judged.action, written.control);
    // Without an answer the write may have been carried out. A new pass observes after the lease has expired; the
    // write is never blindly repeated.
    return attempted === 'unknown' ? 'end' : { ...attempted, hour: hourOf(situation.now) };
  }
  if (judged.next !== null && owesMail(judged.next)) {
    await publishOwed(world, written, lookFailed(situation, judged), believedFrom(situation));
  }
  return judged.again ? null : 'end';
}

/** Reads everything that the judgement needs. */
async function gather(
  world: World,
  target: Target,
  wake: Wake,
  stored: StoredUser,
  own: Pick<Situation, 'pass' | 'last'>,
): Promise<Situation | Pick<UnreadUser, 'unread'>> {
  const { case: current, control } = stored;
  const { clock, policy, leaseFor } = world;
  const read = await observe(world.iam, clock, target, current);
  const observed = withoutLag(read, { current, policy, now: clock.now(), last: own.last });
  const request = await storedRequest(world, stored, observed);
  if (request !== null && 'unread' in request) {
    return request;
  }
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

/**
 * The verified request for the question as it is now, otherwise for the question as people were last shown it; null
 * if neither has one. Pages of two releases may have stored two answers; then the earlier one is used. If an answer
 * that only a newer release understands was given through one of our links, the case is left to that release. A case
 * that is not what its history says is left alone, so that no write makes it look genuine.
 */
async function storedRequest(
  { cases, links, policy, log }: World,
  { case: current, state }: StoredUser,
  observed: Observation,
): Promise<CheckedRequest | Pick<UnreadUser, 'unread'> | null> {
  if (current === null) {
    return null;
  }
  const asked = isOpen(current) && observed.kind === 'user';
  const now = asked ? [...digestsNow({ observed, policy }, current).keys()] : [];
  const before = asked ? digestsOf({ observed, policy }, current) : [];
  const stored = await cases.recorded(current, before);
  if (stored.state !== null && stored.state !== state) {
    log.count('NotAsRecorded');
    return { unread: alteredCase(current) };
  }
  const given = (digests: readonly string[]) =>
    firstGiven(digests.flatMap((digest) => stored.requests.get(digest) ?? []));
  const request = given(now) ?? given(before);
  if (request === null) {
    return null;
  }
  if (!('newer' in request)) {
    return { request, claim: await links.claimOf(request) };
  }
  const claim = await links.claimOf(request.sealed);
  return claim === null
    ? { request: unsignedRequest(request.sealed.digest), claim }
    : { unread: withNewerAnswer(current, request.newer) };
}

/**
 * Another user now has the name of a user with a case. Wakes that former holder of the name too, with the same
 * attempt count.
 */
async function wakeFormerHolder(
  world: World,
  { account, userId }: Target,
  { attempt }: Wake,
  { nameHolder }: Pick<StoredUser, 'nameHolder'>,
): Promise<void> {
  if (nameHolder === null || nameHolder === userId) {
    return;
  }
  await world.wakes.send([{ kind: 'user', account, userId: nameHolder, attempt }]);
}
