import { html } from 'hono/html';
import { LONGEST_COMMENT } from '../../core/case/decision.ts';
import { isDay, lastMinute } from '../../core/model/calendar.ts';
import { inZone } from '../../core/model/zone.ts';
import type { Days } from '../../core/page/days.ts';
import { calendarDay } from '../../core/words/words.ts';
import { lastFours, mending, type Typed } from '../forms.ts';
import type { Html } from '../layout.ts';

/**
 * The box for the day at whose end something ends. It is empty, so that nobody takes a date that they did not choose, and works
 * without a script. A browser without a calendar for it shows a box for text, which keeps what is no date, to be corrected.
 */
export function dayField(state: Typed, days: Days, label: string, what: string): Html {
  const wrong = state.mistakes.some(({ field }) => field === 'until');
  const end = lastMinute(days.last, days.zone);
  const { until } = state.putIn;
  const type = until === '' || isDay(until) ? 'date' : 'text';
  const clock = end === null ? '' : ` ${inZone(end, days.zone).clock}`;
  return html`<p><label class="label" for="until">${label}</label></p>
<p class="hint" id="until-hint">From ${calendarDay(days.first)} to ${calendarDay(days.last)}. ${what} the end of that day:${clock} in the time zone ${days.zone}.</p>${mending(state, 'until')}
<input type="${type}" id="until" name="until" value="${until}" required min="${days.first}" max="${days.last}"
aria-describedby="until-hint${wrong ? ' until-mistake' : ''}" aria-invalid="${String(wrong)}">`;
}

/** The box for the reason in a person's own words, without which the answer does not count. */
export function justification(state: Typed, why: string): Html {
  const wrong = state.mistakes.some(({ field }) => field === 'comment');
  return html`<p><label class="label" for="comment">Justification</label></p>
<p class="hint" id="comment-hint">${why} At most ${LONGEST_COMMENT} characters, shown on pages only.</p>${mending(state, 'comment')}
<textarea id="comment" name="comment" rows="3" maxlength="${LONGEST_COMMENT}" required
aria-describedby="comment-hint${wrong ? ' comment-mistake' : ''}" aria-invalid="${String(wrong)}">${state.putIn.comment}</textarea>`;
}

/** The box into which the keys are typed that stay as they are. */
export function stayField(state: Typed, keys: readonly string[], stay: string, hint: string): Html {
  return lastFours(
    state,
    'stay',
    `Last four characters of ${keys.length === 1 ? 'the key' : 'every key'} to leave ${stay}`,
    hint,
  );
}
