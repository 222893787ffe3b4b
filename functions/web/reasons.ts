import type { Case } from '../core/case/case.ts';
import type { Policy } from '../core/model/policy.ts';
import * as asked from '../core/words/asked-again.ts';
import { deletedSentences, endingSentences } from '../core/words/endings.ts';
import { holdSentences } from '../core/words/holds.ts';
import { STATUS } from '../core/words/status.ts';
import { PAGE } from '../core/words/style.ts';
import { list } from '../core/words/words.ts';

/** Sentences that say why people are asked again; empty if they are not. */
export function whyAskedAgain(current: Case, policy: Policy): string {
  return asked.whyAskedAgain(current, policy, PAGE).join(' ');
}

/** Sentences about the safety rule that stopped us; empty if none did. */
export function whyHeld(current: Case, policy: Policy): string {
  const { heldFor } = current;
  return heldFor === null
    ? ''
    : ['On hold.', ...holdSentences(heldFor, current, policy, 'this user', PAGE)].join(' ');
}

/** True if the reason for a hold also says why people are asked again. */
export function saysWhyAskedAgain({ heldFor, askedAgain }: Case): boolean {
  return (
    (heldFor === 'no-active-key' && askedAgain?.code === 'kept-key-gone') ||
    (heldFor === 'used-after-deactivation' && askedAgain?.code === 'in-use')
  );
}

/** Sentences that say how a case ended. `current` is null if the record of a closed case does not exist any more. */
export function howClosed(current: Case | null, policy: Policy): string {
  return current === null || current.closedAs === null
    ? 'If the user has more than one active key again, that is a new case with a mail of its own.'
    : endingSentences(current.closedAs, current, policy, 'The IAM user', PAGE).join(' ');
}

/** A sentence about the changes so far, unless other sentences on the page mention them. */
export function soFar(current: Case): string {
  const [deleted] = deletedSentences(current, PAGE);
  if (deleted !== undefined) {
    return deleted;
  }
  // Every adopted answer increases the number of the question, so nothing can have changed before the second one.
  return current.asking === 1 ? 'Solekey has changed nothing so far.' : '';
}

/** The keys with their statuses: `…MPLE is active and …3QXK is inactive`. */
export function keysNow({ keys }: Case): string {
  return keys.length === 0
    ? 'The user has no access key.'
    : `${list(keys.map(({ id, status }) => `${PAGE.key(id)} is ${STATUS[status]}`))}.`;
}
