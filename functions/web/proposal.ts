import { html } from 'hono/html';
import type { ObservedKey } from '../core/model/observation.ts';
import type { Instant } from '../core/model/time.ts';
import type { Zone } from '../core/model/zone.ts';
import type { CaseView } from '../core/page/case-view.ts';
import type { Advice } from '../core/proposal/advice.ts';
import type { Proposal } from '../core/proposal/proposal.ts';
import type { Confidence } from '../core/proposal/reason.ts';
import type { Wait } from '../core/proposal/wait.ts';
import {
  CONFIDENCE,
  choiceWords,
  doubtSentences,
  reasonSentences,
  waitReason,
  waitWords,
} from '../core/words/advice.ts';
import { keepNoneSentences } from '../core/words/exposed.ts';
import { PAGE } from '../core/words/style.ts';
import { type Html, unbroken } from './layout.ts';

/**
 * The key to keep, with our confidence and the reasons, or until when to wait. It does not preselect a key in the form.
 */
export function proposalSection(
  given: Advice,
  { current, active }: CaseView,
  now: Instant,
  zone: Zone,
): Html | null {
  switch (given.kind) {
    case 'none':
      return null;
    case 'wait':
      return waiting(given.wait, current.keys, now, zone);
    case 'suspect': {
      const [first, ...more] = keepNoneSentences(given.exposed);
      return section(html`<p><strong>${first}</strong></p>`, more);
    }
    case 'doubt': {
      const ids = active.map(({ id }) => id);
      const [first, ...answers] = doubtSentences(given.doubt, ids, PAGE);
      return section(html`<p><strong>${first}</strong></p>`, answers);
    }
    case 'proposal':
      return proposed(given.proposal, current.keys, now, zone);
  }
}

function waiting(wait: Wait, keys: readonly ObservedKey[], now: Instant, zone: Zone): Html {
  return section(html`<p><strong>Proposal: ${waitWords(wait, now, zone)}.</strong></p>`, [
    waitReason(wait, keys, now, PAGE),
    wait.until === null
      ? 'If the owner deactivates or deletes one of the keys, the case closes on its own. Until then it stays in the digest.'
      : 'If the owner deactivates or deletes one of the keys by then, the case closes on its own. If more than one is still active, you are asked to decide.',
  ]);
}

function proposed(proposal: Proposal, keys: readonly ObservedKey[], now: Instant, zone: Zone): Html {
  const reasons = reasonSentences(proposal, keys, now, zone, PAGE);
  return section(
    html`<p><strong>Proposal: ${unbroken(choiceWords(proposal, PAGE))}.</strong> ${confidenceWords(proposal.confidence)}</p>`,
    reasons,
  );
}

/** The confidence as a sentence. A low one is marked, because it is a reason to ask first. */
export function confidenceWords(confidence: Confidence): Html {
  return html`<span${confidence === 'low' ? html` class="risk"` : null}>${CONFIDENCE[confidence]}</span>`;
}

function section(headline: Html, lines: readonly string[]): Html {
  return html`<section><h2>Our proposal</h2>
${headline}
<ul>${lines.map((line) => html`<li>${unbroken(line)}</li>`)}</ul></section>`;
}
