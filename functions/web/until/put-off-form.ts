import { html } from 'hono/html';
import { STEPS } from '../../contracts/until-form.ts';
import { judgePuttingOff } from '../../core/page/not-now.ts';
import type { FormState } from '../forms.ts';
import type { Html } from '../layout.ts';
import { howToMend, keyList, keysWith } from '../sentences.ts';

/** The first of two forms that put off only the deletion of keys. It leads to the page to check; null if there is nothing to put off. */
export function putOffForm(state: FormState): Html | null {
  const { view, putIn, quiet } = state;
  const { deletion } = view.later;
  if (deletion === null) {
    return null;
  }
  const refused = judgePuttingOff(view);
  const what = `${keysWith(deletion.keys, 'stays', 'stay')} inactive and ${deletion.keys.length === 1 ? 'is' : 'are'} not deleted before a date that you choose. Until then you can reactivate ${deletion.keys.length === 1 ? 'it' : 'them'}.`;
  return html`<section id="inactive"><h2>Delete later</h2>
${refused === null ? html`<p>${what}</p>` : html`<p class="risk">${howToMend(refused, quiet)}</p>`}
${
  refused !== null
    ? null
    : html`<form method="post">
<input type="hidden" name="step" value="${STEPS.putOff}">
<input type="hidden" name="facts" value="${view.digest}">
${putIn.comment === '' ? null : html`<input type="hidden" name="comment" value="${putIn.comment}">`}
${putIn.until === '' ? null : html`<input type="hidden" name="until" value="${putIn.until}">`}
<p><button type="submit" class="plain">Keep ${keyList(deletion.keys)} inactive until a date</button></p>
</form>`
}</section>`;
}
