import { isOpen } from '../../core/case/case.ts';
import { exposureOf, isNothing, mergedExposure, type NewExposure } from '../../core/case/exposure.ts';
import { owesMail } from '../../core/case/notices.ts';
import { NOTHING_UNDER_NAME, type UnderName } from '../../core/case/under-name.ts';
import { withReach } from '../../core/health/reach.ts';
import { evidenceToHandOn, evidenceToKeep, isAlarming, type ToKeep } from '../../core/judge/evidence.ts';
import { judge } from '../../core/judge/judge.ts';
import { believedFrom, withoutLag } from '../../core/judge/lag.ts';
import type { Attempt, Judgement, Situation } from '../../core/judge/situation.ts';
import { currentApprovers } from '../../core/model/policy.ts';
import { hourOf, type Instant } from '../../core/model/time.ts';
import { evidenceFrom } from '../../core/proposal/context.ts';
import { Unreadable } from '../ports.ts';
import type { StoredUser, UnreadUser } from '../store-ports.ts';
import type { News, Wake } from '../wake.ts';
import { askUsage, questionAbout } from './ask-usage.ts';
import { attempt } from './attempt.ts';
import { noteEvents, putEvents } from './case-events.ts';
import { firstNoticeIn, wakeForNotice } from './first-notice.ts';
import { noteKeyEvent } from './key-event.ts';
import { leaveAlone } from './leave-alone.ts';
import { observe, type Target } from './observe.ts';
import { publishOwed } from './publish.ts';
import { noteRestore, pauseIfDue } from './setbacks.ts';
import { type Answered, storedRequest } from './stored-request.ts';
import { noteReach, noteVerdict, type Shown, tellConfig } from './tell-config.ts';
import type { Found } from './wait.ts';
import type { World } from './world.ts';
import { isChange, lookFailed, record } from './write-case.ts';

/** The message that led to a pass, with what was read while its user was looked up. */
export interface Occasion {
  readonly wake: Wake;
  /** The evidence in an event; null for any other message. */
  readonly news: News | null;
  /** The data stored under the user's name; null if it was not read. */
  readonly underName: UnderName | null;
}

/** The basis of one observation of a pass, besides the stored user. */
interface From extends Pick<Situation, 'pass' | 'last' | 'origin'> {
  readonly underName: UnderName;
  /** The exposure that this event tells of; null if it tells of none. */
  readonly exposure: NewExposure | null;
}

/**
 * Limit of evaluations in one pass, more than any case needs: two for each key and change, with the eight keys once
 * seen on one user (fact more-than-two-keys).
 */
const LOOKS = 40;

/** Result of a pass; `left-alone` if this release cannot read the case. */
export type PassEnd = Found | 'left-alone';

/**
 * One pass over a user: observe, decide, write, act, and observe again, until nothing is left to do now. However it
 * ends, AWS Config is then asked to show the result, and other programs are told of it.
 */
export async function passOver(world: World, target: Target, occasion: Occasion): Promise<PassEnd> {
  const shown: Shown = { since: null, noticeIn: null, question: null, events: [] };
  try {
    return await looks(world, target, occasion, shown);
  } finally {
    // In the same moment, because messages that are sent together cost one call.
    await Promise.all([
      tellConfig(world, target.account, shown),
      wakeForNotice(world, target, occasion.wake, shown.noticeIn),
      askUsage(world, shown.question),
      putEvents(world, shown.events),
    ]);
  }
}

async function looks(world: World, target: Target, occasion: Occasion, shown: Shown): Promise<PassEnd> {
  const { wake, news } = occasion;
  const pass = world.newId();
  const { origin = null, exposure = null } = news ?? {};
  const name = target.user?.userName ?? null;
  let underName = occasion.underName ?? NOTHING_UNDER_NAME;
  let last: Attempt | null = null;
  let first = true;
  let dueBefore: Instant | null = null;
  for (let look = 0; look < LOOKS; look += 1) {
    const loaded = await world.cases.load(target.account, target.userId, first ? name : null);
    const stored = reaching(loaded, world.clock.now());
    if (first) {
      await wakeFormerHolder(world, target, wake, stored);
      underName = name === null ? underName : stored.underName;
      const events = await noteKeyEvent(world, wake, news, target.userName ?? '', underName.events);
      underName = { ...underName, events };
    }
    const from = first ? target : { ...target, user: null };
    if ('unread' in stored) {
      return leaveAlone(world, { ...stored, underName }, news);
    }
    noteReach(world, shown, stored);
    dueBefore = first ? stored.wakeAt : dueBefore;
    first = false;
    const gathered = await gather(world, from, stored, { pass, last, origin, exposure, underName });
    if ('unread' in gathered) {
      const version = stored.case?.version ?? null;
      return leaveAlone(world, { ...stored, ...gathered, underName, version }, news);
    }
    const { situation, unanswered } = gathered;
    const { judged, written } = await judgeAndRecord(world, stored, situation, unanswered);
    if (written === 'stale') {
      continue;
    }
    noteVerdict(world, shown, stored, judged);
    noteEvents(world, shown, written, situation.now, judged);
    noteNobody(world, written);
    await keep(world, situation, evidenceToKeep(situation, written));
    const next = await follow(world, wake, situation, judged, written).finally(() =>
      noteRestore(world, target, judged, stored.control),
    );
    if (next === 'end') {
      shown.question = questionAbout(world, written);
      shown.noticeIn = firstNoticeIn(wake, dueBefore, written, world.clock.now());
      return ended(world, judged, situation, written, underName);
    }
    last = next;
  }
  throw new Error('A pass found no end; the queue will deliver this wake again.');
}

/** The user with the addresses that mails reach now (S13). */
function reaching<T extends StoredUser | UnreadUser>(loaded: T, now: Instant): T {
  return 'unread' in loaded
    ? loaded
    : { ...loaded, control: withReach(loaded.control, loaded.subscriptions, now) };
}

/** Stores evidence beside the case, because only one message tells who created a key, or that it is exposed. */
async function keep({ cases }: World, { observed }: Situation, evidence: ToKeep | null): Promise<void> {
  if (evidence !== null) {
    await cases.keepEvidence(observed.account, observed.userId, evidence);
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
function ended(
  world: World,
  { rule }: Judgement,
  situation: Situation,
  written: StoredUser,
  { events }: UnderName,
): Found {
  const { observed } = situation;
  if (observed.kind === 'unknown' && !isOpen(written.case)) {
    throw new Unreadable(observed.why, 'IAM');
  }
  return {
    rule,
    observed,
    current: written.case,
    events,
    handOn: () => keep(world, situation, evidenceToHandOn(situation, written)),
  };
}

/**
 * Judges and writes. If the claim exceeds this hour's budget, nothing was written, not even the observation; then
 * judges again without the claim, so that a key just deactivated is shown and can be restored immediately. Throws if
 * the store then still says so: nothing but a claim costs anything. Too many setbacks pause the account before the claim:
 * then nothing was written either.
 */
async function judgeAndRecord(
  world: World,
  stored: StoredUser,
  situation: Situation,
  unanswered: readonly string[],
): Promise<{ readonly judged: Judgement; readonly written: StoredUser | 'stale' }> {
  const judged = judge(situation);
  if (isChange(judged.action) && (await pauseIfDue(world, situation.observed.account, stored.control))) {
    return { judged, written: 'stale' };
  }
  const written = await record(world, stored, situation, judged, unanswered);
  if (written !== 'over-budget') {
    return { judged, written };
  }
  if (situation.budgetSpent === true) {
    throw new Error('The store reports a spent budget for a write that takes nothing from it.');
  }
  world.log.count('OverBudget');
  return judgeAndRecord(world, stored, { ...situation, budgetSpent: true }, unanswered);
}

/** Carries out a judgement after it was written: makes the claimed IAM write, or sends the unsent notices. */
async function follow(
  world: World,
  wake: Wake,
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
    await publishOwed(world, written, {
      lookFailed: lookFailed(situation, judged),
      believedFrom: believedFrom(situation),
      pool: wake.pool === true,
    });
  }
  return judged.again ? null : 'end';
}

/** Everything that the judgement needs, and the digests under which no answer was stored. */
interface Gathered extends Pick<Answered, 'unanswered'> {
  readonly situation: Situation;
}

/** Reads everything that the judgement needs. */
async function gather(
  world: World,
  target: Target,
  stored: StoredUser,
  { underName, exposure, ...own }: From,
): Promise<Gathered | Pick<UnreadUser, 'unread'>> {
  const { case: current, control } = stored;
  const { clock, policy, leaseFor } = world;
  const evidence = { ...underName.origins, ...stored.evidence };
  const known = mergedExposure(underName.exposed, stored.exposed, exposureOf(exposure));
  const exposed = isNothing(known) ? {} : { exposed: known };
  // The Region of a last use is one of those to look in.
  const looksUp = policy.usage !== null;
  const asksNow =
    policy.notifyAfter === 0 || isAlarming({ ...own, evidence, ...exposed }, target.userName ?? '', policy);
  const read = await observe(world.iam, clock, target, current, asksNow || looksUp ? 'violation' : 'none');
  const observed = withoutLag(read, { current, policy, now: clock.now(), last: own.last });
  const answered = await storedRequest(world, stored, observed);
  if ('unread' in answered) {
    return answered;
  }
  const { request, unanswered } = answered;
  const situation = {
    now: clock.now(),
    policy,
    control,
    current,
    observed,
    request,
    evidence,
    ...exposed,
    besides: evidenceFrom(stored, policy),
    leaseFor,
    ...own,
  };
  return { situation, unanswered };
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
