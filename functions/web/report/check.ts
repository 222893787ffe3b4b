import { html } from 'hono/html';
import type { PostedSignOff, ToState } from '../../app/approve/state-on-report.ts';
import type { SignOffVerdict } from '../../core/signoff/statement.ts';
import { LONGEST } from '../../core/signoff/typed.ts';
import { concernSubject, laterWords, VERDICT } from '../../core/signoff/words.ts';
import { headline } from '../../core/validation/words.ts';
import { counted, moment } from '../../core/words/words.ts';
import { type Html, paragraphs } from '../layout.ts';
import type { Setting } from '../reply.ts';
import { nameOf } from '../sentences.ts';
import { area, box, type Mistaken, PAGES_ONLY, wrongForm } from './fields.ts';
import { BACK, framed } from './frame.ts';

/** The second page of a sign-off: everything that would be recorded, and the boxes for a comment and the name of the account. */
export function signOffCheckPage(
  found: ToState,
  posted: PostedSignOff,
  mistakes: Mistaken['mistakes'],
  setting: Setting,
): Html {
  const { report, seen, signOff } = found;
  const { policy } = setting;
  // Without a verdict the report is shown again, not this page.
  const { verdict, comment } = { ...posted, verdict: posted.verdict ?? 'not-accepted' };
  const { open } = signOff;
  const account = posted.kind === 'check' ? '' : posted.account;
  const state = { mistakes, accountName: policy.accountName };
  const refuses = verdict === 'not-accepted';
  return framed(
    'Check your sign-off',
    found,
    setting,
    html`${wrongForm(state)}
<p>You are about to record under your name: report ${seen.anchor} of ${moment(report.at, policy.digest.zone)} is <strong>${VERDICT[verdict]}</strong>. It says: ${headline(report.totals)}.</p>
${paragraphs(laterWords(signOff.later, (user) => user))}
${before(found, setting)}
${
  open.length === 0
    ? html`<p>No concern is open.</p>`
    : html`<p>${counted(open.length, 'concern')} ${open.length === 1 ? 'is' : 'are'} open and part of it:</p>
<ul>${open.map((one) => html`<li><bdi>${concernSubject(one)}</bdi></li>`)}</ul>`
}
<p>No key changes. Your sign-off stays in the ledger of this account; to correct it, sign off again.</p>
<form method="post">
<input type="hidden" name="step" value="sign-off">
<input type="hidden" name="report" value="${seen.reportSha256}">
<input type="hidden" name="verdict" value="${verdict}">
${area(state, {
  name: 'comment',
  value: comment,
  hint: `${refuses ? 'Why you do not accept the changes.' : 'Optional.'} ${PAGES_ONLY}`,
  required: refuses,
  most: LONGEST['sign-off'].comment,
})}
${box(state, {
  name: 'account',
  value: account,
  hint: `Type ${policy.accountName}, so that a mail scanner that presses buttons cannot sign off for you.`,
  required: true,
  most: 200,
})}
<p><button type="submit">${BUTTON[verdict](policy.accountName, open.length)}</button></p>
</form>
${BACK}`,
  );
}

/** The note that the same report is signed off already, so that two people do not each believe to be the only one. */
function before({ seen, signOff: { last } }: ToState, { policy }: Setting): Html | null {
  return last === null || last.reportSha256 !== seen.reportSha256
    ? null
    : html`<p>${nameOf(policy, last.by)} has signed off this report already, on ${moment(last.at, policy.digest.zone)}: ${VERDICT[last.verdict]}. Both are kept, and the later one counts.</p>`;
}

const BUTTON: Readonly<Record<SignOffVerdict, (account: string, concerns: number) => string>> = {
  accepted: (account) => `Sign off ${account}`,
  'accepted-with-concerns': (account, concerns) =>
    `Sign off ${account} with ${counted(concerns, 'open concern')}`,
  'not-accepted': (account) => `Record that you do not accept ${account}`,
};
