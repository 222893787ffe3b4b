import { html } from 'hono/html';
import type { Found } from '../../app/approve/show-case.ts';
import { admits, type LinkWish } from '../../core/channel/link-request.ts';
import type { Html } from '../layout.ts';
import type { Setting } from '../reply.ts';
import { keyList, keysWith } from '../sentences.ts';

type Asking = Pick<Setting, 'mailsLinks'> & Pick<Found, 'visitor' | 'view'>;

/**
 * Under a list link: the limits of that link, and the button that has the link for this user mailed; null under any other.
 * `decides` is true if the page has a form for the proposal.
 */
export function ownLink(shown: Asking, decides: boolean): Html | null {
  const { visitor, view } = shown;
  if (visitor.claim.purpose !== 'list' || view.state === 'grace') {
    return null;
  }
  const confirms = view.state === 'confirm';
  const button = mailForm(shown, 'row', confirms ? TO_DELETE : 'Mail me the link for this user');
  return html`<section><h2>${decides ? 'To decide otherwise' : 'This needs a link of its own'}</h2>
<p>${decides ? PROPOSAL_ONLY : confirms ? CONFIRMS_NOTHING : NEEDS_OWN} ${button === null ? IN_A_MAIL : null}</p>
${button}</section>`;
}

const PROPOSAL_ONLY =
  'The link to the list only carries out the proposal. For anything else, use the link for this user.';

const NEEDS_OWN =
  'The link to the list decides only what is clear: an ordinary user, a high confidence, and no key in use to deactivate. For this user, use the link for this user alone.';

const CONFIRMS_NOTHING = 'The link to the list confirms no deletion: that has a page and a link of its own.';

const TO_DELETE = 'Mail me the link to delete';

/** In place of the form that deletes: a deletion has a page of its own, on which nothing else can be done. */
export function linkToDelete(shown: Asking): Html {
  const { confirmable } = shown.view;
  return html`<section><h2>Delete permanently</h2>
<p>${keysWith(confirmable, 'waits', 'wait')} for someone to confirm the deletion. That has a page of its own, and its link is in a mail.</p>
${mailForm(shown, 'row', `${TO_DELETE} ${keyList(confirmable)}`)}</section>`;
}

/**
 * The way to put a deletion off for the holder of a link that does not permit it: to the list, or only to reactivate. Null under any
 * other, and where a mailed link would do something else.
 */
export function linkToPutOff(shown: Asking): Html | null {
  const { visitor, view } = shown;
  const { purpose } = visitor.claim;
  if (view.state !== 'grace' || (purpose !== 'list' && purpose !== 'restore')) {
    return null;
  }
  const button = mailForm(shown, 'row', 'Mail me the link for this user');
  return html`<section><h2>Delete later</h2>
<p>This link does not put a deletion off. ${button === null ? USE_TO_DECIDE : 'For that, use the link for this user.'}</p>
${button}</section>`;
}

const USE_TO_DECIDE = 'For that, use the link in the mail that asked for a decision.';

const IN_A_MAIL = 'It is in the mail about this user.';

/** The button that has a link to hand on mailed; null if this link does not admit it. */
export function linkToHandOn(shown: Asking): Html | null {
  const button = mailForm(shown, 'view', 'Mail me a read-only link');
  return button === null
    ? null
    : html`<section><h2>Show this to somebody else</h2>
<p>Do not forward your own link. A read-only link shows this case and permits nothing.</p>
${button}</section>`;
}

/** A form with one button. It decides nothing, so a mail scanner that presses it only causes a mail. */
function mailForm({ visitor, mailsLinks }: Asking, wish: LinkWish, button: string): Html | null {
  return mailsLinks !== true || !admits(visitor.claim, wish)
    ? null
    : html`<form method="post"><input type="hidden" name="mail" value="${wish}">
<p><button type="submit" class="plain">${button}</button></p></form>`;
}

/** A link back to the list; null if the page is not under one. */
export function backToList(list: string | undefined): Html | null {
  return list === undefined ? null : html`<a href="${list}">All open cases</a>`;
}
