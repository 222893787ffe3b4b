import { html } from 'hono/html';
import { type ObservedKey, shortKey } from '../core/model/observation.ts';
import type { Policy } from '../core/model/policy.ts';
import type { Instant } from '../core/model/time.ts';
import type { CaseView } from '../core/page/case-view.ts';
import { type Doubt, doubt } from '../core/proposal/doubt.ts';
import { type Proposal, proposalContext, propose } from '../core/proposal/proposal.ts';
import { confidenceWords, headline, reasonSentences } from '../core/words/proposal-words.ts';
import type { Html } from './layout.ts';

/** What there is to say about the choice: a proposal, or whose answer it depends on, or neither where nothing is to choose. */
export interface Advice {
  readonly proposal: Proposal | null;
  readonly doubt: Doubt | null;
}

/** Only where there is something to choose, or would be if we were let. */
export function adviceFor({ current, active, state }: CaseView, policy: Policy, now: Instant): Advice {
  if (active.length < 2 || !['question', 'observing', 'excluded'].includes(state)) {
    return { proposal: null, doubt: null };
  }
  const context = proposalContext(current, policy, now);
  return { proposal: propose(current.keys, context), doubt: doubt(current.keys, context) };
}

/** Which key we would keep, how sure we are, and why. It chooses nothing: the form below has no key chosen. */
export function proposalSection(advice: Advice, keys: readonly ObservedKey[], now: Instant): Html | null {
  if (advice.doubt !== null) {
    return doubtSection(advice.doubt);
  }
  const { proposal } = advice;
  if (proposal === null) {
    return null;
  }
  const reasons = reasonSentences(proposal, keys, now).map((one) => html`<li>${ellipsis(one)}</li>`);
  return html`<section><h2>Our proposal</h2>
<p><strong>${ellipsis(headline(proposal))}</strong> We say so with ${confidenceWords(proposal.confidence)}.</p>
<ul>${reasons}</ul></section>`;
}

function doubtSection({ by, ifMeant, ifNot }: Doubt): Html {
  const other =
    ifNot === null
      ? null
      : html`<li>If not, or if nobody answers: keep <span class="key">${shortKey(ifNot)}</span>.</li>`;
  return html`<section><h2>Our proposal</h2>
<p><strong>None until you have asked ${by}.</strong></p>
<ul><li>If that was meant: keep <span class="key">${shortKey(ifMeant)}</span>.</li>${other}</ul></section>`;
}

/** Sentences made for mails write `...MPLE`, because mails are ASCII; a page writes keys one way only. */
function ellipsis(sentence: string): string {
  return sentence.replace(/\.{3}(?=\w{4}\b)/g, '…');
}
