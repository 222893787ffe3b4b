import { html } from 'hono/html';
import { shortKey } from '../core/model.ts';
import type { Proposal } from '../core/proposal.ts';
import { reasonSentences } from '../core/proposal-words.ts';
import type { Instant } from '../core/time.ts';
import type { Html } from './layout.ts';

/** Which key we would keep, how sure we are, and why. It chooses nothing: the form below has no key chosen. */
export function proposalSection(proposal: Proposal | null, now: Instant): Html | null {
  if (proposal === null) return null;
  const reasons = reasonSentences(proposal, now).map((sentence) => html`<li>${sentence}</li>`);
  return html`<section><h2>Our proposal</h2>
<p>Keep <span class="key">${shortKey(proposal.keep)}</span>. How sure we are: ${proposal.confidence}.</p>
<ul>${reasons}</ul></section>`;
}
