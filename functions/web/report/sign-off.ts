import { html } from 'hono/html';
import type { PostedSignOff, ToState } from '../../app/approve/state-on-report.ts';
import type { SignOffFile } from '../../core/signoff/file.ts';
import { VERDICTS } from '../../core/signoff/statement.ts';
import { LONGEST } from '../../core/signoff/typed.ts';
import { changedWords, dueWords, lastWords, laterWords, VERDICT_CHOICE } from '../../core/signoff/words.ts';
import { isOld } from '../../core/validation/report.ts';
import { bad, banner, type Html, paragraphs } from '../layout.ts';
import type { Setting } from '../reply.ts';
import { nameOf } from '../sentences.ts';
import { area, correction, type Mistaken } from './fields.ts';

/** The state of sign-offs, for the top of the report: the last one, when the next is due, and the changes since. */
export function signOffState(signOff: SignOffFile, { policy, now }: Setting): Html {
  const { due, last, changed, later, open } = signOff;
  const by = last === null ? '' : nameOf(policy, last.by);
  const lines = [
    lastWords(last, by),
    changedWords(changed, (user) => user),
    ...laterWords(later, (user) => user),
  ];
  const way = html`<a href="#sign-off">Sign off</a>${open.length === 0 ? null : html`, or see the <a href="#concerns">open concerns</a>`}`;
  return due <= now
    ? banner({ tone: 'plain', title: dueWords(due, now), lines: [...lines, way] })
    : html`${paragraphs([...lines, dueWords(due, now), way])}`;
}

/** The values of the form for a sign-off, before anything is filled in. */
const NOTHING: Pick<PostedSignOff, 'verdict' | 'comment'> = { verdict: null, comment: '' };

/**
 * The first of two forms for a sign-off. Nothing is preselected, and the form only leads to the page to check, so that a mail
 * scanner that presses it records nothing.
 */
export function signOffForm(
  { report, seen, signOff }: ToState,
  { policy, now }: Setting,
  { verdict, comment }: Pick<PostedSignOff, 'verdict' | 'comment'> = NOTHING,
  mistakes: Mistaken['mistakes'] = [],
): Html {
  if (isOld(report, now)) {
    return html`<section id="sign-off"><h2>Sign-off</h2>
<p>This report is too old to be signed off. The next one is made within a day, once Solekey works again.</p></section>`;
  }
  const state = { mistakes, accountName: policy.accountName };
  const offered = VERDICTS.filter((one) => one !== WITHOUT[signOff.open.length === 0 ? 'none' : 'some']);
  const wrong = mistakes.some(({ field }) => field === 'verdict');
  return html`<section id="sign-off"><h2>Sign-off</h2>
<p>You sign off this report, number ${seen.anchor}, with the users and keys as it shows them. It changes no key.</p>
<form method="post">
<input type="hidden" name="step" value="check">
<input type="hidden" name="report" value="${seen.reportSha256}">
<fieldset ${wrong ? html`aria-describedby="verdict-mistake"` : null}><legend>What is your verdict?</legend>${correction(state, 'verdict')}
${offered.map(
  (one, place) =>
    html`<label><input type="radio" name="verdict" value="${one}" required ${verdict === one ? 'checked' : ''}${place === 0 ? html` id="verdict"` : null}> ${VERDICT_CHOICE[one]}</label>`,
)}</fieldset>
${area(state, {
  name: 'comment',
  value: comment,
  hint: `Why, if you do not accept; otherwise as you like. ${PAGES_ONLY}`,
  most: LONGEST['sign-off'].comment,
})}
<p><button type="submit">Check what this means</button></p>
<p class="hint">Nothing is stored yet: the next page shows what would be recorded.</p>
</form></section>`;
}

/** Where the words that people type can be read. */
export const PAGES_ONLY = 'Shown on pages and in evidence packs only.';

/** The verdict that cannot be given with some or no open concerns. */
const WITHOUT = { none: 'accepted-with-concerns', some: 'accepted' } as const;

/** The message on the page of a newer report. */
export const MOVED = banner(
  bad('The report has changed since this page was shown', [
    'Nothing was recorded. Please read the report below, and send your answer again.',
  ]),
);
