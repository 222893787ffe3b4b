import { html } from 'hono/html';
import type { PostedSignOff, ToState } from '../../app/approve/state-on-report.ts';
import { concernSubject, laterWords, VERDICT } from '../../core/signoff/words.ts';
import { headline } from '../../core/validation/words.ts';
import { counted, moment } from '../../core/words/words.ts';
import { type Html, paragraphs } from '../layout.ts';
import type { Setting } from '../reply.ts';
import { box, type Mistaken, wrongForm } from './fields.ts';
import { BACK, framed } from './frame.ts';

/** The second page of a sign-off: everything that would be recorded, and the box for the name of the account. */
export function signOffCheckPage(
  found: ToState,
  posted: PostedSignOff,
  mistakes: Mistaken['mistakes'],
  setting: Setting,
): Html {
  const { report, seen, signOff } = found;
  const { policy } = setting;
  const { verdict, comment } = posted;
  const { open } = signOff;
  const account = posted.kind === 'check' ? '' : posted.account;
  const state = { mistakes, accountName: policy.accountName };
  const button = BUTTON[verdict ?? 'not-accepted'];
  return framed(
    'Check your sign-off',
    found,
    setting,
    html`${wrongForm(state)}
<p>You are about to record under your name that report ${seen.anchor} of ${moment(report.at, policy.digest.zone)} is ${VERDICT[verdict ?? 'not-accepted']}: ${headline(report.totals)}.</p>
${paragraphs(laterWords(signOff.later, (user) => user))}
${
  open.length === 0
    ? html`<p>No concern is open.</p>`
    : html`<p>${counted(open.length, 'concern')} ${open.length === 1 ? 'is' : 'are'} open and part of it:</p>
<ul>${open.map((one) => html`<li><bdi>${concernSubject(one)}</bdi></li>`)}</ul>`
}
${comment === '' ? null : html`<p>Your comment:</p><blockquote>${comment}</blockquote>`}
<p>It changes no key. It stays in the ledger of this account, and you can sign off again at any time.</p>
<form method="post">
<input type="hidden" name="step" value="sign-off">
<input type="hidden" name="report" value="${seen.reportSha256}">
<input type="hidden" name="verdict" value="${verdict ?? ''}">
<input type="hidden" name="comment" value="${comment}">
${box(state, {
  name: 'account',
  value: account,
  hint: `Type ${policy.accountName}, so that a mail scanner that presses buttons cannot sign off for you.`,
  required: true,
  most: 200,
})}
<p><button type="submit">${button}</button></p>
</form>
${BACK}`,
  );
}

const BUTTON = {
  accepted: 'Accept all changes',
  'accepted-with-concerns': 'Accept with the open concerns',
  'not-accepted': 'Record that you do not accept',
} as const;
