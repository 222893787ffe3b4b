import { html } from 'hono/html';
import { NO_KEY } from '../contracts/decision-form.ts';
import { NOT_NOW } from '../contracts/until-form.ts';
import type { DecisionReason } from '../core/case/decision.ts';
import { type ObservedKey, shortKey } from '../core/model/observation.ts';
import type { Instant } from '../core/model/time.ts';
import type { Zone } from '../core/model/zone.ts';
import type { CaseView } from '../core/page/case-view.ts';
import type { Mistake } from '../core/page/choice.ts';
import type { OfferedKind } from '../core/page/deactivate-all.ts';
import type { Advice } from '../core/proposal/advice.ts';
import { usedWords } from '../core/words/words.ts';
import { type Html, unbroken } from './layout.ts';
import { confidenceWords } from './proposal.ts';
import { howToMend, keysWith, OWN_EXCEPTION, ownKeyWords } from './sentences.ts';

/** A person's input, so that it is not lost if the answer is refused. */
export interface PutIn {
  /** The value of the chosen radio button: a key id, `NO_KEY` or `NOT_NOW`. Null if none was chosen. */
  readonly keep: string | null;
  readonly off: string;
  readonly inUse: boolean;
  readonly reason: DecisionReason | null;
  readonly comment: string;
  readonly back: string;
  readonly remove: string;
  /** The number of keys of several users, with its word. */
  readonly count: string;
  /** The day until which something stays as it is. */
  readonly until: string;
  readonly stay: string;
}

export const NOTHING_PUT_IN: PutIn = {
  keep: null,
  off: '',
  inUse: false,
  reason: null,
  comment: '',
  back: '',
  remove: '',
  count: '',
  until: '',
  stay: '',
};

/** The boxes into which the last four characters of keys are typed. */
type TextField = 'off' | 'stay' | 'back' | 'remove' | 'count';

/** A person's input, and the mistakes in it. */
export interface Typed {
  readonly putIn: PutIn;
  readonly mistakes: readonly Mistake[];
  /** The quiet period in words. */
  readonly quiet: string;
}

export interface FormState extends Typed {
  readonly view: CaseView;
  /** The answers that pages take. */
  readonly offered: readonly OfferedKind[];
  /** The only key that can be kept through this link; null if the person may choose. */
  readonly only: string | null;
  readonly now: Instant;
  readonly zone: Zone;
}

/**
 * The first of two forms for a decision: which key to keep, the proposed one first. No key is preselected, and the form
 * only leads to the page to check, so that a mail scanner that presses it stores nothing.
 */
export function decisionForm(state: FormState, advice: Advice): Html {
  const { view, only } = state;
  const proposed = advice.kind === 'proposal' ? advice.proposal.keep : null;
  const offered = view.active.filter(({ id }) => only === null || id === only);
  const inOrder = [...offered].sort((a, b) => Number(b.id === proposed) - Number(a.id === proposed));
  return html`<section><h2>Your decision</h2>
<form method="post">
<input type="hidden" name="step" value="check">
<input type="hidden" name="facts" value="${view.digest}">
${typedBefore(state)}<fieldset ${describedBy(state, 'keep')}><legend>Which key do you keep?</legend>${mending(state, 'keep')}${inOrder.map((key, place) => choice(state, advice, key, place === 0))}${only === null && state.offered.includes('none') ? noKey(state) : null}${only === null && state.offered.includes('not-now') ? notNow(state) : null}</fieldset>
<p><button type="submit">Check what this means</button></p>
<p class="hint">Nothing is stored yet: the next page shows what would happen.</p>
</form></section>`;
}

/**
 * One key to keep. Its line says if it is the proposal, how sure that is, if the visitor created it, and if keeping it
 * deactivates a key in use.
 */
function choice(
  { view, putIn, now, zone }: FormState,
  advice: Advice,
  key: ObservedKey,
  first: boolean,
): Html {
  const confidence =
    advice.kind === 'proposal' && advice.proposal.keep === key.id ? advice.proposal.confidence : null;
  const own = view.own[key.id];
  const cut = view.active.length > 1 ? view.inUse.filter((id) => id !== key.id) : [];
  return html`<label><input type="radio" name="keep" value="${key.id}" required
${putIn.keep === key.id ? 'checked' : ''}${first ? html` id="keep"` : null}> <span class="key">${shortKey(key.id)}</span>${confidence === null ? null : html`, as proposed. ${confidenceWords(confidence)}`}
<span class="hint">${unbroken(usedWords(key, now, zone))}</span>${
    own === undefined
      ? null
      : html`
<span class="hint risk">${unbroken(ownKeyWords(key.id, own))}</span>`
  }${
    cut.length === 0
      ? null
      : html`
<span class="hint risk">${keysWith(cut, 'is', 'are')} in use and would be deactivated.</span>`
  }</label>`;
}

/** The choice to keep no key, the last one. It never looks as safe as the others: it stops everything that uses a key of this user. */
function noKey({ view, putIn }: FormState): Html {
  return html`<label><input type="radio" name="keep" value="${NO_KEY}" required
${putIn.keep === NO_KEY ? 'checked' : ''}> None: deactivate all
<span class="hint risk">${view.inUse.length === 0 ? 'The user then has no active key.' : `${keysWith(view.inUse, 'is', 'are')} in use.`}</span></label>`;
}

/** The choice to leave the keys as they are for now; null if there is no day until which they could be left. */
function notNow({ view: { active, later }, putIn }: FormState): Html | null {
  const { exception, byAnother } = later;
  if (exception === null) {
    return null;
  }
  const ids = active.map(({ id }) => id);
  const own = byAnother(ids);
  return html`<label><input type="radio" name="keep" value="${NOT_NOW}" required
${putIn.keep === NOT_NOW ? 'checked' : ''}> Not now: keep ${ids.length === 2 ? 'both' : 'several'} until a date${
    own
      ? html`
<span class="hint risk">${OWN_EXCEPTION}</span>`
      : null
  }</label>`;
}

/** The parts of an answer that was refused, so that the page to check has them again. */
export function typedBefore({ putIn: { reason, comment, until } }: FormState): Html | null {
  return reason === null && comment === '' && until === ''
    ? null
    : html`<input type="hidden" name="reason" value="${reason ?? ''}">
<input type="hidden" name="comment" value="${comment}">
${until === '' ? null : html`<input type="hidden" name="until" value="${until}">`}`;
}

/** The reason why keys are typed and not ticked. */
export const BY_HAND = 'You type them so that a mail scanner that presses buttons cannot answer for you.';

/** A sentence about the consequences of reactivating keys. */
export function afterwards({ active, pending }: CaseView, back: number): string {
  const open = active.length > 0 || pending.length > back || back > 1;
  return open
    ? 'After that you are asked again.'
    : 'If it is then the only active key, nothing is left to decide.';
}

/** A box into which the last four characters of keys are typed. */
export function lastFours(state: Typed, name: TextField, label: string | Html, hint: string): Html {
  const wrong = state.mistakes.some((mistake) => mistake.field === name);
  return html`<p><label class="label" for="${name}">${label}</label></p>
<p class="hint" id="${name}-hint">${hint}</p>${mending(state, name)}
<input type="text" id="${name}" name="${name}" value="${state.putIn[name]}" required maxlength="1000" autocomplete="off"
autocapitalize="characters" spellcheck="false" aria-describedby="${name}-hint${wrong ? ` ${name}-mistake` : ''}"
aria-invalid="${String(wrong)}">`;
}

/** How to correct the mistakes in a field; null if it has none. */
export function mending(state: Typed, field: Mistake['field']): Html | null {
  const found = state.mistakes.filter((mistake) => mistake.field === field);
  if (found.length === 0) {
    return null;
  }
  return html`<p class="mistake" id="${field}-mistake">${found.map((one) => howToMend(one, state.quiet)).join(' ')}</p>`;
}

/** The attribute that ties a field to its mistake; null if it has none. */
export function describedBy(state: Typed, field: Mistake['field']): Html | null {
  const wrong = state.mistakes.some((mistake) => mistake.field === field);
  return wrong ? html`aria-describedby="${field}-mistake"` : null;
}
