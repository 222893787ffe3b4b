import { html } from 'hono/html';
import type { ConcernWords } from '../../app/approve/concern-words.ts';
import type { Instant } from '../../core/model/time.ts';
import { type Concern, isOverdue } from '../../core/signoff/state.ts';
import { concernSubject } from '../../core/signoff/words.ts';
import { calendarDay, counted, day } from '../../core/words/words.ts';
import type { Html } from '../layout.ts';
import type { Setting } from '../reply.ts';
import { nameOf } from '../sentences.ts';

/** The open concerns, each with its words and the way to settle it. */
export function openConcernCards(
  open: readonly Concern[],
  settled: number,
  words: ConcernWords,
  setting: Setting,
): Html {
  const before =
    settled === 0 ? '' : ` ${counted(settled, 'concern')} ${settled === 1 ? 'is' : 'are'} settled.`;
  return html`<section id="concerns"><h2>Open concerns</h2>
<p>${open.length === 0 ? 'No concern is open.' : `${counted(open.length, 'concern')} ${open.length === 1 ? 'is' : 'are'} open.`}${before}</p>
${open.length === 0 ? null : html`<ul class="cards">${open.map((one) => card(one, words, setting))}</ul>`}
</section>`;
}

function card(one: Concern, words: ConcernWords, setting: Setting): Html {
  const late = isOverdue(one, setting.now);
  return html`<li class="card ${late ? 'bad' : ''}"><h3><bdi>${concernSubject(one)}</bdi></h3>
${concernBody(one, words, setting)}
<p><a class="act" href="?settle=${one.number}">Record what was done</a></p></li>`;
}

/** Everything about a concern but its subject. The words that people typed stay text: nothing in them becomes a link. */
export function concernBody(one: Concern, words: ConcernWords, { policy, now }: Setting): Html {
  const typed = words.get(one.number);
  return html`<p class="hint">Concern ${one.number}, recorded on ${day(one.at)} by ${nameOf(policy, one.by)}. ${targetWords(one, now)}</p>
${typed === undefined ? null : typed === null || typed === 'erased' ? html`<p class="hint">${MISSING_WORDS[typed ?? 'changed']}</p>` : quoted(typed)}`;
}

const MISSING_WORDS = {
  erased: 'The words were erased under retention.',
  changed: 'The words are missing, or are not those that were recorded.',
} as const;

function quoted(typed: Exclude<ReturnType<ConcernWords['get']>, undefined | null | 'erased'>): Html {
  const { impact, remediation, owner, ticket } = typed;
  return html`<p>Impact:</p><blockquote>${impact}</blockquote>
<p>Planned remediation:</p><blockquote>${remediation}</blockquote>
<p>Owner: <bdi>${owner}</bdi>${ticket === '' ? null : html`. Ticket: <bdi>${ticket}</bdi>`}</p>`;
}

function targetWords(one: Concern, now: Instant): string {
  const target = calendarDay(one.target);
  return isOverdue(one, now) ? `Overdue: it was to be settled by ${target}.` : `To be settled by ${target}.`;
}
