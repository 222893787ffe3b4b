import { html } from 'hono/html';
import type { PostedSignOff, ToState } from '../../app/approve/state-on-report.ts';
import { VERDICTS } from '../../core/signoff/statement.ts';
import { changedWords, dueWords, lastWords, laterWords, VERDICT_CHOICE } from '../../core/signoff/words.ts';
import { isOld } from '../../core/validation/report.ts';
import { counted } from '../../core/words/words.ts';
import { banner, type Html, paragraphs } from '../layout.ts';
import type { Setting } from '../reply.ts';
import { nameOf } from '../sentences.ts';
import { correction, type Mistaken } from './fields.ts';

/** A sign-off that was refused: the values of its form, and the mistakes in them. */
export interface Retried {
  readonly putIn: Pick<PostedSignOff, 'verdict' | 'comment'>;
  readonly mistakes: Mistaken['mistakes'];
}

/** The form before anything is filled in. */
const NOTHING: Retried = { putIn: { verdict: null, comment: '' }, mistakes: [] };

/**
 * The state of sign-offs with the form below it. While none is due, the form is folded away, so that the report comes first. `retried`:
 * a sign-off that was refused; null if there was none.
 */
export function signOffPart(stating: ToState, setting: Setting, retried: Retried | null): Html {
  const { policy, now } = setting;
  const { due, last, report, changed, later, open } = stating.signOff;
  const by = last === null ? '' : nameOf(policy, last.by);
  const concerns = html` and <a href="#concerns">${counted(open.length, 'open concern')}</a>`;
  const lines = [
    ...(report === null ? [] : [changedWords(changed, (user) => user)]),
    ...laterWords(later, (user) => user),
    lastWords(last, by),
    html`Read below: <a href="#users">all users</a>${open.length === 0 ? '' : concerns}.`,
  ];
  if (isOld(stating.report, now)) {
    return html`<section id="sign-off"><h2>Sign-off</h2>${paragraphs([dueWords(due, now), ...lines, TOO_OLD])}</section>`;
  }
  const form = verdictForm(stating, setting, retried ?? NOTHING);
  return due <= now
    ? html`<section id="sign-off">${banner({ tone: 'plain', title: dueWords(due, now), lines })}${form}</section>`
    : html`<section id="sign-off"><h2>Sign-off</h2>${paragraphs([...lines, dueWords(due, now)])}
<details ${retried === null ? '' : 'open'}><summary>Sign off now, ahead of time</summary>${form}</details></section>`;
}

const TOO_OLD =
  'This report is too old to be signed off. The next one is made within a day, once Solekey works again.';

/**
 * The first of two forms for a sign-off. Nothing is preselected, and the form only leads to the page to check, so that a mail
 * scanner that presses it records nothing.
 */
function verdictForm(
  { seen, signOff }: ToState,
  { policy }: Setting,
  { putIn: { verdict, comment }, mistakes }: Retried,
): Html {
  const state = { mistakes, accountName: policy.accountName };
  const offered = VERDICTS.filter((one) => one !== WITHOUT[signOff.open.length === 0 ? 'none' : 'some']);
  const wrong = mistakes.some(({ field }) => field === 'verdict');
  return html`<form method="post">
<input type="hidden" name="step" value="check">
<input type="hidden" name="report" value="${seen.reportSha256}">
${comment === '' ? null : html`<input type="hidden" name="comment" value="${comment}">`}
<fieldset ${wrong ? html`aria-describedby="verdict-mistake"` : null}><legend>Do you accept the changes?</legend>${correction(state, 'verdict')}
${offered.map(
  (one, place) =>
    html`<label><input type="radio" name="verdict" value="${one}" required ${verdict === one ? 'checked' : ''}${place === 0 ? html` id="verdict"` : null}> ${VERDICT_CHOICE[one]}</label>`,
)}</fieldset>
${comment === '' ? null : html`<p>Your comment is kept:</p><blockquote>${comment}</blockquote>`}
<p><button type="submit">Check what this means</button></p>
<p class="hint">Nothing is stored yet, and no key changes: the next page shows what would be recorded.</p>
</form>`;
}

/** The verdict that cannot be given with some or no open concerns. */
const WITHOUT = { none: 'accepted-with-concerns', some: 'accepted' } as const;
