import { html } from 'hono/html';
import type { Found } from '../app/approve/show-case.ts';
import { unreachedSentences } from '../core/health/unreached.ts';
import { listCommand } from '../core/messages/commands.ts';
import { PAGE } from '../core/words/style.ts';
import { momentFromNow } from '../core/words/words.ts';
import { type Banner, banner, byYourself, type Html, page } from './layout.ts';
import { backToList } from './list/own-link.ts';
import { aboutLink, ofWhom } from './reader.ts';
import type { Setting } from './reply.ts';

/** The parts of a page about a case that do not depend on what it asks. */
export interface Framed extends Setting, Pick<Found, 'visitor' | 'view' | 'subscriptions'> {
  readonly banner?: Banner;
}

/** A page about a case: who reads it, the message if there is one, the heading, the content, and what the link permits. */
export function framed(shown: Framed, title: string, content: Html): Html {
  const refused = shown.banner?.tone === 'bad';
  return page(
    refused ? `Not recorded: ${title}` : title,
    html`${head(shown)}<main>
${shown.banner === undefined ? null : banner(shown.banner)}
<h1>${title}</h1>
${content}
</main>${foot(shown)}`,
  );
}

function head({ view, visitor, policy, list }: Framed): Html {
  return html`<header><span>Solekey · ${policy.accountName} (${view.current.account})</span>
<span>${ofWhom(visitor)}</span>${backToList(list)}</header>`;
}

function foot({ visitor, view, policy, subscriptions, now }: Framed): Html {
  const unreached = unreachedSentences(subscriptions, policy, null, PAGE).join(' ');
  const { expires } = visitor.claim;
  return html`<footer>
${
  unreached === ''
    ? null
    : html`<p>${unreached}</p>
`
}<p>${aboutLink(visitor)} It expires on
${momentFromNow(expires, now, policy.digest.zone)}. Solekey never asks for a password or a secret key.</p>
${byYourself(listCommand(view.current.userName))}
</footer>`;
}
