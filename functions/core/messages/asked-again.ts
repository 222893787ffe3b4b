import { broughtBack } from '../case/brought-back.ts';
import type { Case } from '../case/case.ts';
import { difference } from '../case/facts.ts';
import { dotted } from '../words/proposal-words.ts';
import { EXCLUDED_HOW, inWords } from '../words/words.ts';
import type { NewsContext, NoticeContext } from './context.ts';
import { byNumber, capital, keysNamed, offKeys, personName } from './phrases.ts';

const VOID = 'The earlier decision no longer counts, and nothing more follows from it.';

/** Why people are asked once more, and what became of an earlier decision. */
export function askedBecause(context: NoticeContext): string[] {
  const { current, policy } = context;
  const why = current.askedAgain;
  switch (why?.code) {
    case 'reactivated':
      return [`${dotted(why.keyId)}, switched off as decided, is active again without us.`, VOID];
    case 'restored':
      return [backAsAsked(context, why.by), VOID];
    case 'in-use':
      return offKeys(context).includes(why.keyId)
        ? [
            `${dotted(why.keyId)} was used after it had been switched off.`,
            'So something still depends on it, and it was not deleted.',
            VOID,
          ]
        : [`${dotted(why.keyId)} is in use, which the decision did not allow for, so it was left on.`, VOID];
    case 'kept-key-gone':
      return [`${dotted(why.keyId)}, the key that was to stay, is not active any more.`, VOID];
    case 'decision-expired':
      return [
        `The earlier decision could not be carried out within ${inWords(policy.decisionValid)}, so it no longer counts.`,
      ];
    case 'approver-removed':
      return [
        `The earlier decision came through the link of ${personName(policy, why.by)}, who may no longer decide.`,
        'It was not carried out, and no longer counts.',
      ];
    case 'exclusion-ended':
      return [`Until now it was excluded (${EXCLUDED_HOW}), so nothing could be decided.`];
    default:
      return ['The keys have changed since we asked.', ...changes(current)];
  }
}

/** Which keys are active again because a person asked for that; where that is not known, that somebody asked. */
export function backAsAsked({ current, policy }: NewsContext, by: string): string {
  const who = personName(policy, by);
  const back = Object.keys(broughtBack(current));
  return back.length === 0
    ? `${capital(who)} asked to undo the switching off.`
    : `${capital(keysNamed(back))} ${byNumber(back, 'is', 'are')} active again, as ${who} asked.`;
}

function changes({ former, keys }: Case): string[] {
  return former.slice(-1).flatMap((before) => difference(before.keys, keys));
}
