import type { DecisionKind } from '../case/decision.ts';
import type { CaseView } from './case-view.ts';
import { type CheckedChoice, type Choice, judgedOff, keysToDeactivate } from './choice.ts';

/**
 * The decisions that pages take. Release 0.7.0 was the first that reads `none`, and offers it nowhere, so that after a
 * roll-back to it every stored answer is carried out.
 */
export const OFFERED: readonly DecisionKind[] = ['keep', 'none'];

/** The decision to deactivate all keys as typed into the form. */
export type ChoiceOfNone = Omit<Choice, 'keep'>;

/** Compares a choice to keep no key with the keys on the page: it must name every Active key, and those deactivated already. */
export function judgeNone(view: CaseView, choice: ChoiceOfNone): CheckedChoice {
  const { mistakes, given } = judgedOff(view, choice, null, keysToDeactivate(view, null));
  return mistakes.length > 0 ? { fits: false, mistakes } : { fits: true, ask: { kind: 'none', ...given } };
}
