import type { Approver, Policy } from '../model/policy.ts';
import type { SignOffAsk } from '../signoff/ask.ts';
import { changedWords, openWords } from '../signoff/words.ts';
import { unlinked } from '../words/unlinked.ts';
import { counted } from '../words/words.ts';
import { bodyOf } from './foot.ts';
import { lines, prose } from './layout.ts';
import { account, accountIn, personName } from './phrases.ts';

/** The data for the mail that asks for a sign-off. */
export interface SignOffMail {
  readonly ask: SignOffAsk;
  readonly policy: Policy;
  readonly recipient: Approver;
  /** The link to the report, for its reader alone. */
  readonly link: string;
}

/** The mail that asks an approver to sign off the changes since the last time. */
export function renderSignOff({ ask, policy, recipient, link }: SignOffMail): {
  readonly subject: string;
  readonly body: string;
} {
  const { users } = ask.changed;
  const subject = `[Solekey] ${account(policy)}: your sign-off needed, ${counted(users, 'user')} changed`;
  const paragraphs = [
    `The changes to access keys in ${accountIn(policy)} need your sign-off.`,
    changedWords(ask.changed, unlinked),
    ask.open === 0 ? '' : openWords(ask),
    lines('Review the report, then sign off or record a concern:', link),
    'No answer changes a key. If nobody signs off, you are asked again in a week.',
  ];
  const yours = prose(
    `This link is personal, ${personName(policy, recipient.id)}.`,
    'Anything done with it is recorded under your name; do not forward it.',
    'Solekey never asks for a password or a secret key.',
  );
  const foot = [yours, 'Do not click the unsubscribe link below: you would stop receiving these mails.'];
  return { subject, body: bodyOf(paragraphs, foot, true) };
}
