import { type Case, isOpen, type OwedNotice } from '../../core/case/case.ts';
import { listRank } from '../../core/case/list-rank.ts';
import { struckOff } from '../../core/case/notices.ts';
import { addressMark, type ListPurpose } from '../../core/case/requests.ts';
import { type Digest, digestOf, isWorthSending, waitingFor } from '../../core/channel/digest.ts';
import {
  afterDigest,
  type DigestEnd,
  type Dues,
  duesNow,
  isAnyDue,
  type Pace,
  underWay,
} from '../../core/channel/pace.ts';
import { digestLines } from '../../core/health/digest-lines.ts';
import { dueAt } from '../../core/judge/due.ts';
import {
  announcedInPart,
  type DigestContext,
  digestParts,
  renderDigest,
} from '../../core/messages/digest.ts';
import { isWhollyObserved } from '../../core/model/only.ts';
import { type Approver, currentApprovers } from '../../core/model/policy.ts';
import { DAY, earliest, type Instant, plus } from '../../core/model/time.ts';
import { evidenceFrom } from '../../core/proposal/context.ts';
import type { DueDigest, StoredUser } from '../store-ports.ts';
import type { DigestWish } from '../wake.ts';
import { withArrivals } from './arrivals.ts';

import { type Sent, sendMail, slotOf } from './send-mail.ts';
import type { World } from './world.ts';
import { commit } from './write-case.ts';

/** Time for which the link of a digest is valid: until the weekly digest after it has come. */
const LINK_VALID = 8 * DAY;

/** Cases from which a digest's notices are struck off at the same time. */
const AT_ONCE = 10;

/** Attempts to strike notices off a case that others write at the same time. */
const STRIKE_TRIES = 4;

/**
 * A pass that requests a digest writes its notice in the case within this time, in milliseconds. A digest reads the cases
 * only then, because a notice that it misses waits for the next one.
 */
const WRITTEN_MS = 1_000;

/** Somebody else's pass ends within this time, in milliseconds, most of the time. */
const PASS_MS = 500;

/** A user with a case, as a digest lists it. */
interface Listed extends Pick<DigestContext['digest']['questions'][number], 'current' | 'evidence'> {
  readonly stored: StoredUser;
}

/**
 * Writes the digests that are due for an address or for those that are reached anew, if there is anything to say, and
 * strikes off what they told. A failure repeats them after a while: a notice is told twice rather than never.
 */
export async function sendDigests(world: World, { account, address }: DigestWish): Promise<void> {
  const addresses = address === undefined ? await withArrivals(world, account) : [address];
  for (const one of addresses) {
    await sendTo(world, { account, address: one });
  }
}

async function sendTo(world: World, about: DueDigest): Promise<void> {
  const { account, address } = about;
  const { paces, openCases, clock, policy } = world;
  const taken = await paces.change(about, (pace) => {
    const now = clock.now();
    const claimed = isAnyDue(pace, now) ? underWay(pace, now) : null;
    const result = claimed === null ? null : { dues: duesNow(pace, now), pace, claimed };
    return { next: claimed, result, unsure: true };
  });
  if (taken === null) {
    return;
  }
  await world.pause(WRITTEN_MS);
  await enlistOthers(world, account);
  const stored = await openCases.open(account);
  const cases = stored.flatMap((one): Listed[] =>
    one.case === null ? [] : [{ stored: one, current: one.case, evidence: evidenceFrom(one, policy) }],
  );
  const readers = readersAt(world, address, stored);
  const end = await send(world, cases, readers, taken);
  const slot = slotOf(world);
  await paces.change(about, (pace) => ({
    next: afterDigest(pace, taken.claimed, taken.dues, end, clock.now(), slot, policy),
    result: undefined,
  }));
}

/** Puts open cases into the list that a release without it wrote last. */
async function enlistOthers(world: World, account: string): Promise<void> {
  const { cases, openCases, policy } = world;
  for (const userId of await openCases.unlisted(account)) {
    const stored = await cases.load(account, userId, null);
    const current = 'unread' in stored ? null : stored.case;
    const rank = isOpen(current) ? listRank(current, policy) : null;
    if (current !== null && rank !== null) {
      await openCases.enlist(current, rank);
    }
  }
}

/** The approvers who may decide now and are reached at an address. */
function readersAt({ policy }: World, address: string, [first]: readonly StoredUser[]): Approver[] {
  return first === undefined
    ? []
    : currentApprovers(policy, first.control).filter(({ email }) => addressMark(email) === address);
}

/** Sends the digest in as many mails as it takes. */
async function send(
  world: World,
  cases: readonly Listed[],
  readers: readonly Approver[],
  { dues, pace }: { readonly dues: Dues; readonly pace: Pace },
): Promise<DigestEnd> {
  const [recipient] = readers;
  const [anyCase] = cases;
  if (recipient === undefined || anyCase === undefined) {
    return 'nothing-to-say';
  }
  const ids = readers.map(({ id }) => id);
  const now = world.clock.now();
  const digest = digestOf(cases, ids, dues);
  if (!isWorthSending(digest, ids, dues, pace, world.policy, now)) {
    return 'nothing-to-say';
  }
  const { control } = anyCase.stored;
  const link = await listLink(world, anyCase.current.account, recipient);
  const health = await aboutSolekey(world, anyCase.current.account, recipient, now);
  const context = { digest, policy: world.policy, control, recipient, link, now, health };
  for (let part = 0; part < digestParts(digest); part += 1) {
    const { subject, body } = renderDigest(context, part);
    const mail = { recipient: recipient.id, address: addressMark(recipient.email), subject, body };
    const result: Sent = await sendMail(world, anyCase.current.account, mail, 'digest');
    if (result !== 'accepted') {
      world.log.warn('A digest has to wait', { part, why: result });
      return part > 0 ? 'in-part' : 'refused';
    }
    await strikeOff(world, digest, part, ids, dues);
  }
  world.log.count('DigestSent');
  return 'sent';
}

/** The lines about Solekey itself. A digest is never held back for them. */
async function aboutSolekey(
  { health, policy, log }: World,
  account: string,
  reader: Approver,
  now: Instant,
): Promise<readonly string[]> {
  try {
    const [state, checked] = await Promise.all([health.load(account), health.subscriptions(account)]);
    return digestLines(state, checked, reader, policy, now);
  } catch (error) {
    log.error('A digest goes without the line about Solekey itself', { error });
    return [];
  }
}

async function listLink(world: World, account: string, { id, email }: Approver): Promise<string> {
  const { policy, clock, links } = world;
  const purpose: ListPurpose = isWhollyObserved(policy) ? 'list-view' : 'list';
  const expires = plus(clock.now(), LINK_VALID);
  const claim = {
    scope: 'list' as const,
    account,
    recipient: id,
    address: addressMark(email),
    purpose,
    expires,
  };
  return world.linkTo(purpose, await links.mint(claim));
}

/**
 * Strikes off what one mail of a digest told: an announced deletion only where this mail named it, everything else with
 * the first.
 */
async function strikeOff(
  world: World,
  digest: Digest<Listed>,
  part: number,
  ids: readonly string[],
  dues: Dues,
): Promise<void> {
  const named = new Set(announcedInPart(digest.announced, part).map(({ current }) => current));
  const all = [...digest.questions, ...digest.announced, ...digest.told.map(({ about }) => about)];
  const cases = [...new Set(part === 0 ? all : all.filter(({ current }) => named.has(current)))];
  const isTold =
    (current: Case) =>
    ({ kind }: OwedNotice) =>
      kind === 'deletion-announced' ? named.has(current) : part === 0;
  for (let from = 0; from < cases.length; from += AT_ONCE) {
    const some = cases.slice(from, from + AT_ONCE);
    await Promise.all(
      some.map(({ stored, current }) => {
        const told = waitingFor(current, ids, dues.daily).filter(isTold(current));
        return told.length === 0 ? undefined : strike(world, stored, told);
      }),
    );
  }
}

/** Writes that these notices were told. Somebody else's pass goes first. */
async function strike(world: World, first: StoredUser, told: readonly OwedNotice[]): Promise<void> {
  const { cases, pause, clock, policy, log } = world;
  let stored = first;
  for (let tries = 0; tries < STRIKE_TRIES; tries += 1) {
    const { case: current, control } = stored;
    if (current === null) {
      return;
    }
    const left = current.owed.filter((notice) => told.some((one) => isSame(one, notice)));
    if (left.length === 0) {
      return;
    }
    const now = clock.now();
    if (current.lease === null) {
      const next = struckOff(current, left, now, policy, control);
      const events = left.map(({ kind, recipient }) => ({
        code: 'told' as const,
        by: recipient,
        detail: kind,
      }));
      const why = { at: now, rule: 'notices' as const, events };
      // What was due before stays due.
      const judgedDue = dueAt(next, policy, control, now);
      const wakeAt = judgedDue === null ? null : earliest(stored.wakeAt, judgedDue);
      const written = await commit(world, stored, next, why, wakeAt);
      if (written !== 'stale') {
        return;
      }
    }
    await pause(PASS_MS);
    const again = await cases.load(current.account, current.userId, null);
    if ('unread' in again) {
      return;
    }
    stored = again;
  }
  log.warn('A case is busy; its notices will be told again in the next digest', { tries: STRIKE_TRIES });
}

/** The notice that a digest told. One of the same kind that became due later is another one. */
function isSame(one: OwedNotice, other: OwedNotice): boolean {
  return one.kind === other.kind && one.recipient === other.recipient && one.since === other.since;
}
