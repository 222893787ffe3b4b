import { type Case, MACHINES, type OwedNotice } from '../core/case.ts';
import { dueAt } from '../core/judge/due.ts';
import { linkPurpose, struckOff } from '../core/notices.ts';
import { renderMail } from '../core/messages/mail.ts';
import { renderNews } from '../core/messages/news.ts';
import { addressMark } from '../core/requests.ts';
import { latest, plus } from '../core/time.ts';
import type { Known } from './ports.ts';
import type { World } from './world.ts';
import { backOff, commit } from './write-case.ts';

/** Sends the notices a case owes, each with its recipient's own link, and strikes off what SNS accepted. */
export async function publishOwed(world: World, written: Known): Promise<void> {
  const { known } = written;
  if (known === null) return;
  const results = await Promise.allSettled(known.owed.map((notice) => publish(world, known, notice)));
  const accepted = known.owed.filter((_, index) => results[index]?.status === 'fulfilled');
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  for (const error of refused) {
    world.log.error('A notice was not accepted; it stays owed', {
      error: error instanceof Error ? error.name : 'unknown',
    });
    world.log.count('NoticeNotAccepted');
  }
  const now = world.clock.now();
  const next = struckOff(known, accepted, now, written.control);
  const failures = refused.length > 0 ? written.failures + 1 : 0;
  const due = dueAt(next, world.policy, written.control, now);
  const wakeAt = refused.length > 0 ? latest(plus(now, backOff(failures, world.policy.settle)), due) : due;
  const events = accepted.map(({ kind, recipient }) => ({ code: 'told', by: recipient, detail: kind }));
  await commit(world, { ...written, failures }, next, { at: now, rule: 'notices', events }, wakeAt);
}

async function publish(world: World, known: Case, notice: OwedNotice): Promise<void> {
  const { policy, clock, publisher } = world;
  const now = clock.now();
  if (notice.recipient === MACHINES) {
    return publisher.machines(renderNews({ kind: notice.kind, known, policy, now }));
  }
  const recipient = policy.approvers.find((approver) => approver.id === notice.recipient);
  if (recipient === undefined) return;
  const link = await linkFor(world, known, notice, recipient.email);
  const { subject, body } = renderMail({ kind: notice.kind, known, policy, recipient, link, now });
  await publisher.mail({ recipient: recipient.id, subject, body });
}

async function linkFor(world: World, known: Case, notice: OwedNotice, email: string): Promise<string | null> {
  const purpose = linkPurpose(notice.kind, known);
  if (purpose === null) return null;
  const { account, userId, number } = known;
  const expires = plus(world.clock.now(), world.policy.linkValidity);
  const claim = {
    account,
    userId,
    caseNumber: number,
    recipient: notice.recipient,
    address: addressMark(email),
    purpose,
    expires,
  };
  return world.linkTo(purpose, await world.links.mint(claim));
}
