import { type Case, MACHINES } from '../../core/case/case.ts';
import { droppedOf } from '../../core/case/dropped.ts';
import { type Accepted, linkPurpose, reasonLinkPurpose, struckOff } from '../../core/case/notices.ts';
import { addressMark } from '../../core/case/requests.ts';
import { dueAt } from '../../core/judge/due.ts';
import { renderReason } from '../../core/messages/dropped.ts';
import { renderMail } from '../../core/messages/mail.ts';
import { renderNews } from '../../core/messages/news.ts';
import type { Policy } from '../../core/model/policy.ts';
import { earliest, type Instant, plus } from '../../core/model/time.ts';
import { evidenceFrom } from '../../core/proposal/context.ts';
import type { StoredUser } from '../store-ports.ts';
import type { World } from './world.ts';
import { commit, lookAfter } from './write-case.ts';

/**
 * Attempts to write that notices were sent. The lease is ours, so nobody else can have written the version: a
 * conflict is caused by a transaction of another pass. Without a retry all notices would be sent again after the
 * lease.
 */
const STRIKE_TRIES = 4;

/**
 * Sends the unsent notices of a case, each with its recipient's own link, and removes those that SNS accepted.
 * `lookFailed`: this pass has already counted as failed, which a sent mail does not change. `believedFrom`: see
 * core/judge/lag.ts; the next evaluation is not later.
 */
export async function publishOwed(
  world: World,
  written: StoredUser,
  lookFailed: boolean,
  believedFrom: Instant | null = null,
): Promise<void> {
  const { case: current } = written;
  if (current === null) {
    return;
  }
  const messages = [...current.owed, ...reasonsToMail(current, world.policy)];
  // People first: the copy for machines must not delay a mail.
  const inOrder = [isForPeople, isForMachines].map((isFirst) => messages.filter(isFirst));
  const results: PromiseSettledResult<void>[] = [];
  for (const round of inOrder) {
    const sending = round.map((message) => publish(world, written, current, message));
    results.push(...(await Promise.allSettled(sending)));
  }
  const accepted = inOrder.flat().filter((_, index) => results[index]?.status === 'fulfilled');
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  for (const error of refused) {
    world.log.error('A notice was not accepted; it stays owed', {
      error: error instanceof Error ? error.name : 'unknown',
    });
    world.log.count('NoticeNotAccepted');
  }
  const now = world.clock.now();
  const next = struckOff(current, accepted, now, world.policy, written.control);
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

const isForMachines = ({ recipient }: Accepted): boolean => recipient === MACHINES;
const isForPeople = (message: Accepted): boolean => !isForMachines(message);

/** The mails only about dropped answers. A notice to the same person gives the reason as well. */
function reasonsToMail(current: Case, policy: Policy): Accepted[] {
  const people = policy.approvers.filter((one) => droppedOf(current, one).length > 0);
  return people.flatMap(({ id }) =>
    current.owed.some(({ recipient }) => recipient === id) ? [] : { kind: 'answer-dropped', recipient: id },
  );
}

async function publish(
  world: World,
  { control, usage, about: found }: StoredUser,
  current: Case,
  notice: Accepted,
): Promise<void> {
  const { policy, clock, publisher } = world;
  const evidence = evidenceFrom({ usage, about: found }, policy);
  const about = { current, policy, control, evidence, now: clock.now() };
  const { kind } = notice;
  if (kind !== 'answer-dropped' && notice.recipient === MACHINES) {
    return publisher.machines(renderNews({ ...about, kind }));
  }
  const recipient = policy.approvers.find((approver) => approver.id === notice.recipient);
  // Treated as accepted, it would announce a deletion to nobody (S13). The next evaluation drops notices to former
  // approvers.
  if (recipient === undefined) {
    throw new Error('The recipient of a notice is no approver any more.');
  }
  const address = addressMark(recipient.email);
  const link = await linkFor(world, current, notice, address);
  const to = { ...about, recipient, link };
  const { subject, body } = kind === 'answer-dropped' ? renderReason(to) : renderMail({ ...to, kind });
  await publisher.mail({ recipient: recipient.id, address, subject, body });
}

async function linkFor(
  world: World,
  current: Case,
  notice: Accepted,
  address: string,
): Promise<string | null> {
  const { mode } = world.policy;
  const purpose =
    notice.kind === 'answer-dropped'
      ? reasonLinkPurpose(current, mode)
      : linkPurpose(notice.kind, current, mode);
  if (purpose === null) {
    return null;
  }
  const { account, userId, number } = current;
  const expires = plus(world.clock.now(), world.policy.linkValidity);
  const claim = {
    scope: 'case' as const,
    account,
    userId,
    caseNumber: number,
    recipient: notice.recipient,
    address,
    purpose,
    expires,
  };
  return world.linkTo(purpose, await world.links.mint(claim));
}
