import { html } from 'hono/html';
import { shortKey } from '../core/model/observation.ts';
import type { Instant } from '../core/model/time.ts';
import type { Zone } from '../core/model/zone.ts';
import type { CaseView } from '../core/page/case-view.ts';
import { usageOf } from '../core/proposal/context.ts';
import { consumersOf } from '../core/usage/kind.ts';
import type { KeyUsage } from '../core/usage/usage.ts';
import { consumerSentences } from '../core/words/consumers.ts';
import { PAGE } from '../core/words/style.ts';
import { coverageSentence, familyWords, HISTORY_LIMITS, usageInShort } from '../core/words/usage.ts';
import { workMoved } from '../core/words/work-moved.ts';
import { type Html, paragraphs, unbroken } from './layout.ts';

/**
 * The users of each key according to CloudTrail, if the kept key does the work of the others, and what cannot be seen. Null
 * if usage is off.
 */
export function usageSection({ current, evidence }: CaseView, now: Instant, zone: Zone): Html | null {
  const { usage } = evidence;
  if (usage === undefined) {
    return null;
  }
  const found = current.keys.map(({ id }) => usageOf(usage, id));
  return html`<h3>Who uses the keys</h3>
${paragraphs(workMoved(current, evidence, now, zone, PAGE))}
<ul>${found.map((one) => keyLine(one, now, zone))}</ul>
<p class="hint">According to CloudTrail's event history of the last 90 days. ${HISTORY_LIMITS}</p>`;
}

function keyLine(one: KeyUsage, now: Instant, zone: Zone): Html {
  const consumers = consumerSentences(consumersOf(one.families)).join(' ');
  return html`<li><span class="key">${shortKey(one.keyId)}</span>: ${unbroken(`${usageInShort(one, now, zone)}.`)}${
    consumers === ''
      ? null
      : html`
<p>${consumers}</p>`
  }${inFull(one, now, zone)}</li>`;
}

/** Every kind of use, and how far the reading reaches: folded away, because few people need it. */
function inFull(one: KeyUsage, now: Instant, zone: Zone): Html | null {
  const coverage = coverageSentence(one, zone);
  return coverage === null
    ? null
    : html`
<details><summary>${unbroken(`Everything that was seen of ${shortKey(one.keyId)}`)}</summary>
<ul>${one.families.map((family) => html`<li>${unbroken(familyWords(family, now, zone))}</li>`)}</ul>
<p class="hint">${coverage}</p></details>`;
}
