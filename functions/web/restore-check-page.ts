import { html } from 'hono/html';
import { isListed } from '../app/approve/open-question.ts';
import type { TypedBecause } from '../core/case/alarmed-key.ts';
import { shortKey } from '../core/model/observation.ts';
import { decidedIn } from '../core/page/case-view.ts';
import { momentFromNow, usedWords } from '../core/words/words.ts';
import { type CasePage, formState } from './case-page.ts';
import { afterwards, BY_HAND, lastFours } from './forms.ts';
import { framed } from './frame.ts';
import { type Html, THIS_PAGE, unbroken } from './layout.ts';
import { readerId } from './reader.ts';
import { commentWords, keyList, reasonWords, toReactivate, whatWasDecided } from './sentences.ts';

const WHY_TYPED: Readonly<Record<TypedBecause, string>> = {
  compromised: 'was deactivated as compromised: somebody else may have it.',
  exposed: 'may be known to somebody else, according to AWS.',
  'unexpected-creator': 'was created by someone not on the list of expected creators.',
  'restored-before': 'was reactivated on request before.',
};

/** The second page of a restore: the keys, their last use, why they were deactivated, and the button. A comment may be long, so it stands below. */
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
  const why =
    decision === null
      ? null
      : html`<p>${whatWasDecided(decidedIn(decision), policy, readerId(visitor))}</p>${reasonWords(decision)}`;
  const hint = isListed(visitor) ? `Through the link to the list a press is not enough. ${BY_HAND}` : BY_HAND;
  return framed(
    shown,
    `Reactivate ${keyList(keys)} of ${view.current.userName}`,
    html`<p>You are about to reactivate ${keyList(keys)}. ${decision === null ? '' : 'This ends the current decision. '}${afterwards(view, keys.length)}</p>
<ul>${lines}</ul>
${why}
<form method="post">
<input type="hidden" name="facts" value="${view.digest}">
<input type="hidden" name="restore" value="${keys.join(' ')}">
${typed ? lastFours(state, 'back', html`To reactivate, type: <code>${toReactivate(keys)}</code>`, hint) : null}
<p><button type="submit">Reactivate ${keyList(keys)}</button></p>
</form>
${commentWords(comment)}
<p><a href="${THIS_PAGE}">Go back</a></p>`,
  );
}
