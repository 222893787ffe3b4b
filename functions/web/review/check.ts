import { html } from 'hono/html';
import type { CheckedRows, ReadyRow } from '../../app/approve/review.ts';
import { ROW_FIELD, rowText } from '../../contracts/review-form.ts';
import { shortKey } from '../../core/model/observation.ts';
import { keysToDeactivate, type Mistake } from '../../core/page/choice.ts';
import { keyUse } from '../../core/words/key-use.ts';
import { PAGE } from '../../core/words/style.ts';
import { counted, inWords } from '../../core/words/words.ts';
import { comment, reasons, whatBecomes } from '../check-page.ts';
import { BY_HAND, lastFours, type PutIn, type Typed } from '../forms.ts';
import { bad, banner, type Html, page, paragraphs, unbroken } from '../layout.ts';
import { foot } from '../list/list-page.ts';
import { hrefOfRow } from '../list/row-link.ts';
import { mistakeLinks } from '../mistakes.ts';
import { notNow } from '../paused.ts';
import type { Setting } from '../reply.ts';
import { toCount } from '../sentences.ts';
import { NOTHING_CHANGED } from '../unchanged.ts';
import { head } from './head.ts';
import { pacing } from './pacing.ts';
import { refusedRows } from './refused.ts';

/** The page to check before several decisions are stored. */
export interface ReviewToCheck extends CheckedRows, Setting {
  readonly token: string;
  /** The address of the list from which the rows come, with its filter. */
  readonly back: string;
  readonly putIn: PutIn;
  readonly mistakes: readonly Mistake[];
}

/**
 * The page to check before several decisions are stored: every user, every key to deactivate and its fate, and one
 * form. The number of keys must be typed: mail scanners press buttons, and must not be able to decide.
 */
export function reviewCheckPage(shown: ReviewToCheck): Html {
  const { visitor, ready, refused, unreadable, token, policy, back } = shown;
  const off = ready.flatMap((row) => offOf(row));
  const title = `Check your decisions about ${counted(ready.length, 'user')}`;
  const waits = [...new Set(ready.flatMap(({ page: { view } }) => notNow(view, policy)))];
  const named = refused.map(({ row, why, userName }) => ({
    name: userName ?? row.userId,
    href: hrefOfRow(token, { userId: row.userId, number: row.caseNumber }),
    why,
  }));
  return page(
    shown.mistakes.length > 0 ? `Not recorded: ${title}` : title,
    html`${head(visitor, policy)}<main>
${shown.mistakes.length === 0 ? null : banner(bad('Your answer is not complete', [...mistakeLinks(shown.mistakes, policy), NOTHING_CHANGED]))}
${refusedRows(named, unreadable, 'These cannot be decided here now')}
<h1>${title}</h1>
${ready.length === 0 ? paragraphs(['None of the users that you chose can be decided here now. Nothing was changed.']) : decisions(shown, off.length, waits)}
<p><a href="${back}">Go back</a></p>
</main>${visitor === null ? null : foot({ visitor }, shown)}`,
  );
}

/** The keys to deactivate for a row, in the order of its page. */
function offOf({ page: { view }, proposal }: ReadyRow): string[] {
  return keysToDeactivate(view, proposal.keep);
}

function decisions(shown: ReviewToCheck, keys: number, waits: readonly string[]): Html {
  const { ready, policy, now, putIn, mistakes } = shown;
  const state: Typed = { putIn, mistakes, quiet: inWords(policy.quietPeriod) };
  const text = toCount(keys);
  return html`${paragraphs([
    `You are about to deactivate ${counted(keys, 'key')} of ${counted(ready.length, 'user')}, all as proposed with a high confidence.`,
    ...(waits.length > 0 ? waits : pacing(keys, policy, now)),
  ])}
<form method="post">
<ul class="cards">${ready.map((row) => card(row, shown, keys > policy.changesPerHour))}</ul>
${reasons(state, true)}
${comment(state)}
${lastFours(state, 'count', html`To decide, type “${text}”`, BY_HAND_COUNTED)}
<p><button type="submit">Deactivate ${counted(keys, 'key')}</button></p>
</form>`;
}

const BY_HAND_COUNTED = BY_HAND.replace('You type them', 'You type it');

/** One user: the key that stays, every key that does not, and its fate. */
function card({ row, page: { view }, proposal }: ReadyRow, { policy, now }: Setting, waits: boolean): Html {
  const uses = (id: string) => {
    const key = view.current.keys.find((one) => one.id === id);
    return key === undefined ? '' : keyUse(key, view.evidence.usage?.[id], now, policy.digest.zone, PAGE);
  };
  const off = keysToDeactivate(view, proposal.keep);
  return html`<li class="card"><h2>${view.current.userName}</h2>
<p>Keep ${shortKey(proposal.keep)}: ${unbroken(uses(proposal.keep))}.</p>
${off.map(
  (id) => html`<p>Deactivate ${shortKey(id)}: ${unbroken(uses(id))}.</p>
<p class="hint">${whatBecomes({ view, policy, now }, proposal.keep, id, waits ? IN_ITS_TURN : undefined)}</p>`,
)}<input type="hidden" name="${ROW_FIELD}" value="${rowText(row)}"></li>`;
}

const IN_ITS_TURN = 'is deactivated in its turn';
