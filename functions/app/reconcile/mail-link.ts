import type { Case } from '../../core/case/case.ts';
import { type Addressee, addressMark } from '../../core/case/requests.ts';
import {
  type CaseLinkWhy,
  requestedPurpose,
  requesterOf,
  type SealedLinkRequest,
  wantsReport,
} from '../../core/channel/link-request.ts';
import { type LinkMailContext, renderLinkMail } from '../../core/messages/link-mail.ts';
import { renderReportLink } from '../../core/messages/report-link-mail.ts';
import type { Approver } from '../../core/model/policy.ts';
import { plus } from '../../core/model/time.ts';
import type { MailLinkWish } from '../wake.ts';
import { caseLink } from './case-link.ts';
import { reportLink } from './report-link.ts';
import { sendMail } from './send-mail.ts';
import type { World } from './world.ts';

/** Attempts to get the address for a moment in which it gets no other mail. */
const TRIES = 5;

/**
 * Result of a request for a mail with a new link. Only `mailed` ends it: after any other result the same request may be
 * made again. `refused`: nothing is mailed upon it · `full`: the address has got the most mails of this kind in this hour.
 */
export type LinkMailed = 'mailed' | 'refused' | 'full';

/**
 * Mails a new link upon a stored request, if the request proves that a current approver made it through a link of theirs.
 * The message is no evidence. Nothing is stored, so a mail may come twice, and one that the hour has no room for never.
 * Throws if the mail could not be sent now, so that the queue delivers the message again.
 */
export async function mailLink(world: World, { account, userId, digest }: MailLinkWish): Promise<LinkMailed> {
  const { cases, linkRequests, links, log, policy, clock } = world;
  const request = await linkRequests.read(account, userId, digest);
  const stored = await cases.load(account, userId, null);
  const about = request === null || 'unread' in stored ? null : subjectOf(stored.case, userId, request);
  if (request === null || 'unread' in stored || about === null) {
    log.warn('A request for a link leads nowhere', { userId, found: request !== null });
    return 'refused';
  }
  const claim = await links.claimOfLinkRequest(request);
  const by = { policy, control: stored.control, now: clock.now() };
  // The digest of the message is the key of the item; only the one that was sealed says what was asked.
  const person = request.digest === digest ? requesterOf(account, { request, claim }, by) : null;
  if (person === null) {
    log.warn('A request for a link is not valid now', { userId, proved: claim !== null });
    if (claim === null) {
      log.count('NotAsRecorded');
    }
    return 'refused';
  }
  return send(world, account, about, person);
}

/** The report, or the case as it is now with what was asked about it. */
type Subject = 'report' | { readonly current: Case; readonly caseNumber: number; readonly why: CaseLinkWhy };

/** The subject of a stored request; null if it is about neither the report nor this case or an earlier one of its user. */
function subjectOf(current: Case | null, userId: string, request: SealedLinkRequest): Subject | null {
  const { caseNumber, why } = request;
  if (request.userId !== userId) {
    return null;
  }
  if (wantsReport(request)) {
    return 'report';
  }
  return why !== 'report' && current !== null && caseNumber <= current.number
    ? { current, caseNumber, why }
    : null;
}

async function send(
  world: World,
  account: string,
  subject: Subject,
  person: Approver,
): Promise<Exclude<LinkMailed, 'refused'>> {
  const { log } = world;
  const to = { recipient: person.id, address: addressMark(person.email) };
  const { text, about } =
    subject === 'report'
      ? await reportMail(world, account, person, to)
      : await caseMail(world, subject, person, to);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const sent = await sendMail(world, account, { ...to, ...text }, 'requested');
    if (sent === 'accepted') {
      log.info('A link was mailed as requested', about);
      return 'mailed';
    }
    if (sent !== 'wait') {
      log.warn('A link was requested and not mailed: its address has got the most of this hour', about);
      log.count('LinkNotMailed');
      return 'full';
    }
  }
  throw new Error('The address of a requested link gets other mails at this moment.');
}

interface Text {
  readonly text: { readonly subject: string; readonly body: string };
  /** For the log. */
  readonly about: Readonly<Record<string, unknown>>;
}

async function reportMail(world: World, account: string, person: Approver, to: Addressee): Promise<Text> {
  const { policy, clock } = world;
  const link = await reportLink(world, account, to);
  const text = renderReportLink({ policy, recipient: person, link, now: clock.now() });
  return { text, about: { by: person.id, purpose: 'report' } };
}

async function caseMail(
  world: World,
  { current, caseNumber, why }: Exclude<Subject, 'report'>,
  person: Approver,
  to: Addressee,
): Promise<Text> {
  const { policy, clock } = world;
  const { userId } = current;
  const now = clock.now();
  const purpose = requestedPurpose(current, { userId, caseNumber, why }, policy);
  const expires = plus(now, policy.linkValidity);
  const link: LinkMailContext['link'] =
    purpose === null ? null : { url: await caseLink(world, current, to, purpose, expires), expires };
  const text = renderLinkMail({ current, policy, recipient: person, why, link, now });
  return { text, about: { userId, by: person.id, why, purpose } };
}
