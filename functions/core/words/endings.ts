import { broughtBack } from '../case/brought-back.ts';
import { type Case, type ClosedAs, keysOfOurs } from '../case/case.ts';
import type { Policy } from '../model/policy.ts';
import { reactivatedAsAsked } from './asked-again.ts';
import { byNumber, keysNamed, keysWith, personName, type Style } from './style.ts';

/** The consequence of the setting `deletion: never`. */
export const NO_DELETION = 'Solekey deletes no keys in this account.';

/** Sentences that say how a case ended. `who` is the user, as the text names them. */
export function endingSentences(
  closedAs: ClosedAs,
  current: Case,
  policy: Policy,
  who: string,
  style: Style,
): string[] {
  switch (closedAs) {
    case 'remediated':
      return [
        current.askedAgain?.code === 'restored'
          ? tooLate(policy, style, current.askedAgain.by)
          : 'The decision has been carried out.',
        ...deletedSentences(current, style),
        'A second check in IAM confirmed it.',
      ];
    case 'deactivated': {
      const off = keysOfOurs(current);
      return [
        `The decision has been carried out: ${keysNamed(off, style)} ${byNumber(off, 'is', 'are')} inactive and ${byNumber(off, 'stays', 'stay')} inactive.`,
        NO_DELETION,
      ];
    }
    case 'by-owner':
      return current.askedAgain?.code === 'restored'
        ? reactivated(current, policy, style, current.askedAgain.by)
        : ['This was resolved in IAM, outside Solekey.'];
    case 'by-restore':
      return current.askedAgain?.code === 'restored'
        ? reactivated(current, policy, style, current.askedAgain.by)
        : ['A key was reactivated, as an approver asked.'];
    case 'user-gone':
      return [
        `${who} no longer exists.`,
        'Two checks found it neither by its name, nor by its id, nor by any of its keys.',
      ];
  }
}

function reactivated(current: Case, policy: Policy, style: Style, by: string): string[] {
  const asked = reactivatedAsAsked(current, policy, style, by);
  return Object.keys(broughtBack(current)).length > 0 ? [asked, 'No other key is active.'] : [asked];
}

/** A sentence for whoever asked for a key that did not exist any more. */
function tooLate(policy: Policy, style: Style, by: string): string {
  const who = by === '' ? 'Someone' : personName(policy, by, style);
  return `${who} asked to reactivate a key, but it was deleted before that could be done.`;
}

/** A sentence that names the deleted keys of this case; empty if there are none. */
export function deletedSentences({ progress }: Case, style: Style): string[] {
  const gone = Object.entries(progress).flatMap(([id, key]) => (key.deleted === undefined ? [] : [id]));
  return gone.length === 0 ? [] : [`${keysWith(gone, style, 'has', 'have')} been deleted.`];
}
