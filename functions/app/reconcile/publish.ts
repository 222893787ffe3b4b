import { type Case, MACHINES, type OwedNotice, POOLS, type Pool } from '../../core/case/case.ts';
import { droppedOf, isSingle, reasonsPooledIn, withReasonsPooled } from '../../core/case/dropped.ts';
import {
  type Accepted,
  linkPurpose,
  pooledIn,
  reasonLinkPurpose,
  struckOff,
} from '../../core/case/notices.ts';
import { addressMark } from '../../core/case/requests.ts';
import { mailClass, poolFor } from '../../core/channel/urgency.ts';
import { dueAt } from '../../core/judge/due.ts';
import { renderReason } from '../../core/messages/dropped.ts';
import { isForOperators, renderForOperators } from '../../core/messages/for-operators.ts';
import { renderMail } from '../../core/messages/mail.ts';
import { renderNews } from '../../core/messages/news.ts';
import type { Policy } from '../../core/model/policy.ts';
import { earliest, type Instant, plus } from '../../core/model/time.ts';
import { evidenceFrom } from '../../core/proposal/context.ts';
import { isOfPrivileged } from '../../core/proposal/privileged.ts';
import type { StoredUser } from '../store-ports.ts';
import { askDigests } from './ask-digests.ts';
import { caseLink } from './case-link.ts';
import { sendMail } from './send-mail.ts';
import type { World } from './world.ts';
import { commit, lookAfter } from './write-case.ts';

/**
 * Attempts to write that notices were sent. The lease is ours, so nobody else can have written the version: a
 * conflict is caused by a transaction of another pass. Without a retry all notices would be sent again after the
 * lease.
 */
const STRIKE_TRIES = 4;

/** The circumstances of the pass that sends notices. */
export interface Sending {
  /** This pass has already counted as failed, which a sent mail does not change. */
  readonly lookFailed: boolean;
  /** See core/judge/lag.ts; the next evaluation is not later. */
  readonly believedFrom?: Instant | null;
  /** Ordinary notices wait for a digest, because this user is one of many that a survey found. */
  readonly pool?: boolean;
}

/** A message that is to be sent: a notice, or the reason for a dropped answer. */
type Message = OwedNotice | Reason;

/** The reason for a dropped answer, in a mail of its own. */
type Reason = Accepted & { readonly kind: 'answer-dropped' };

/** Result of a message: accepted by SNS, to be sent later, or waiting for a digest from now on. */
type Outcome = 'accepted' | 'later' | Pool;

/**
 * Sends the notices of a case that wait for no digest, each with its recipient's own link, and removes those that SNS
 * accepted. Those that may not be sent singly wait for a digest.
 */
export async function publishOwed(
  world: World,
  written: StoredUser,
  { lookFailed, believedFrom = null, pool = false }: Sending,
): Promise<void> {
  const { case: current } = written;
  if (current === null) {
    return;
  }
  const single = current.owed.filter(({ pooled }) => pooled === undefined);
  const messages: Message[] = [...single, ...reasonsToMail(current, single, world.policy)];
  // People first: the copy for machines must not delay a mail.
  const inOrder = [isForPeople, isForMachines].map((isFirst) => messages.filter(isFirst));
  const results: { readonly message: Message; readonly result: PromiseSettledResult<Outcome> }[] = [];
  for (const round of inOrder) {
    const settled = await Promise.allSettled(round.map((one) => publish(world, written, current, one, pool)));
    results.push(
      ...settled.flatMap((result, index) =>
        round.slice(index, index + 1).map((message) => ({ message, result })),
      ),
    );
  }
  const ended = (outcome: Outcome) =>
    results.flatMap(({ message, result }) =>
      result.status === 'fulfilled' && result.value === outcome ? [message] : [],
    );
  const accepted = ended('accepted');
  const refused = results.flatMap(({ result }) => (result.status === 'rejected' ? [result.reason] : []));
  for (const error of refused) {
    world.log.error('A notice was not accepted; it stays owed', {
      error: error instanceof Error ? error.name : 'unknown',
    });
    world.log.count('NoticeNotAccepted');
  }
  const pooled = new Map(
    POOLS.flatMap((one) =>
      ended(one).flatMap((message) => (isReason(message) ? [] : [[message, one] as const])),
    ),
  );
  const now = world.clock.now();
  const struck = struckOff(current, accepted, now, world.policy, written.control, { pooled });
  // A reason waits with the notice to the same person, whose mail would have given it.
  const dropped = withReasonsPooled(
    struck,
    POOLS.flatMap((one) => ended(one).map(({ recipient }) => recipient)),
  );
  const next = dropped.length > 0 ? { ...struck, dropped } : struck;
  // Before the write: a digest that finds nothing harms nobody, and one that is not requested comes a day later.
  const reasons = reasonsPooledIn(next).map(({ by }) => ({ recipient: by, pooled: 'new' as const }));
  await askDigests(world, current.account, [...pooledIn(next), ...reasons]);
  const failures = lookFailed ? written.failures : refused.length > 0 ? written.failures + 1 : 0;
  const judgedDue = dueAt(next, world.policy, written.control, now);
  const due = judgedDue === null ? null : earliest(judgedDue, believedFrom);
  const wakeAt = lookAfter(world, now, due, failures);
  const events = accepted.map(({ kind, recipient }) => ({
    code: 'told' as const,
    by: recipient,
    detail: kind,
  }));
  const why = { at: now, rule: 'notices' as const, events };
  for (let tries = 0; tries < STRIKE_TRIES; tries += 1) {
    if ((await commit(world, { ...written, failures }, next, why, wakeAt)) !== 'stale') {
      return;
    }
  }
}

const isReason = (message: Message): message is Reason => message.kind === 'answer-dropped';
const isForMachines = ({ recipient }: Accepted): boolean => recipient === MACHINES;
const isForPeople = (message: Accepted): boolean => !isForMachines(message);

/** The mails only about dropped answers. A notice to the same person gives the reason as well. */
function reasonsToMail(current: Case, single: readonly OwedNotice[], policy: Policy): Reason[] {
  const people = policy.approvers.filter((one) => droppedOf(current, one).some(isSingle));
  return people.flatMap(({ id }) =>
    single.some(({ recipient }) => recipient === id)
      ? []
      : { kind: 'answer-dropped' as const, recipient: id },
  );
}

async function publish(
  world: World,
  { control, usage, about: found }: StoredUser,
  current: Case,
  message: Message,
  pool: boolean,
): Promise<Outcome> {
  const { policy, clock, publisher, operators } = world;
  const evidence = evidenceFrom({ usage, about: found }, policy);
  const about = { current, policy, control, evidence, now: clock.now() };
  if (!isReason(message) && message.recipient === MACHINES) {
    const news = { ...about, kind: message.kind };
    await publisher.machines(renderNews(news));
    // After the notice, which has an id by which a program knows it again: if this mail is refused, both are sent anew.
    if (isForOperators(message.kind, current)) {
      await operators.send(renderForOperators(news));
    }
    return 'accepted';
  }
  const recipient = policy.approvers.find((approver) => approver.id === message.recipient);
  // Treated as accepted, it would announce a deletion to nobody (S13). The next evaluation drops notices to former
  // approvers.
  if (recipient === undefined) {
    throw new Error('The recipient of a notice is no approver any more.');
  }
  const urgency = isReason(message)
    ? 'ordinary'
    : mailClass(message.kind, current, policy, isOfPrivileged(evidence));
  const digest = poolFor(policy, current);
  // A reason does not wait for a week, whatever the mode.
  const onlyDigests = (pool && world.pace.surveyPools) || (digest === 'weekly' && !isReason(message));
  if (urgency === 'ordinary' && onlyDigests) {
    return digest;
  }
  const address = addressMark(recipient.email);
  const link = await linkFor(world, current, message, address);
  const to = { ...about, recipient, link };
  const { subject, body } = isReason(message) ? renderReason(to) : renderMail({ ...to, kind: message.kind });
  const sent = await sendMail(
    world,
    current.account,
    { recipient: recipient.id, address, subject, body },
    urgency,
  );
  switch (sent) {
    case 'accepted':
      return 'accepted';
    case 'wait':
      return 'later';
    case 'full':
    case 'gather':
      return urgency === 'urgent' ? 'urgent' : digest;
  }
}

async function linkFor(
  world: World,
  current: Case,
  message: Message,
  address: string,
): Promise<string | null> {
  const { policy } = world;
  const purpose = isReason(message)
    ? reasonLinkPurpose(current, policy)
    : linkPurpose(message.kind, current, policy);
  if (purpose === null) {
    return null;
  }
  const expires = plus(world.clock.now(), policy.linkValidity);
  return caseLink(world, current, { recipient: message.recipient, address }, purpose, expires);
}
