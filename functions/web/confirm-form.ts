import { html } from 'hono/html';
import { shortKey } from '../core/model/observation.ts';
import { MOST_FAMILIES } from '../core/usage/families.ts';
import { missingWork } from '../core/words/missing-work.ts';
import { byNumber, PAGE } from '../core/words/style.ts';
import { momentFromNow, usedWords } from '../core/words/words.ts';
import { BY_HAND, type FormState, lastFours } from './forms.ts';
import { type Html, paragraphs, unbroken } from './layout.ts';
import { keyList, keysWith, toDelete } from './sentences.ts';

/**
 * The form that confirms a deletion, which is the only step that cannot be undone. The keys must be typed, so that no
 * mail scanner can confirm by pressing a button.
 */
export function confirmForm(state: FormState): Html {
  const { view } = state;
  return html`<section><h2>Confirm the deletion</h2>
<p>${keysWith(view.confirmable, 'would', 'would')} be deleted permanently. <strong>This cannot be undone</strong>: anything that still needs ${byNumber(view.confirmable, 'it', 'one of them')} will no longer work.</p>
<ul>${view.confirmable.map((id) => line(state, id))}</ul>
${paragraphs(missingWork(view.current, view.evidence, state.now, state.zone, PAGE, MOST_FAMILIES))}
<form method="post">
<input type="hidden" name="facts" value="${view.digest}">
${lastFours(state, 'remove', html`To delete, type: <code>${toDelete(view.confirmable)}</code>`, `The word delete and the last four characters of ${view.confirmable.length === 1 ? 'the key' : 'each key, in any order'}. ${BY_HAND}`)}
<p><button type="submit" class="danger">Delete ${keyList(view.confirmable)} permanently</button></p>
</form></section>`;
}

function line({ view, now, zone }: FormState, id: string): Html {
  const off = view.current.progress[id]?.deactivated;
  const since = off === undefined ? '' : `inactive since ${momentFromNow(off, now, zone)}, `;
  const uses = view.current.keys
    .filter((key) => key.id === id)
    .map((key) => unbroken(usedWords(key, now, zone)));
  return html`<li><span class="key">${shortKey(id)}</span>: ${since}${uses}</li>`;
}
