import { type Case, isOpen } from '../case/case.ts';
import type { CaseLinkWhy } from '../channel/link-request.ts';
import type { Approver, Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { bodyOf, foot } from './foot.ts';
import { lines, prose } from './layout.ts';
import { momentFromNow, whomAgain } from './phrases.ts';
import { subjectAbout } from './subject.ts';

/** The data for a mail with a link that its reader asked for on a page. */
export interface LinkMailContext {
  readonly current: Case;
  readonly policy: Policy;
  readonly recipient: Approver;
  readonly why: CaseLinkWhy;
  /** The new link and its expiry; null if the case that it was asked for is closed. */
  readonly link: { readonly url: string; readonly expires: Instant } | null;
  readonly now: Instant;
}

interface Text {
  /** Kind of mail, for its subject. */
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** The link, if it is for its reader alone. */
  readonly personal: string | null;
}

/** A mail with nothing but a link that its reader asked for, or with the sentence why there is none. */
export function renderLinkMail(context: LinkMailContext): {
  readonly subject: string;
  readonly body: string;
} {
  const { current, policy } = context;
  const { title, paragraphs, personal } = textOf(context);
  return {
    subject: subjectAbout(current, policy, title),
    // Without the sentence that a link is personal, if it is not.
    body: bodyOf(paragraphs, foot({ ...context, link: personal }), context.link !== null),
  };
}

function textOf(context: LinkMailContext): Text {
  const { current, link, why } = context;
  const whom = whomAgain(context);
  if (link === null) {
    const newer = isOpen(current) ? 'A newer case about this user is open; its own mails have the link.' : '';
    return {
      title: 'no new link, the case is closed',
      paragraphs: [prose(`You asked for a link to a case about ${whom}.`, 'That case is closed.', newer)],
      personal: null,
    };
  }
  const expires = `It expires on ${momentFromNow(link.expires, context)}.`;
  if (why === 'view') {
    return {
      title: 'read-only link',
      paragraphs: [
        lines(
          prose('You asked for a link that you can forward.', `It shows the case about ${whom}:`),
          link.url,
        ),
        prose('Anyone who has this link sees the case, and nobody can change anything with it.', expires),
      ],
      personal: null,
    };
  }
  return {
    title: 'your new link',
    paragraphs: [
      lines(`You asked for a new link to the case about ${whom}:`, link.url),
      prose(expires, 'If you did not ask for it, ignore this mail: nothing was changed.'),
    ],
    personal: link.url,
  };
}
