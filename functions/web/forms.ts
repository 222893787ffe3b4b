import { html } from 'hono/html';
import { shortKey } from '../core/model/observation.ts';
import type { Instant } from '../core/model/time.ts';
import type { CaseView } from '../core/page/case-view.ts';
import type { Mistake } from '../core/page/choice.ts';
import { fromNow, moment, usedWords } from '../core/words/words.ts';
import { type Html, unbroken } from './layout.ts';
import { howToMend, keyList } from './sentences.ts';

/** What a person had put in, so that a refusal does not cost their work. */
export interface PutIn {
  readonly keep: string | null;
  readonly off: string;
  readonly inUse: boolean;
  readonly back: string;
  readonly remove: string;
}

export const NOTHING_PUT_IN: PutIn = { keep: null, off: '', inUse: false, back: '', remove: '' };

/** The boxes into which last fours are typed. */
type TextField = 'off' | 'back' | 'remove';

export interface FormState {
  readonly view: CaseView;
  readonly putIn: PutIn;
  readonly mistakes: readonly Mistake[];
  /** The quiet period in words. */
  readonly quiet: string;
  readonly now: Instant;
}

/**
 * The form for a decision. No key is chosen beforehand, and the keys to go are to be typed: whoever follows links and
 * presses buttons without reading, as mail scanners do, must not be able to decide.
 */
export function decisionForm(state: FormState, proposed: string | null): Html {
  const { view, putIn, now } = state;
  const choices = view.active.map(
    (key, place) => html`<label><input type="radio" name="keep" value="${key.id}" required
${putIn.keep === key.id ? 'checked' : ''}${place === 0 ? html` id="keep"` : null}> <span class="key">${shortKey(key.id)}</span>${key.id === proposed ? ', as proposed' : ''}
<span class="hint">${unbroken(usedWords(key, now))}</span></label>`,
  );
  return html`<section><h2>Your decision</h2>
<form method="post">
<input type="hidden" name="facts" value="${view.digest}">
<fieldset ${describedBy(state, 'keep')}><legend>Which key stays?</legend>${mending(state, 'keep')}${choices}</fieldset>
${lastFours(state, 'off', 'Last four characters of every key to be off', offHint(view))}
${acknowledgement(state)}
<p><button type="submit">${view.active.length > 1 ? 'Keep the chosen key, switch off the rest' : `Let ${keyList(view.pending)} go`}</button></p>
</form></section>`;
}

/** The form that brings back keys which we switched off. */
export function restoreForm(state: FormState): Html {
  const { restorable, paused, undoUntil } = state.view;
  const end =
    paused || undoUntil === null ? '' : `, until ${moment(undoUntil)} (${fromNow(undoUntil, state.now)})`;
  const keys = restorable.map(({ id }) => html`<li><span class="key">${shortKey(id)}</span>${end}</li>`);
  return html`<section><h2>Bring a key back</h2>
<p>If something has stopped working, these keys can be switched on again from here:</p>
<ul>${keys}</ul>
<form method="post">
<input type="hidden" name="facts" value="${state.view.digest}">
${lastFours(state, 'back', 'Last four characters of every key to be on again', `${state.view.current.decision === null ? '' : 'Switching a key on again ends the present decision. '}${afterwards(state.view, restorable.length)}`)}
<p><button type="submit">Switch on again</button></p>
</form></section>`;
}

function offHint(view: CaseView): string {
  const off =
    view.pending.length === 0 ? '' : ` Include ${keyList(view.pending)}, which we switched off already.`;
  return `Every key but the one that stays, in any order, with spaces between them.${off} ${BY_HAND}`;
}

/** Why anything is to be typed at all. */
export const BY_HAND = 'It is typed by hand, so that no program that opens links can answer for you.';

/** What follows once keys are on again, as a sentence. */
export function afterwards({ active, pending }: CaseView, back: number): string {
  const open = active.length > 0 || pending.length > back || back > 1;
  return open
    ? 'After that you are asked anew.'
    : 'If it is the only active key then, nothing is left to decide.';
}

export function lastFours(state: FormState, name: TextField, label: string, hint: string): Html {
  const wrong = state.mistakes.some((mistake) => mistake.field === name);
  return html`<p><label class="label" for="${name}">${label}</label></p>
<p class="hint" id="${name}-hint">${hint}</p>${mending(state, name)}
<input type="text" id="${name}" name="${name}" value="${state.putIn[name]}" required maxlength="1000" autocomplete="off"
autocapitalize="characters" spellcheck="false" aria-describedby="${name}-hint${wrong ? ` ${name}-mistake` : ''}"
aria-invalid="${String(wrong)}">`;
}

/** Asked only where a key is in use; which one that is depends on the choice above, so it is never required by the form. */
function acknowledgement(state: FormState): Html | null {
  const { inUse, active } = state.view;
  if (inUse.length === 0 || active.length === 1) {
    return null;
  }
  return html`<fieldset ${describedBy(state, 'inUse')}><legend>Keys in use</legend>${mending(state, 'inUse')}
<p class="hint">Used within ${state.quiet}: ${keyList(inUse)}. Tick this only if such a key is to be switched off.</p>
<label><input type="checkbox" name="inUse" id="inUse" value="yes" ${state.putIn.inUse ? 'checked' : ''}>
I know that it is in use and that something may stop working.</label></fieldset>`;
}

function mending(state: FormState, field: Mistake['field']): Html | null {
  const found = state.mistakes.filter((mistake) => mistake.field === field);
  if (found.length === 0) {
    return null;
  }
  return html`<p class="mistake" id="${field}-mistake">${found.map((one) => howToMend(one, state.quiet)).join(' ')}</p>`;
}

function describedBy(state: FormState, field: 'keep' | 'inUse'): Html | null {
  const wrong = state.mistakes.some((mistake) => mistake.field === field);
  return wrong ? html`aria-describedby="${field}-mistake"` : null;
}
