import type { Case } from '../core/case/case.ts';
import type { Policy } from '../core/model/policy.ts';
import * as asked from '../core/words/asked-again.ts';
import { deletedSentences, endingSentences } from '../core/words/endings.ts';
import { holdSentences } from '../core/words/holds.ts';
import { STATUS } from '../core/words/status.ts';
import { PAGE } from '../core/words/style.ts';
import { list } from '../core/words/words.ts';

/** Why people are asked again; empty where they are not. */
export function whyAskedAgain(current: Case, policy: Policy): string {
  return asked.whyAskedAgain(current, policy, PAGE).join(' ');
}

/** Which safety rule stopped us, and what that means; empty where none did. */
export function whyHeld(current: Case, policy: Policy): string {
  const { heldFor } = current;
  return heldFor === null
    ? ''
    : ['On hold.', ...holdSentences(heldFor, current, policy, 'this user', PAGE)].join(' ');
}

/** True where the reason for a hold says why people are asked again, too. */
export function saysWhyAskedAgain({ heldFor, askedAgain }: Case): boolean {
  return (
    (heldFor === 'no-active-key' && askedAgain?.code === 'kept-key-gone') ||
    (heldFor === 'used-after-deactivation' && askedAgain?.code === 'in-use')
  );
}

/** How a case ended; null: it is over, and the record of it is gone. */
export function howClosed(current: Case | null, policy: Policy): string {
  return current === null || current.closedAs === null
    ? 'If the user has more than one active key again, that is a new case with a mail of its own.'
    : endingSentences(current.closedAs, current, policy, 'The IAM user', PAGE).join(' ');
}

/** What has been changed in this case so far, as far as the other sentences of a page do not say it. */
export function soFar(current: Case): string {
  const [deleted] = deletedSentences(current, PAGE);
  if (deleted !== undefined) {
    return deleted;
  }
  // The number of the question grows with every answer that was taken over, so nothing can have been done before the second.
  return current.asking === 1 ? 'Solekey has changed nothing so far.' : '';
}

/** The keys with their statuses: `…MPLE is active and …3QXK is inactive`. */
export function keysNow({ keys }: Case): string {
  return keys.length === 0
    ? 'The user has no access key.'
    : `${list(keys.map(({ id, status }) => `${PAGE.key(id)} is ${STATUS[status]}`))}.`;
}
