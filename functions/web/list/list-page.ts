import { html } from 'hono/html';
import type { ShownList } from '../../app/approve/show-list.ts';
import { placeText } from '../../contracts/list-item.ts';
import { windowOpens } from '../../core/case/change-window.ts';
import { allowsNothing, type ListPurpose } from '../../core/case/requests.ts';
import { unreachedSentences } from '../../core/health/unreached.ts';
import { isWhollyObserved } from '../../core/model/only.ts';
import type { Policy } from '../../core/model/policy.ts';
import { ROWS } from '../../core/page/list.ts';
import { countedWants, openCases } from '../../core/words/list.ts';
import { PAGE } from '../../core/words/style.ts';
import { outsideWindow } from '../../core/words/window.ts';
import { momentFromNow } from '../../core/words/words.ts';
import { ANYBODY, byYourself, type Html, page, paragraphs } from '../layout.ts';
import { pausedWords } from '../paused.ts';
import { aboutLink, ofWhom } from '../reader.ts';
import type { Setting } from '../reply.ts';
import { rowCard, unreadCard } from './row-card.ts';
import { hrefOfRow } from './row-link.ts';

type Listed = Extract<ShownList, { readonly kind: 'list' }>;

/** The page of all open cases of an approver: how many of which sort, then a card for each, most urgent first. */
export function listPage(shown: Listed, token: string, setting: Setting): Html {
  const { visitor, entries, counts, next, subscriptions } = shown;
  const title = counts === null ? 'Further open cases' : capital(openCases(counts.of, counts.more));
  const lines = [
    counts === null ? '' : sentence(countedWants(counts.of)),
    entries.length > 0 ? whatToDo(visitor.claim.purpose, setting.policy) : '',
    ...(shown.paused ? pausedWords(shown, setting.policy) : [outside(setting)]),
    unreachedSentences(subscriptions, setting.policy, null, PAGE).join(' '),
  ].filter((line) => line !== '');
  const decides = !allowsNothing(visitor.claim.purpose);
  const cards = entries.map((entry) =>
    'unread' in entry
      ? unreadCard(entry.unread)
      : rowCard(
          decides ? entry : { ...entry, harmless: null },
          hrefOfRow(token, entry.view.current),
          setting,
        ),
  );
  return page(
    title,
    html`<header><span>Solekey · ${setting.policy.accountName} (${visitor.claim.account})</span>
<span>${ofWhom(visitor)}</span></header><main>
<h1>${title}</h1>
${paragraphs(lines)}
${cards.length === 0 ? null : html`<ul class="cards">${cards}</ul><p class="hint">${LATELY}</p>`}
${next === null ? null : html`<p><a href="?after=${encodeURIComponent(placeText(next))}">Next ${ROWS}</a></p>`}
</main>${foot(shown, setting)}`,
  );
}

/** The reader's way to act, by the purpose of their link. */
function whatToDo(purpose: ListPurpose, policy: Policy): string {
  if (isWhollyObserved(policy)) {
    return 'Solekey is in observe mode in this account: it makes proposals and changes no key. Nothing can be decided here.';
  }
  return WHAT_TO_DO[purpose];
}

const WHAT_TO_DO: Readonly<Record<ListPurpose, string>> = {
  list: 'This link decides the cases marked “Decide”. For any other, the details say how.',
  'list-view':
    'This link only shows the list. Approvers have a link to decide in another mail, or get one with the next.',
};

/** While the change window is closed: until when. Empty if nothing waits for it. */
function outside({ policy, now }: Setting): string {
  const opens = isWhollyObserved(policy) ? null : windowOpens(null, policy, now);
  return opens === null ? '' : outsideWindow(opens, policy.digest.zone);
}

/** Answers are read only for the page of a case. */
const LATELY = 'Most urgent first. An answer given in the last minute may not show here yet.';

function foot({ visitor }: Listed, { now, policy }: Setting): Html {
  const { expires } = visitor.claim;
  return html`<footer>
<p>${aboutLink(visitor)} It expires on ${momentFromNow(expires, now, policy.digest.zone)}.
Solekey never asks for a password or a secret key.</p>
${byYourself(ANYBODY)}
</footer>`;
}

function sentence(text: string): string {
  return text === '' ? '' : `${text}.`;
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
