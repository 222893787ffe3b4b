import { html } from 'hono/html';
import type { TypedBecause } from '../core/case/alarmed-key.ts';
import { shortKey } from '../core/model/observation.ts';
import { decidedIn } from '../core/page/case-view.ts';
import { isTyped } from '../core/page/choice.ts';
import { momentFromNow, usedWords } from '../core/words/words.ts';
import { type CasePage, formState } from './case-page.ts';
import { afterwards, BY_HAND, type FormState, lastFours, mending } from './forms.ts';
import { framed } from './frame.ts';
import { type Html, THIS_PAGE, unbroken } from './layout.ts';
import { readerId } from './reader.ts';
import { groundsWords, keyList, toReactivate, whatWasDecided } from './sentences.ts';

/**
 * The first of two forms that reactivate keys which Solekey deactivated. It only leads to the second page, which names the
 * keys. `listed` is true under a link to a list.
 */
export function restoreForm(state: FormState, listed: boolean): Html {
  const { restorable, paused, undoUntil, current, digest } = state.view;
  const end =
    paused || undoUntil === null ? '' : `, until ${momentFromNow(undoUntil, state.now, state.zone)}`;
  const ids = restorable.map(({ id }) => id);
  const keys = restorable.map(({ id }, place) =>
    restorable.length === 1
      ? html`<input type="hidden" name="key" value="${id}">`
      : html`<label><input type="checkbox" name="key" value="${id}"${place === 0 ? html` id="key"` : null}> <span class="key">${shortKey(id)}</span>${end}</label>`,
  );
  const [only] = ids.length === 1 ? ids : [];
  return html`<section><h2>Reactivate a key</h2>
<p>If something has stopped working, ${only === undefined ? 'choose what to reactivate' : `reactivate ${shortKey(only)}${end}`}. The next page shows what you are about to do${isTyped(state.view, ids, listed) ? ', and what to type' : ''}.</p>
<form method="post">
<input type="hidden" name="step" value="restore">
<input type="hidden" name="facts" value="${digest}">
${mending(state, 'key')}${only === undefined ? html`<fieldset><legend>Which keys?</legend>${keys}</fieldset>` : keys}
<p><button type="submit">Reactivate ${only === undefined ? 'the chosen keys' : shortKey(only)}</button></p>
</form>
<p class="hint">${current.decision === null ? '' : 'Reactivating a key ends the current decision. '}${afterwards(state.view, restorable.length)}</p></section>`;
}

const WHY_TYPED: Readonly<Record<TypedBecause, string>> = {
  compromised: 'was deactivated as compromised: somebody else may have it.',
  'unexpected-creator': 'was created by someone not on the list of expected creators.',
  'restored-before': 'was reactivated on request before.',
};

/** The second page of a restore: the keys, their last use, why they were deactivated, and the button. */
export function restoreCheckPage(shown: CasePage, keys: readonly string[], typed: boolean): Html {
  const { view, policy, now, visitor, comment } = shown;
  const { decision, progress } = view.current;
  const { zone } = policy.digest;
  const state = formState(shown);
  const lines = keys.map((id) => {
    const off = progress[id]?.deactivated;
    const uses = view.current.keys.filter((key) => key.id === id).map((key) => usedWords(key, now, zone));
    const since = off === undefined ? [] : [`deactivated on ${momentFromNow(off, now, zone)}`];
    const because = view.restorable.find((key) => key.id === id)?.typed ?? null;
    return html`<li><span class="key">${shortKey(id)}</span>: ${unbroken([...uses, ...since].join(', '))}.${because === null ? null : html` <strong class="risk">It ${WHY_TYPED[because]}</strong>`}</li>`;
  });
  const why = decision === null ? [] : [whatWasDecided(decidedIn(decision), policy, readerId(visitor))];
  return framed(
    shown,
    `Reactivate ${keyList(keys)} of ${view.current.userName}`,
    html`<p>You are about to reactivate ${keyList(keys)}. ${decision === null ? '' : 'This ends the current decision. '}${afterwards(view, keys.length)}</p>
<ul>${lines}</ul>
<form method="post">
<input type="hidden" name="facts" value="${view.digest}">
<input type="hidden" name="restore" value="${keys.join(' ')}">
${typed ? lastFours(state, 'back', html`To reactivate, type: <code>${toReactivate(keys)}</code>`, BY_HAND) : null}
<p><button type="submit">Reactivate ${keyList(keys)}</button></p>
</form>
${why.length === 0 ? null : html`<h2>Why it was deactivated</h2>${why.map((line) => html`<p>${line}</p>`)}${decision === null ? null : groundsWords(decision, comment)}`}
<p><a href="${THIS_PAGE}">Choose differently</a></p>`,
  );
}
