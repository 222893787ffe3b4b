import { html } from 'hono/html';
import { shortKey } from '../core/model/observation.ts';
import { isTyped } from '../core/page/choice.ts';
import { momentFromNow } from '../core/words/words.ts';
import { afterwards, type FormState, mending } from './forms.ts';
import type { Html } from './layout.ts';

/**
 * The first of two forms that reactivate keys which Solekey deactivated. It only leads to the second page, which names the
 * keys. `listed` is true under a link to a list.
 */
export function restoreForm(state: FormState, listed: boolean): Html {
  const { restorable, paused, undoUntil, current, digest } = state.view;
  const end = paused || undoUntil === null ? '' : ` until ${momentFromNow(undoUntil, state.now, state.zone)}`;
  const ids = restorable.map(({ id }) => id);
  const keys = restorable.map(({ id }, place) =>
    restorable.length === 1
      ? html`<input type="hidden" name="key" value="${id}">`
      : html`<label><input type="checkbox" name="key" value="${id}"${place === 0 ? html` id="key"` : null}> <span class="key">${shortKey(id)}</span>${end === '' ? '' : `,${end}`}</label>`,
  );
  const [only] = ids.length === 1 ? ids : [];
  return html`<section><h2>Reactivate a key</h2>
<p>If something has stopped working, ${only === undefined ? 'choose what to reactivate' : `you can reactivate ${shortKey(only)}${end}`}. The next page shows what you are about to do${isTyped(state.view, ids, listed) ? ', and what to type' : ''}.</p>
<form method="post">
<input type="hidden" name="step" value="restore">
<input type="hidden" name="facts" value="${digest}">
${mending(state, 'key')}${only === undefined ? html`<fieldset><legend>Which keys?</legend>${keys}</fieldset>` : keys}
<p><button type="submit">Reactivate ${only === undefined ? 'the chosen keys' : shortKey(only)}</button></p>
</form>
<p class="hint">${current.decision === null ? '' : 'Reactivating a key ends the current decision. '}${afterwards(state.view, restorable.length)}</p></section>`;
}
