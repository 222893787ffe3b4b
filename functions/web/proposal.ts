import { html } from 'hono/html';
import type { ObservedKey } from '../core/model.ts';
import type { Proposal } from '../core/proposal.ts';
import { confidenceWords, headline, reasonSentences } from '../core/proposal-words.ts';
import type { Instant } from '../core/time.ts';
import type { Html } from './layout.ts';

/** Which key we would keep, how sure we are, and why. It chooses nothing: the form below has no key chosen. */
export function proposalSection(
  proposal: Proposal | null,
  keys: readonly ObservedKey[],
  now: Instant,
): Html | null {
  if (proposal === null) return null;
  const reasons = reasonSentences(proposal, keys, now).map((one) => html`<li>${ellipsis(one)}</li>`);
  return html`<section><h2>Our proposal</h2>
<p><strong>${ellipsis(headline(proposal))}</strong> We say so with ${confidenceWords(proposal.confidence)}.</p>
<ul>${reasons}</ul></section>`;
}

/** Sentences made for mails write `...MPLE`, because mails are ASCII; a page writes keys one way only. */
function ellipsis(sentence: string): string {
  return sentence.replace(/\.{3}(?=\w{4}\b)/g, '…');
}
