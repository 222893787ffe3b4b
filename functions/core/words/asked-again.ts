import { broughtBack } from '../case/brought-back.ts';
import { type AskedAgain, type Case, keysOfOurs } from '../case/case.ts';
import { exposedKeys } from '../case/exposure.ts';
import { difference } from '../case/facts.ts';
import { unexpectedCreators } from '../case/unexpected-creators.ts';
import type { Policy } from '../model/policy.ts';
import { differenceSentences } from './status.ts';
import { keysWith, personName, type Style } from './style.ts';
import { EXCLUDED_HOW, inWords } from './words.ts';

/** True if this reason to ask again voids an earlier decision that was carried out, at least in part. */
const VOIDS: Readonly<Record<AskedAgain['code'], boolean>> = {
  'keys-changed': false,
  reactivated: true,
  restored: true,
  'in-use': true,
  'kept-key-gone': true,
  'decision-expired': false,
  'approver-removed': false,
  'exclusion-ended': false,
  'exception-ended': false,
  'exception-alarm': true,
};

/** A sentence about the earlier decision, if the reason alone does not make it clear; empty otherwise. */
export function earlierDecision({ askedAgain }: Case): string {
  return askedAgain !== null && VOIDS[askedAgain.code] ? 'The earlier decision is no longer valid.' : '';
}

/** One or two sentences that say why people are asked again; empty if they are asked for the first time. */
export function whyAskedAgain(current: Case, policy: Policy, style: Style): string[] {
  const why = current.askedAgain;
  if (why === null) {
    return [];
  }
  switch (why.code) {
    case 'keys-changed':
      return ['The keys of this user have changed.', ...lastChanges(current, style)];
    case 'reactivated':
      return [`${style.key(why.keyId)} was deactivated as decided, and then reactivated outside Solekey.`];
    case 'restored':
      return [reactivatedAsAsked(current, policy, style, why.by)];
    case 'in-use':
      return keysOfOurs(current).includes(why.keyId)
        ? usedWhileInactive(style.key(why.keyId))
        : [
            `${style.key(why.keyId)} was not deactivated: it is in use, and the earlier decision did not acknowledge that.`,
          ];
    case 'kept-key-gone':
      return [keptKeyGone(why.keyId, style)];
    case 'decision-expired':
      return [
        `The earlier decision could not be carried out within ${inWords(policy.decisionValid)}, so it has expired.`,
      ];
    case 'approver-removed':
      return [
        `The earlier decision came from ${personName(policy, why.by, style)}, who is no longer allowed to decide.`,
        'It was not carried out and is no longer valid.',
      ];
    case 'exception-ended':
      return ['The exception for this user (keys left active until a date) has ended.'];
    case 'exception-alarm':
      return [
        `${style.key(why.keyId)} was left active by an exception. It was not known then that ${alarmWords(current, why.keyId, policy)}.`,
      ];
    case 'exclusion-ended':
      return [`Until now this user was excluded (${EXCLUDED_HOW}), so nobody was asked.`];
  }
}

/** The alarm about a key that an exception left. Where there are two, either may have been known before. */
function alarmWords(current: Case, keyId: string, policy: Policy): string {
  if (!(keyId in exposedKeys(current))) {
    return 'its creator is not on the list of expected creators';
  }
  return keyId in unexpectedCreators(current, policy)
    ? 'it has an unexpected creator and may be exposed, according to AWS'
    : 'it may be exposed, according to AWS';
}

/**
 * A sentence that names the keys reactivated at an approver's request. If none is recorded, it only says that someone
 * asked.
 */
export function reactivatedAsAsked(current: Case, policy: Policy, style: Style, by: string): string {
  const who = personName(policy, by, style);
  const back = Object.keys(broughtBack(current));
  return back.length === 0
    ? `${by === '' ? 'Someone' : who} asked for a key to be reactivated.`
    : `${keysWith(back, style, 'is', 'are')} active again, as ${who} asked.`;
}

/** Sentences about a use that stopped a deletion. `which` names the key. */
export function usedWhileInactive(which: string): string[] {
  return [
    `${which} was used after it was deactivated.`,
    'Something still depends on it, so it was not deleted.',
  ];
}

/** A sentence for a kept key that someone else deactivated or deleted. */
export function keptKeyGone(keyId: string, { key }: Style): string {
  return `${key(keyId)}, which was to be kept, is no longer active.`;
}

function lastChanges({ former, keys }: Case, style: Style): string[] {
  return former.slice(-1).flatMap((before) => differenceSentences(difference(before.keys, keys), style));
}
