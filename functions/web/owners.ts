import { html } from 'hono/html';
import type { OwnerTag } from '../core/model/owners.ts';
import type { Policy } from '../core/model/policy.ts';
import type { CaseView } from '../core/page/case-view.ts';
import { type OwnerQuestion, ownerQuestion } from '../core/words/owner-question.ts';
import { addressIn, inFull } from '../core/words/owners.ts';
import type { Html } from './layout.ts';

/**
 * The tags that say who is responsible for the user, in full, each isolated from the text around it; null if there are
 * none. A tag that is an e-mail address has a link to a mail with a question, as long as there is something to ask.
 */
export function ownerTags(view: CaseView, policy: Policy): Html | null {
  const { owners = [] } = view.current;
  if (owners.length === 0) {
    return null;
  }
  const question = ownerQuestion(view.current, view, policy);
  return html`<p>Tags of this user that say who is responsible:</p>
<ul>${owners.map((tag) => html`<li>${inFull(tag.key)}: <bdi>${inFull(tag.value)}</bdi>${asking(tag, question)}</li>`)}</ul>
<p class="hint">Anyone who may tag the user can write these. Solekey decides nothing by them.</p>`;
}

function asking({ value }: OwnerTag, question: OwnerQuestion | null): Html | null {
  const address = addressIn(value);
  return address === null || question === null
    ? null
    : html` (<a href="${mailto(address, question)}">write a mail to the owner</a>)`;
}

/** A link that opens a mail to this address, ready to send (RFC 6068). No text in it can add a header or a recipient. */
export function mailto(address: string, { subject, body }: OwnerQuestion): string {
  const to = address.split('@').map(encodeURIComponent).join('@');
  const lines = body.map(encodeURIComponent).join('%0D%0A');
  return `mailto:${to}?subject=${encodeURIComponent(subject)}&body=${lines}`;
}
