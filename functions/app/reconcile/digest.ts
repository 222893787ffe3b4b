import { isOpen } from '../../core/case/case.ts';
import { listRank } from '../../core/case/list-rank.ts';
import { isMailed } from '../../core/case/recipients.ts';
import { addressMark, type ListPurpose } from '../../core/case/requests.ts';
import { digestOf, isWorthSending, isWorthSendingFor } from '../../core/channel/digest.ts';
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
import { digestParts, renderDigest } from '../../core/messages/digest.ts';
import { isWhollyObserved } from '../../core/model/only.ts';
import { type Approver, type Control, currentApprovers } from '../../core/model/policy.ts';
import { DAY, type Instant, plus } from '../../core/model/time.ts';
import { evidenceFrom } from '../../core/proposal/context.ts';
import type { SignOffAsk } from '../../core/signoff/ask.ts';
import type { DueDigest, StoredUser } from '../store-ports.ts';
import type { DigestWish } from '../wake.ts';
import { withArrivals } from './arrivals.ts';
import { type Sent, sendMail, slotOf } from './send-mail.ts';
import { type Listed, strikeOff } from './strike-off.ts';
import type { World } from './world.ts';

/** Time for which the link of a digest is valid: until the weekly digest after it has come. */
const LINK_VALID = 8 * DAY;

/**
 * A pass that requests a digest writes its notice in the case within this time, in milliseconds. A digest reads the cases
 * only then, because a notice that it misses waits for the next one.
 */
const WRITTEN_MS = 1_000;

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
  const { ask, control } = await signOffsBeside(world, account, stored);
  const readers = currentApprovers(policy, control).filter(({ email }) => addressMark(email) === address);
  const end = await send(world, { account, cases, readers, ask, control }, taken);
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

/** Everything that a digest may tell of, and its readers. */
interface ToTell {
  readonly account: string;
  readonly cases: readonly Listed[];
  /** The approvers who may decide now and are reached at the address. */
  readonly readers: readonly Approver[];
  /** Null if nothing is known about sign-offs. */
  readonly ask: SignOffAsk | null;
  readonly control: Control;
}

/**
 * The state of sign-offs, and who may decide. A digest about open cases is never held back for it; if nothing is open, it is
 * all that there may be to say.
 */
async function signOffsBeside(
  { signOffs, log }: World,
  account: string,
  [first]: readonly StoredUser[],
): Promise<Pick<ToTell, 'ask' | 'control'>> {
  try {
    const { ask, control } = await signOffs.read(account);
    return { ask, control: first?.control ?? control };
  } catch (error) {
    if (first === undefined) {
      throw error;
    }
    log.error('A digest goes without the line about open concerns', { error });
    return { ask: null, control: first.control };
  }
}

/** Sends the digest in as many mails as it takes. */
async function send(
  world: World,
  { account, cases, readers, ask, control }: ToTell,
  { dues, pace }: { readonly dues: Dues; readonly pace: Pace },
): Promise<DigestEnd> {
  const [recipient] = readers;
  if (recipient === undefined) {
    return 'nothing-to-say';
  }
  const ids = readers.map(({ id }) => id);
  const now = world.clock.now();
  const digest = digestOf(cases, readers, dues);
  const isDigested = readers.some(isMailed);
  const concernsWait = isDigested && isWorthSendingFor(ask?.open ?? 0, dues, pace, now);
  if (!concernsWait && !isWorthSending(digest, ids, dues, pace, world.policy, now, !isDigested)) {
    return 'nothing-to-say';
  }
  const link = await listLink(world, account, recipient);
  const health = await aboutSolekey(world, account, recipient, now);
  const concerns = dues.daily ? ask : null;
  const context = { digest, policy: world.policy, control, recipient, link, now, concerns, health };
  const latest = new Map<string, StoredUser>();
  for (let part = 0; part < digestParts(digest); part += 1) {
    const { subject, body } = renderDigest(context, part);
    const mail = { recipient: recipient.id, address: addressMark(recipient.email), subject, body };
    const result: Sent = await sendMail(world, account, mail, 'digest');
    if (result !== 'accepted') {
      world.log.warn('A digest has to wait', { part, why: result });
      return part > 0 ? 'in-part' : 'refused';
    }
    await strikeOff(world, digest, part, ids, dues, latest);
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
