import type { Approver, Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { bodyOf } from './foot.ts';
import { lines, prose } from './layout.ts';
import { account, accountIn, momentFromNow, personName } from './phrases.ts';

/** The data for a mail with a link to the report that its reader asked for on a page. */
export interface ReportLinkMail {
  readonly policy: Policy;
  readonly recipient: Approver;
  readonly link: { readonly url: string; readonly expires: Instant };
  readonly now: Instant;
}

/** A mail with nothing but the link to the report that its reader asked for. */
export function renderReportLink({ policy, recipient, link, now }: ReportLinkMail): {
  readonly subject: string;
  readonly body: string;
} {
  const paragraphs = [
    lines(`You asked for a link to the report about ${accountIn(policy)}:`, link.url),
    prose(
      `It expires on ${momentFromNow(link.expires, { policy, now })}.`,
      'If something broke after a key was deactivated or deleted, record it there as a concern.',
      'The first report of an account takes up to a day; until then the page says that there is none.',
    ),
    'If you did not ask for it, ignore this mail: nothing was changed.',
  ];
  const yours = prose(
    `This link is personal, ${personName(policy, recipient.id)}.`,
    'Anything done with it is recorded under your name; do not forward it.',
    'Solekey never asks for a password or a secret key.',
  );
  const foot = [yours, 'Do not click the unsubscribe link below: you would stop receiving these mails.'];
  return {
    subject: `[Solekey] ${account(policy)}: your link to the report`,
    body: bodyOf(paragraphs, foot, true),
  };
}
