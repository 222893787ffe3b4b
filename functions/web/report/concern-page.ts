import { html } from 'hono/html';
import type { ToState } from '../../app/approve/state-on-report.ts';
import { daysAfter } from '../../core/model/calendar.ts';
import { zoneDay } from '../../core/model/zone.ts';
import { type ConcernForm, FARTHEST_TARGET } from '../../core/signoff/form.ts';
import { adviceWords, keyAdvice } from '../../core/signoff/key-advice.ts';
import type { Concern } from '../../core/signoff/state.ts';
import { LONGEST } from '../../core/signoff/typed.ts';
import { concernSubject } from '../../core/signoff/words.ts';
import type { ReportRow } from '../../core/validation/report-row.ts';
import { calendarDay, list } from '../../core/words/words.ts';
import { type Html, paragraphs } from '../layout.ts';
import type { Setting } from '../reply.ts';
import { concernBody } from './concerns.ts';
import { area, box, type Mistaken, PAGES_ONLY, wrongForm } from './fields.ts';
import { BACK, framed } from './frame.ts';

/** A concern before anything is filled in. */
export const NO_CONCERN: ConcernForm = {
  key: '',
  impact: '',
  remediation: '',
  owner: '',
  ticket: '',
  target: '',
};

/** The page to record a concern about a user, with the way back for its keys first: it may be what is needed. */
export function concernPage(
  found: ToState,
  row: ReportRow & { readonly userId: string },
  form: ConcernForm,
  mistakes: Mistaken['mistakes'],
  setting: Setting,
): Html {
  const { policy, now } = setting;
  const state = { mistakes, accountName: policy.accountName };
  const advice = keyAdvice(row);
  const today = zoneDay(now, policy.digest.zone);
  const keys = [...row.active, ...row.pending.map(({ keyId }) => keyId)];
  const known = keys.length === 0 ? '' : ` The report shows ${list(keys)}.`;
  return framed(
    `A concern about ${row.userName}`,
    found,
    setting,
    html`${wrongForm(state)}
${paragraphs(adviceWords(advice, row))}
${
  advice.kind === 'reactivate'
    ? html`<form method="post"><input type="hidden" name="mail" value="row"><input type="hidden" name="user" value="${row.userId}">
<p><button type="submit" class="plain">Mail me the link for ${row.userName}</button></p></form>`
    : null
}
<h2>Record the concern</h2>
<form method="post">
<input type="hidden" name="step" value="concern">
<input type="hidden" name="user" value="${row.userId}">
${box(state, { name: 'key', value: form.key, hint: `Its last four characters. Leave it empty if the concern is about the user as a whole.${known}`, most: 20 })}
${area(state, { name: 'impact', value: form.impact, hint: `What does not work, or may stop working. ${PAGES_ONLY}`, required: true, most: LONGEST.concern.impact })}
${area(state, { name: 'remediation', value: form.remediation, hint: 'What is planned about it.', required: true, most: LONGEST.concern.remediation })}
${box(state, { name: 'owner', value: form.owner, hint: 'The person or team who is responsible.', required: true, most: LONGEST.concern.owner })}
${box(state, { name: 'target', value: form.target, hint: `The day by which it is to be settled, from ${calendarDay(today)} to ${calendarDay(daysAfter(today, FARTHEST_TARGET))}.`, required: true, most: 10 }, 'date')}
${box(state, { name: 'ticket', value: form.ticket, hint: 'Number or name, if there is one. It is shown as text, never as a link.', most: LONGEST.concern.ticket })}
<p><button type="submit">Record the concern about ${row.userName}</button></p>
<p class="hint">It stays open in reports, digests and records until somebody records what was done.</p>
</form>
${BACK}`,
  );
}

/** The page to record what was done about a concern. */
export function settlePage(
  found: ToState,
  concern: Concern,
  done: string,
  mistakes: Mistaken['mistakes'],
  setting: Setting,
): Html {
  const state = { mistakes, accountName: setting.policy.accountName };
  return framed(
    `Settle concern ${concern.number}`,
    found,
    setting,
    html`${wrongForm(state)}
<h2><bdi>${concernSubject(concern)}</bdi></h2>
${concernBody(concern, found.words, setting)}
<form method="post">
<input type="hidden" name="step" value="settle">
<input type="hidden" name="concern" value="${concern.number}">
${area(state, { name: 'done', value: done, hint: PAGES_ONLY, required: true, most: LONGEST['concern-settled'].done })}
<p><button type="submit">Record concern ${concern.number} as settled</button></p>
</form>
${BACK}`,
  );
}
