import { html } from 'hono/html';
import { shortKey } from '../core/model/observation.ts';
import type { Instant } from '../core/model/time.ts';
import type { Zone } from '../core/model/zone.ts';
import type { CaseView } from '../core/page/case-view.ts';
import type { Mistake } from '../core/page/choice.ts';
import { momentFromNow, usedWords } from '../core/words/words.ts';
import { type Html, unbroken } from './layout.ts';
import { howToMend, keyList } from './sentences.ts';

/** A person's input, so that it is not lost if the answer is refused. */
export interface PutIn {
  readonly keep: string | null;
  readonly off: string;
  readonly inUse: boolean;
  readonly back: string;
  readonly remove: string;
}

export const NOTHING_PUT_IN: PutIn = { keep: null, off: '', inUse: false, back: '', remove: '' };

/** The boxes into which the last four characters of keys are typed. */
type TextField = 'off' | 'back' | 'remove';

export interface FormState {
  readonly view: CaseView;
  readonly putIn: PutIn;
  readonly mistakes: readonly Mistake[];
  /** The only key that can be kept through this link; null if the person may choose. */
  readonly only: string | null;
  /** The quiet period in words. */
  readonly quiet: string;
  readonly now: Instant;
  readonly zone: Zone;
}

/**
 * The form for a decision. No key is preselected, and the keys to deactivate must be typed: mail scanners follow
 * links and press buttons, and must not be able to decide.
 */
export function decisionForm(state: FormState, proposed: string | null): Html {
  const { view, putIn, now, zone, only } = state;
  const offered = view.active.filter(({ id }) => only === null || id === only);
  const choices = offered.map(
    (key, place) => html`<label><input type="radio" name="keep" value="${key.id}" required
${putIn.keep === key.id ? 'checked' : ''}${place === 0 ? html` id="keep"` : null}${cutsOff(view, key.id) ? html` class="cuts"` : null}> <span class="key">${shortKey(key.id)}</span>${key.id === proposed ? ', as proposed' : ''}
<span class="hint">${unbroken(usedWords(key, now, zone))}</span></label>`,
  );
  return html`<section><h2>Your decision</h2>
<form method="post">
<input type="hidden" name="facts" value="${view.digest}">
${shownInUse(view)}<fieldset ${describedBy(state, 'keep')}><legend>Which key do you keep?</legend>${mending(state, 'keep')}${choices}</fieldset>
${lastFours(state, 'off', 'Last four characters of every key to deactivate', offHint(view))}
${acknowledgement(state)}
<p><button type="submit">${view.active.length > 1 ? 'Keep the chosen key, deactivate the others' : `Leave ${keyList(view.pending)} inactive`}</button></p>
</form></section>`;
}

/** The keys shown as in use, because an acknowledgement covers no others (S6); null if there are none. */
function shownInUse({ inUse }: CaseView): Html | null {
  return inUse.length === 0
    ? null
    : html`<input type="hidden" name="shownInUse" value="${inUse.join(' ')}">
`;
}

/** The form that reactivates keys which Solekey deactivated. */
export function restoreForm(state: FormState): Html {
  const { restorable, paused, undoUntil } = state.view;
  const end =
    paused || undoUntil === null ? '' : `, until ${momentFromNow(undoUntil, state.now, state.zone)}`;
  const keys = restorable.map(({ id }) => html`<li><span class="key">${shortKey(id)}</span>${end}</li>`);
  return html`<section><h2>Reactivate a key</h2>
<p>If something has stopped working, you can reactivate ${restorable.length === 1 ? 'this key' : 'these keys'} here:</p>
<ul>${keys}</ul>
<form method="post">
<input type="hidden" name="facts" value="${state.view.digest}">
${lastFours(state, 'back', 'Last four characters of every key to reactivate', `${state.view.current.decision === null ? '' : 'Reactivating a key ends the current decision. '}${afterwards(state.view, restorable.length)}`)}
<p><button type="submit">Reactivate ${restorable.length === 1 ? keyList(restorable.map(({ id }) => id)) : 'these keys'}</button></p>
</form></section>`;
}

function offHint(view: CaseView): string {
  const off =
    view.pending.length === 0 ? '' : ` Include ${keyList(view.pending)}, already deactivated by Solekey.`;
  return `Every key except the one you keep, in any order, with spaces between them.${off} ${BY_HAND}`;
}

/** The reason why keys are typed and not ticked. */
export const BY_HAND = 'You type them by hand so that no program that opens links can answer for you.';

/** A sentence about the consequences of reactivating keys. */
export function afterwards({ active, pending }: CaseView, back: number): string {
  const open = active.length > 0 || pending.length > back || back > 1;
  return open
    ? 'After that you are asked again.'
    : 'If it is then the only active key, nothing is left to decide.';
}

export function lastFours(state: FormState, name: TextField, label: string | Html, hint: string): Html {
  const wrong = state.mistakes.some((mistake) => mistake.field === name);
  return html`<p><label class="label" for="${name}">${label}</label></p>
<p class="hint" id="${name}-hint">${hint}</p>${mending(state, name)}
<input type="text" id="${name}" name="${name}" value="${state.putIn[name]}" required maxlength="1000" autocomplete="off"
autocapitalize="characters" spellcheck="false" aria-describedby="${name}-hint${wrong ? ` ${name}-mistake` : ''}"
aria-invalid="${String(wrong)}">`;
}

/** True if a key in use is deactivated when this one is kept. */
function cutsOff({ active, inUse }: CaseView, keep: string): boolean {
  return active.length > 1 && inUse.some((id) => id !== keep);
}

/**
 * The box to acknowledge a use; null if no choice deactivates a key in use. The style shows it for such a choice only,
 * and the form never requires it, because some browsers show it always.
 */
function acknowledgement(state: FormState): Html | null {
  const { inUse, active } = state.view;
  if (!active.some(({ id }) => cutsOff(state.view, id))) {
    return null;
  }
  const named = inUse.length === 1 ? `${keyList(inUse)} is in use` : 'a key in use is deactivated';
  return html`<fieldset class="ticked" ${describedBy(state, 'inUse')}><legend>Keys in use</legend>${mending(state, 'inUse')}
<p class="hint">Used within the last ${state.quiet}: ${keyList(inUse)}. Tick this only if you deactivate such a key.</p>
<label><input type="checkbox" name="inUse" id="inUse" value="yes" ${state.putIn.inUse ? 'checked' : ''}>
I know that ${named}, and that something may stop working.</label></fieldset>`;
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
