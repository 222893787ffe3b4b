import { html } from 'hono/html';
import type { StatementField, StatementMistake } from '../../core/signoff/form.ts';
import { FIELD, howToCorrect } from '../../core/signoff/words.ts';
import { bad, banner, type Html } from '../layout.ts';

/** Where the words that people type can be read. */
export const PAGES_ONLY = 'Shown on pages and in evidence packs only.';

/** The mistakes in a form, and the name of the account, which one of them may repeat. */
export interface Mistaken {
  readonly mistakes: readonly StatementMistake[];
  readonly accountName: string;
}

/** A field with its value. The hint says what belongs into it. */
export interface Field {
  readonly name: StatementField;
  readonly value: string;
  readonly hint: string;
  /** Absent for a field that is not needed. */
  readonly required?: boolean;
  /** The most characters. */
  readonly most: number;
}

/**
 * Browsers silently cut a text that is pasted, so they may do it only far beyond the most characters: below that, the reply
 * says what is too long and has the whole text again.
 */
const BEYOND = 4;

/** A box for several lines. */
export function area(state: Mistaken, { name, value, hint, required = false, most }: Field): Html {
  return html`${label(name, `${hint} At most ${most} characters.`)}${correction(state, name)}
<textarea id="${name}" name="${name}" rows="3" maxlength="${BEYOND * most}" ${required ? 'required' : ''}
${tied(state, name)}>${value}</textarea>`;
}

/** A box for one line. */
export function box(
  state: Mistaken,
  { name, value, hint, required = false, most }: Field,
  type: 'text' | 'date' = 'text',
): Html {
  return html`${label(name, hint)}${correction(state, name)}
<input type="${type}" id="${name}" name="${name}" value="${value}" maxlength="${BEYOND * most}" ${required ? 'required' : ''} autocomplete="off"
${tied(state, name)}>`;
}

/** The mistakes of a form as a message at the top; null if there are none. Each leads to its field. */
export function wrongForm({ mistakes, accountName }: Mistaken): Html | null {
  const lines = mistakes.map((one) => html`<a href="#${one.field}">${howToCorrect(one, accountName)}</a>`);
  return mistakes.length === 0 ? null : banner(bad('Nothing was recorded yet', lines));
}

/** How to correct the mistakes in a field; null if it has none. */
export function correction({ mistakes, accountName }: Mistaken, name: StatementField): Html | null {
  const found = mistakes.filter(({ field }) => field === name);
  return found.length === 0
    ? null
    : html`<p class="mistake" id="${name}-mistake">${found.map((one) => howToCorrect(one, accountName)).join(' ')}</p>`;
}

function label(name: StatementField, hint: string): Html {
  return html`<p><label class="label" for="${name}">${FIELD[name]}</label></p>
<p class="hint" id="${name}-hint">${hint}</p>`;
}

/** The attributes that tie a field to its hint and its mistake. */
function tied({ mistakes }: Mistaken, name: StatementField): Html {
  const wrong = mistakes.some(({ field }) => field === name);
  return html`aria-describedby="${name}-hint${wrong ? ` ${name}-mistake` : ''}" aria-invalid="${String(wrong)}"`;
}
