import { html } from 'hono/html';
import type { ShownList } from '../../app/approve/show-list.ts';
import { placeText } from '../../contracts/list-item.ts';
import { queryOf } from '../../contracts/list-query.ts';
import { windowOpens } from '../../core/case/change-window.ts';
import { allowsNothing, type LinkClaim, type ListPurpose } from '../../core/case/requests.ts';
import { unreachedSentences } from '../../core/health/unreached.ts';
import { isWhollyObserved } from '../../core/model/only.ts';
import type { Policy } from '../../core/model/policy.ts';
import { ROWS } from '../../core/page/list.ts';
import { isFiltering } from '../../core/page/list-filter.ts';
import { countedWants, openCases } from '../../core/words/list.ts';
import { PAGE } from '../../core/words/style.ts';
import { HISTORY_LIMITS } from '../../core/words/usage.ts';
import { outsideWindow } from '../../core/words/window.ts';
import { momentFromNow } from '../../core/words/words.ts';
import { ANYBODY, byYourself, type Html, page, paragraphs } from '../layout.ts';
import { pausedWords } from '../paused.ts';
import { aboutLink, ofWhom } from '../reader.ts';
import type { Setting } from '../reply.ts';
import { reportSection } from '../report-link.ts';
import { filterForm } from './filter-form.ts';
import { rowCard, unreadCard } from './row-card.ts';
import { hrefOfRow } from './row-link.ts';

type Listed = Extract<ShownList, { readonly kind: 'list' }>;

/** The page of all open cases of an approver: how many of which sort, then a card for each, most urgent first. */
export function listPage(shown: Listed, token: string, setting: Setting): Html {
  const { visitor, entries, counts, next, subscriptions, filter } = shown;
  const filtering = isFiltering(filter);
  const title = counts === null ? 'Further open cases' : capital(openCases(counts.of, counts.more));
  const lines = [
    counts === null ? '' : sentence(countedWants(counts.of)),
    filtering ? FILTERED : '',
    entries.length > 0 ? whatToDo(visitor.claim.purpose, setting.policy) : '',
    ...(shown.paused ? pausedWords(shown, setting.policy) : [outside(setting)]),
    unreachedSentences(subscriptions, setting.policy, null, PAGE).join(' '),
  ].filter((line) => line !== '');
  const decides = !allowsNothing(visitor.claim.purpose);
  const cards = entries.map((entry) =>
    'unread' in entry
      ? unreadCard(entry.unread)
      : rowCard(
          decides ? entry : { ...entry, harmless: null, together: null },
          hrefOfRow(token, entry.view.current),
          setting,
        ),
  );
  const toChoose = decides && entries.some((entry) => !('unread' in entry) && entry.together !== null);
  return page(
    title,
    html`<header><span>Solekey · ${setting.policy.accountName} (${visitor.claim.account})</span>
<span>${ofWhom(visitor)}</span></header><main>
<h1>${title}</h1>
${paragraphs(lines)}
${entries.length > 0 || filtering || counts === null ? filterForm(filter) : null}
${cards.length === 0 ? null : toChoose ? choosing(html`<ul class="cards">${cards}</ul>`) : html`<ul class="cards">${cards}</ul>`}
${cards.length === 0 ? null : html`<p class="hint">${LATELY} ${setting.policy.usage === null ? null : HISTORY_LIMITS}</p>`}
${next === null ? null : html`<p><a href="${queryOf(filter, placeText(next))}">Next ${ROWS}</a></p>`}
${reportSection(visitor.claim.purpose, setting.mailsLinks)}
</main>${foot(shown, setting)}`,
  );
}

/** The cards as a form whose button leads to the page to check. It stores nothing, so that a mail scanner may press it. */
function choosing(cards: Html): Html {
  return html`<form method="post"><input type="hidden" name="step" value="check">
${cards}
<p><button type="submit">Check what you ticked</button></p>
<p class="hint">${ON_THIS_PAGE}</p>
</form>`;
}

const ON_THIS_PAGE =
  'Nothing is stored yet: the next page shows every key that would be deactivated. Only what you ticked on this page counts.';

const FILTERED = 'The filter below leaves out other cases. It changes nothing about what can be decided.';

/** The reader's way to act, by the purpose of their link. */
function whatToDo(purpose: ListPurpose, policy: Policy): string {
  if (isWhollyObserved(policy)) {
    return 'Solekey is in observe mode in this account: it makes proposals and changes no key. Nothing can be decided here.';
  }
  return WHAT_TO_DO[purpose];
}

const WHAT_TO_DO: Readonly<Record<ListPurpose, string>> = {
  list: 'This link decides the cases marked “Decide”: tick those that you decide together as proposed, or open one. For any other, the details say how.',
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

/** The foot of a page about several cases. */
export function foot(
  {
    visitor,
  }: { readonly visitor: Parameters<typeof aboutLink>[0] & { readonly claim: Pick<LinkClaim, 'expires'> } },
  { now, policy }: Pick<Setting, 'now' | 'policy'>,
): Html {
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
