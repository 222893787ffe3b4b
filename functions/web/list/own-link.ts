import { html } from 'hono/html';
import type { Visitor } from '../../app/approve/show-case.ts';
import type { Html } from '../layout.ts';

/** The reason why an answer may need another link, and the button that has it mailed; null if the link is no list link. */
export function ownLink({ claim }: Pick<Visitor, 'claim'>, decides: boolean): Html | null {
  if (claim.purpose !== 'list') {
    return null;
  }
  return html`<section><h2>${decides ? 'To decide otherwise' : 'This needs a link of its own'}</h2>
<p>${decides ? DECIDES_PROPOSAL : NEEDS_OWN}</p>
${mailForm('row', 'Mail me the link for this user')}</section>`;
}

const DECIDES_PROPOSAL =
  'The link to the list only carries out the proposal. For anything else, use the link for this user.';

const NEEDS_OWN =
  'The link to the list decides only what is clear: an ordinary user, a high confidence, and no key in use that would be deactivated. For this user, use a link of its own; it is mailed to you.';

/** A form whose button has a link mailed to the person whose link this is. It chooses nothing, so a scanner that presses it only sends a mail. */
export function mailForm(reason: 'row' | 'view', button: string): Html {
  return html`<form method="post"><input type="hidden" name="mail" value="${reason}">
<p><button type="submit" class="plain">${button}</button></p></form>`;
}

/** A link back to the list; null if the page is not under one. */
export function backToList(list: string | undefined): Html | null {
  return list === undefined ? null : html`<a href="${list}">All open cases</a>`;
}
