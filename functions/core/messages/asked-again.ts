import type { Case } from '../case.ts';
import { difference } from '../facts.ts';
import { dotted } from '../proposal-words.ts';
import { inWords } from '../words.ts';
import type { NoticeContext } from './context.ts';
import { offKeys, personName } from './phrases.ts';

const VOID = 'The earlier decision no longer counts, and nothing more follows from it.';

/** Why people are asked once more, and what became of an earlier decision. */
export function askedBecause(context: NoticeContext): string[] {
  const { known, policy } = context;
  const why = known.askedAgain;
  switch (why?.code) {
    case 'reactivated':
      return [`${dotted(why.keyId)}, switched off as decided, is active again without us.`, VOID];
    case 'restored':
      return [`${personName(policy, why.by)} asked to undo the switching off, and that is done.`, VOID];
    case 'in-use':
      return offKeys(context).includes(why.keyId)
        ? [`${dotted(why.keyId)} was used after it had been switched off, so it was not deleted.`, VOID]
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
      return ['Until now it was excluded: the settings named it as one that is never changed.'];
    default:
      return ['The keys have changed since we asked.', ...changes(known)];
  }
}

function changes({ former, keys }: Case): string[] {
  return former.slice(-1).flatMap((before) => difference(before.keys, keys));
}
