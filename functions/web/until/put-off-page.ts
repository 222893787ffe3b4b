import { html } from 'hono/html';
import type { Later } from '../../core/page/later.ts';
import { inWords } from '../../core/words/words.ts';
import { type CasePage, formState } from '../case-page.ts';
import { BY_HAND, type FormState } from '../forms.ts';
import { framed } from '../frame.ts';
import { type Html, THIS_PAGE } from '../layout.ts';
import { keyList } from '../sentences.ts';
import { dayField, justification, stayField } from './fields.ts';

/** The page to check before a deletion is put off: what it means, and the form. Nothing else about the keys changes. */
export function putOffPage(shown: CasePage, { keys, days }: NonNullable<Later['deletion']>): Html {
  const { view, policy } = shown;
  const state = formState(shown);
  const one = keys.length === 1;
  const [it, is] = one ? ['it', 'is'] : ['they', 'are'];
  return framed(
    shown,
    `Keep ${keyList(keys)} of ${view.current.userName} inactive until a date`,
    html`<p>You are about to put off only the deletion of ${keyList(keys)}${one ? '' : ', which are deleted together'}. Nothing else changes: ${it} ${one ? 'stays' : 'stay'} inactive, and can be reactivated until ${it} ${is} deleted.</p>
<ul><li>${AFTERWARDS[view.deletion](inWords(policy.deletionNotice))}</li>
<li>The date is kept even if someone decides anew. It can be moved later, but not earlier.</li></ul>
<form method="post">
<input type="hidden" name="facts" value="${view.digest}">
<input type="hidden" name="inactive" value="${keys.join(' ')}">
${dayField(state, days, 'Keep inactive until', 'Nothing is deleted before')}
${justification(state, `Why ${one ? 'it is' : 'they are'} not to be deleted before.`)}
${stayField(state, keys, 'inactive', BY_HAND)}
<p><button type="submit">Keep ${keyList(keys)} inactive until then</button></p>
</form>
<p><a href="${THIS_PAGE}">Go back</a></p>`,
  );
}

const AFTERWARDS: Readonly<Record<FormState['view']['deletion'], (notice: string) => string>> = {
  'after-grace': (notice) => `The deletion is announced by mail again, ${notice} before.`,
  'on-confirmation': () =>
    'After that date someone is asked to confirm the deletion. A confirmation given before is not valid any more.',
  never: () => 'Solekey deletes no key.',
};
