import type { DroppedAnswer, DropReason } from '../case/dropped.ts';
import type { Policy } from '../model/policy.ts';
import { personName, type Style } from './style.ts';
import { EXCLUDED_HOW, inWords, moment } from './words.ts';

/** An answer as a noun, by its kind. */
const ANSWERED: Readonly<Record<DroppedAnswer['kind'], string>> = {
  keep: 'decision',
  restore: 'reactivation request',
  confirm: 'confirmation of the deletion',
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
  'not-valid': () => 'it was not valid',
};

/**
 * A sentence that says that a recorded answer was not carried out, and why. `reader` is the id of the approver who reads it;
 * null if it may be somebody else.
 */
export function notCarriedOut(
  { kind, by, at, why }: DroppedAnswer,
  policy: Policy,
  style: Style,
  reader: string | null,
): string {
  const who = personName(policy, by, style);
  const whose = by === reader ? `Your ${ANSWERED[kind]}` : `The ${ANSWERED[kind]} by ${who}`;
  return `${whose} of ${moment(at, policy.digest.zone)} was not carried out: ${REASON[why](policy, who)}.`;
}
