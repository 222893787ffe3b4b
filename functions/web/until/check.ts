import { html } from 'hono/html';
import { renews } from '../../core/case/exception.ts';
import { type ObservedKey, shortKey } from '../../core/model/observation.ts';
import type { Policy } from '../../core/model/policy.ts';
import { keysBeside } from '../../core/page/choice.ts';
import type { Days } from '../../core/page/days.ts';
import { keyUse } from '../../core/words/key-use.ts';
import { PAGE } from '../../core/words/style.ts';
import { day, ordinal } from '../../core/words/words.ts';
import { type CasePage, formState } from '../case-page.ts';
import { acknowledgement, offField, whatBecomes } from '../check-page.ts';
import { BY_HAND, type FormState } from '../forms.ts';
import { framed } from '../frame.ts';
import { type Html, paragraphs, THIS_PAGE, unbroken } from '../layout.ts';
import { pausedWords } from '../paused.ts';
import { keyList, nameOf, ownKeptWords } from '../sentences.ts';
import { dayField, justification, stayField } from './fields.ts';

/**
 * The page to check before an exception is stored: the keys that stay Active, the fate of the others, what an exception means,
 * and the form. If it deactivates keys these are typed, and otherwise those that stay, so that no mail scanner can answer.
 */
export function exceptionPage(shown: CasePage, spare: readonly string[], days: Days): Html {
  const { view, policy } = shown;
  const state = formState(shown);
  const off = keysBeside(view, spare);
  const active = view.active.filter(({ id }) => off.includes(id));
  const made = spare.filter((id) => view.own[id] !== undefined);
  const own = view.ownKept(spare) === null ? '' : ownKeptWords(made, active.length > 0);
  const cut = active.some(({ id }) => view.inUse.includes(id));
  return framed(
    shown,
    `Leave keys of ${view.current.userName} active until a date`,
    html`<p>You are about to leave ${keyList(spare)} active. That is an exception, because only one active key is allowed.</p>
<ul>${view.active.filter(({ id }) => spare.includes(id)).map((key) => html`<li>${useOf(shown, key)}</li>`)}</ul>
${gone(shown, active, cut)}
${paragraphs([own, renewal(shown, spare)].filter((line) => line !== ''))}
${active.length === 0 ? null : paragraphs(pausedWords(view, policy))}
${paragraphs(off.map((id) => whatBecomes(shown, null, id)))}
<p>What an exception means:</p>
<ul>${whatItMeans(policy).map((line) => html`<li>${line}</li>`)}</ul>
${form(state, spare, off, active, days)}
<p><a href="${THIS_PAGE}">Go back</a></p>`,
  );
}

/** The keys that are deactivated, in a box if something uses one of them. */
function gone(shown: CasePage, active: readonly ObservedKey[], cut: boolean): Html | null {
  if (active.length === 0) {
    return null;
  }
  const lines = active.map((key) => html`You are also about to deactivate ${useOf(shown, key)}`);
  return cut ? html`<div class="box bad">${paragraphs(lines)}</div>` : html`${paragraphs(lines)}`;
}

function useOf({ view, now, policy }: CasePage, key: ObservedKey): Html {
  const words = keyUse(key, view.evidence.usage?.[key.id], now, policy.digest.zone, PAGE);
  return html`${unbroken(`${shortKey(key.id)}: ${words}.`)}`;
}

/** A sentence about the exception that this one renews; empty if it renews none. */
function renewal({ view: { current }, policy }: CasePage, spare: readonly string[]): string {
  const last = renews(current, spare);
  if (last === null) {
    return '';
  }
  const before = last.count === 1 ? '' : `, the ${ordinal(last.count - 1)} renewal`;
  return `This renews the exception that ${nameOf(policy, last.by)} gave on ${day(last.at)}${before}.`;
}

function whatItMeans({ countAsCompliant, config }: Policy): string[] {
  const shown = countAsCompliant.includes('exceptions')
    ? 'AWS Config shows the user as COMPLIANT until then, as the settings say.'
    : 'AWS Config still shows the user as NON_COMPLIANT.';
  return [
    'Approvers are told of it. It ends by itself on the date that you choose, and then approvers are asked again.',
    'If any other set of keys becomes active, such as a new key, it ends at once.',
    'Anyone who may decide can end it earlier with an ordinary decision.',
    ...(config === null ? [] : [shown]),
  ];
}

function form(
  state: FormState,
  spare: readonly string[],
  off: readonly string[],
  active: readonly ObservedKey[],
  days: Days,
): Html {
  const ids = active.map(({ id }) => id);
  const button = `Leave ${keyList(spare)} active${ids.length === 0 ? '' : `, deactivate ${keyList(ids)}`}`;
  return html`<form method="post">
<input type="hidden" name="facts" value="${state.view.digest}">
<input type="hidden" name="spare" value="${spare.join(' ')}">
${dayField(state, days, 'Leave active until', 'The exception ends at')}
${justification(state, 'Why more than one key is needed until then.')}
${acknowledgement(state, ids)}
${off.length === 0 ? stayField(state, spare, 'active', BY_HAND) : offField(state, off, ids)}
<p><button type="submit">${button}</button></p>
</form>`;
}
