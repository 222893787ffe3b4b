import type { DecisionKind } from '../../core/case/decision.ts';
import type { DecisionRequest } from '../../core/case/requests.ts';
import type { CaseView } from '../../core/page/case-view.ts';
import {
  type CheckedChoice,
  judgeChoice,
  judgeConfirm,
  judgeRestore,
  namesExactly,
} from '../../core/page/choice.ts';
import { judgeNone, OFFERED } from '../../core/page/deactivate-all.ts';

/**
 * The text typed into a box, and its groups of four characters; `fours` is null if the text is not made of such
 * groups.
 */
export interface TypedKeys {
  readonly text: string;
  readonly fours: readonly string[] | null;
}

/** An answer as posted. `facts` is the digest of the page on which it was given. */
export type PostedAnswer =
  | {
      readonly kind: 'keep';
      readonly keep: string | null;
      readonly off: TypedKeys;
      readonly inUse: boolean;
      /** The keys that the page showed as in use. */
      readonly shownInUse: readonly string[];
      readonly facts: string;
    }
  | {
      readonly kind: 'none';
      readonly off: TypedKeys;
      readonly inUse: boolean;
      /** The keys that the page showed as in use. */
      readonly shownInUse: readonly string[];
      readonly facts: string;
    }
  | { readonly kind: 'restore'; readonly back: TypedKeys; readonly facts: string }
  | { readonly kind: 'confirm'; readonly remove: TypedKeys; readonly facts: string };

/** True if the page has a form for such an answer. `offered`: the decisions that pages take. */
export function takes(
  view: CaseView,
  answer: PostedAnswer,
  offered: readonly DecisionKind[] = OFFERED,
): boolean {
  switch (answer.kind) {
    case 'keep':
    case 'none':
      return view.state === 'question' && offered.includes(answer.kind);
    case 'restore':
      return view.restorable.length > 0;
    case 'confirm':
      return view.state === 'confirm';
  }
}

export function judgeAnswer(view: CaseView, answer: PostedAnswer): CheckedChoice {
  switch (answer.kind) {
    case 'keep':
      return judgeChoice(view, { ...answer, off: answer.off.fours });
    case 'none':
      return judgeNone(view, { ...answer, off: answer.off.fours });
    case 'restore':
      return judgeRestore(view, answer.back.fours);
    case 'confirm':
      return judgeConfirm(view, answer.remove.fours);
  }
}

/** True if an answer says the same as a stored one. */
export function says(answer: PostedAnswer, ask: DecisionRequest['ask']): boolean {
  switch (answer.kind) {
    case 'keep':
      return (
        ask.kind === 'keep' &&
        ask.keep === answer.keep &&
        namesExactly(answer.off.fours, ask.off) &&
        acknowledgesAll(answer, ask.acknowledged)
      );
    case 'none':
      return (
        ask.kind === 'none' &&
        namesExactly(answer.off.fours, ask.off) &&
        acknowledgesAll(answer, ask.acknowledged)
      );
    case 'restore':
      return ask.kind === 'restore' && namesExactly(answer.back.fours, ask.keys);
    case 'confirm':
      return ask.kind === 'confirm' && namesExactly(answer.remove.fours, ask.keys);
  }
}

/** True if an answer acknowledges the use of all these keys. One without the acknowledgement differs from one that has it. */
function acknowledgesAll(
  { inUse, shownInUse }: Extract<PostedAnswer, { readonly kind: DecisionKind }>,
  keys: readonly string[],
): boolean {
  return keys.every((id) => inUse && shownInUse.includes(id));
}
