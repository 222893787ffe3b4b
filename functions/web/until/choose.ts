import { html } from 'hono/html';
import { STEPS } from '../../contracts/until-form.ts';
import { shortKey } from '../../core/model/observation.ts';
import { usedWords } from '../../core/words/words.ts';
import { type CasePage, formState } from '../case-page.ts';
import { describedBy, type FormState, mending, typedBefore } from '../forms.ts';
import { framed } from '../frame.ts';
import { type Html, THIS_PAGE, unbroken } from '../layout.ts';
import { ownKeyWords } from '../sentences.ts';

/**
 * The page on which people choose which of three or more keys stay Active. All are ticked, so that none is deactivated by an
 * oversight; `spare` are those ticked before, if any were. It stores nothing.
 */
export function chooseSparePage(shown: CasePage, spare: readonly string[] | null): Html {
  const { view } = shown;
  const state = formState(shown);
  return framed(
    shown,
    `Which keys of ${view.current.userName} stay active?`,
    html`<form method="post">
<input type="hidden" name="step" value="${STEPS.spare}">
<input type="hidden" name="facts" value="${view.digest}">
${typedBefore(state)}<fieldset ${describedBy(state, 'keep')}><legend>Leave active until a date</legend>${mending(state, 'keep')}${view.active.map((key, place) => box(state, key, place === 0, spare))}</fieldset>
<p class="hint">A key that you untick is deactivated. At least two stay.</p>
<p><button type="submit">Check what this means</button></p>
<p class="hint">Nothing is stored yet.</p>
</form>
<p><a href="${THIS_PAGE}">Go back</a></p>`,
  );
}

function box(
  { view, now, zone }: FormState,
  key: FormState['view']['active'][number],
  first: boolean,
  spare: readonly string[] | null,
): Html {
  const own = view.own[key.id];
  const ticked = spare === null ? own !== 'withheld' : spare.includes(key.id);
  return html`<label><input type="checkbox" name="key" value="${key.id}" ${ticked ? 'checked' : ''}${first ? html` id="keep"` : null}> <span class="key">${shortKey(key.id)}</span>
<span class="hint">${unbroken(usedWords(key, now, zone))}</span>${
    own === undefined
      ? null
      : html`
<span class="hint risk">${unbroken(ownKeyWords(key.id, own))}</span>`
  }</label>`;
}
