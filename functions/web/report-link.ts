import { html } from 'hono/html';
import type { AskedForReport } from '../app/approve/ask-for-report.ts';
import type { ListPurpose } from '../core/case/requests.ts';
import { admits } from '../core/channel/link-request.ts';
import { ANYBODY, type Html, messagePage } from './layout.ts';
import { MAIL_LIMIT } from './renewal.ts';
import type { Reply, Setting } from './reply.ts';
import { NOTHING_CHANGED } from './unchanged.ts';

/**
 * The section of a list page that has the link to the report mailed; null under a link that does not admit it. It is offered also while
 * there is no report, because finding that out would cost every list page a read.
 */
export function reportSection(purpose: ListPurpose, mailsLinks: Setting['mailsLinks']): Html | null {
  return mailsLinks !== true || !admits({ purpose }, 'report')
    ? null
    : html`<section><h2>Did something break?</h2>
<p>Record it as a concern on the report about this account. Its page has a link of its own.</p>
<form method="post"><input type="hidden" name="mail" value="report">
<p><button type="submit" class="plain">Mail me the link to the report</button></p></form></section>`;
}

/** The reply to a request for a link to the report. `back`: the page with the button; null for the page of an expired link. */
export function reportLinkReply({ asked, approver }: AskedForReport, back: string | null): Reply {
  const way = back === null ? null : html`<p><a href="${back}">All open cases</a></p>`;
  const reply = (status: Reply['status'], title: string, lines: readonly string[]): Reply => ({
    status,
    body: messagePage(title, [...lines, NOTHING_CHANGED], ANYBODY, way),
  });
  switch (asked) {
    case 'asked':
    case 'asked-before':
      return reply(200, 'The link is being mailed', [
        `It comes to the address of ${approver.name}, usually within a minute, and leads to the report about this account.`,
        `A link to the report is mailed once a day. ${MAIL_LIMIT}`,
      ]);
    case 'not-sent':
      return reply(200, 'The mail could not be started', [
        'Your request is recorded, but no mail comes yet. Go back and press the button again in a minute.',
      ]);
    case 'not-permitted':
      return reply(403, 'No link can be mailed with this one', ['Please use the link in a mail.']);
  }
}
