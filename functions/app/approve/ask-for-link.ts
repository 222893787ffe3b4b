import type { LinkClaim } from '../../core/case/requests.ts';
import { type LinkSubject, linkRequestDigest, permits } from '../../core/channel/link-request.ts';
import type { Approver } from '../../core/model/policy.ts';
import type { MailLinkSender } from '../channel-ports.ts';
import type { PagePorts } from './show-case.ts';

/** The ports for requests for a mail with a new link. */
export interface LinkAskPorts extends Pick<PagePorts, 'links' | 'store' | 'clock' | 'log'> {
  readonly mailLinks: MailLinkSender;
}

/** The approver who asks, and the whole link with which they do; the link is verified, and may have expired. */
export interface LinkHolder {
  readonly approver: Approver;
  readonly claim: LinkClaim;
  readonly token: string;
}

/**
 * Result of a request for a mail with a new link. It says nothing about the case, which only reconcile knows.
 * `asked`: stored and on its way · `asked-before`: the same person asked the same today, and is on its way again, but at
 * most one mail comes · `not-sent`: stored, but reconcile could not be told; asking again tells it ·
 * `not-permitted`: nothing was stored, because the link permits no such request.
 */
export type LinkAsked = 'asked' | 'asked-before' | 'not-sent' | 'not-permitted';

/**
 * Asks for a mail with a new link to one case. The mail goes to the address of the approver's own link, and to no other. A
 * mail scanner may press the button: it changes nothing, and gets nothing.
 */
export async function askForLink(
  { links, store, clock, log, mailLinks }: LinkAskPorts,
  { approver, claim, token }: LinkHolder,
  { userId, caseNumber, why }: LinkSubject,
): Promise<LinkAsked> {
  const at = clock.now();
  const { account } = claim;
  const asked = { userId, caseNumber, why };
  if (!permits(claim, account, asked, at)) {
    return 'not-permitted';
  }
  const digest = linkRequestDigest(account, asked, approver, at);
  const stored = await store.recordLinkRequest(
    account,
    links.sealLinkRequest(token, { ...asked, digest, at }),
  );
  const about = { account, userId, by: approver.id, why };
  try {
    await mailLinks.ask({ kind: 'mail-link', account, userId, digest });
  } catch (error) {
    log.error('A request for a link was not sent to reconcile', {
      ...about,
      error: error instanceof Error ? error.message : 'unknown',
    });
    log.count('WakeNotSent');
    return 'not-sent';
  }
  log.info('link asked for', { ...about, stored });
  return stored === 'recorded' ? 'asked' : 'asked-before';
}
