import { html } from 'hono/html';
import type { LinkAsked } from '../app/approve/ask-for-link.ts';
import { ANYBODY, type Html, messagePage } from './layout.ts';
import type { Reply } from './reply.ts';
import { NOTHING_CHANGED } from './unchanged.ts';

/** The button on the page of an expired link. Mail scanners may press it, which costs a mail a day at most. */
export function renewalForm(): Html {
  return html`<form method="post">
<input type="hidden" name="mail" value="expired">
<p><button type="submit">Mail me a new link</button></p>
</form>`;
}

const WHERE = 'It goes to the address to which this link was mailed.';

/** The limit of such mails: approve cannot know if it is reached. */
export const MAIL_LIMIT =
  'At most 30 links are mailed to an address in an hour. If no mail comes, ask again in an hour.';

/** The reply to a request for a new link in place of an expired one: the same whether or not the case is open. */
export function renewalReply(asked: LinkAsked): Reply {
  switch (asked) {
    case 'asked':
    case 'asked-before':
      return {
        status: 200,
        body: messagePage('Your request is recorded', [
          `If this case is still open, a mail with a new link comes within a minute. ${WHERE}`,
          `A new link is mailed once a day. ${MAIL_LIMIT}`,
          NOTHING_CHANGED,
        ]),
      };
    case 'not-sent':
      return {
        status: 200,
        body: messagePage(
          'The mail could not be started',
          [
            'Your request is recorded, but no mail comes yet. Press the button again in a minute.',
            NOTHING_CHANGED,
          ],
          ANYBODY,
          renewalForm(),
        ),
      };
    case 'not-permitted':
      return {
        status: 410,
        body: messagePage('This link has expired', [
          'Please use the link in the latest mail about this user.',
          NOTHING_CHANGED,
        ]),
      };
  }
}
