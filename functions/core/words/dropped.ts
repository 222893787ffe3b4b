import type { DroppedAnswer, DropReason } from '../case/dropped.ts';
import type { Policy } from '../model/policy.ts';
import { personName, type Style } from './style.ts';
import { EXCLUDED_HOW, inWords, moment } from './words.ts';

/** An answer as a noun, by its kind. */
const ANSWERED: Readonly<Record<DroppedAnswer['kind'], string>> = {
  keep: 'decision',
  none: 'decision to deactivate all keys',
  'not-now': 'decision to leave keys active until a date',
  restore: 'reactivation request',
  confirm: 'confirmation of the deletion',
  'keep-inactive': 'request to delete a key later',
};

/** The reason, for use after a colon. `who` is whoever gave the answer. */
const REASON: Readonly<Record<DropReason, (policy: Policy, who: string) => string>> = {
  excluded: () => `the user has been excluded since then (${EXCLUDED_HOW})`,
  'not-an-approver': (_policy, who) => `${who} is no longer allowed to decide`,
  'keys-changed': () => 'the keys are not those that the page showed',
  'asked-anew': () => 'the question had changed by then',
  expired: ({ decisionValid }) => `that was not possible within ${inWords(decisionValid)}`,
  'observe-mode': () => 'Solekey now only observes this user',
  'too-late': () => 'the deletion had already begun',
  'not-for-a-list': () => 'by then this user could no longer be decided from the list',
  'too-long': ({ exceptionMaximum }) =>
    `it is for longer than ${inWords(exceptionMaximum)}, the most allowed`,
  ended: () => 'its date had passed by then',
  'own-exception': () => 'the previous exception must be renewed by another approver',
  'put-off': () => 'someone has put the deletion off since then',
  'not-valid': () => 'it was not valid',
};

/** The reason if only another approver could have given the answer. */
const OWN_KEY = (who: string) => `${who} created the key to keep, so another approver must decide`;

/** The reason if the table was restored from a backup after the answer was given. */
const FROM_BACKUP =
  'since then the records of Solekey were restored from a backup, which may not show what was done with it';

/**
 * A sentence that says that a recorded answer was not carried out, and why. `reader` is the id of the approver who reads it;
 * null if it may be somebody else.
 */
export function notCarriedOut(
  answer: DroppedAnswer,
  policy: Policy,
  style: Style,
  reader: string | null,
): string {
  const { what, reason } = words(answer, policy, style, reader);
  const how = answer.fromBackup === true ? 'is no longer valid' : 'was not carried out';
  return `${what.charAt(0).toUpperCase()}${what.slice(1)} ${how}: ${reason}.`;
}

/** The same in a line of a list of answers that were not carried out. */
export function notCarriedOutInShort(
  answer: DroppedAnswer,
  policy: Policy,
  style: Style,
  reader: string | null,
): string {
  const { what, reason } = words(answer, policy, style, reader);
  return `${what}: ${reason}`;
}

function words(
  { kind, by, at, why, ownKey = false, fromBackup = false }: DroppedAnswer,
  policy: Policy,
  style: Style,
  reader: string | null,
): { readonly what: string; readonly reason: string } {
  const who = personName(policy, by, style);
  const whose = by === reader ? `your ${ANSWERED[kind]}` : `the ${ANSWERED[kind]} by ${who}`;
  return {
    what: `${whose} of ${moment(at, policy.digest.zone)}`,
    reason: ownKey
      ? OWN_KEY(by === reader ? 'you' : who)
      : fromBackup
        ? FROM_BACKUP
        : REASON[why](policy, who),
  };
}
