import type { DecisionKind } from '../case/decision.ts';
import type { CaseView } from './case-view.ts';
import { type CheckedChoice, type Choice, misnamed } from './choice.ts';

/**
 * The decisions that pages take. Release 0.7.0 is the first that reads `none`, so that after a roll-back to it every stored
 * answer is carried out; the next one adds it here, and to its pages.
 */
export const OFFERED: readonly DecisionKind[] = ['keep'];

/** The decision to deactivate all keys as typed into the form. */
export type ChoiceOfNone = Omit<Choice, 'keep'>;

/** Compares a choice to keep no key with the keys on the page: it must name every Active key, and those deactivated already. */
export function judgeNone(view: CaseView, { off: typed, inUse, shownInUse }: ChoiceOfNone): CheckedChoice {
  const off = [...view.active.map(({ id }) => id), ...view.pending];
  const acknowledged = inUse ? off.filter((id) => shownInUse.includes(id)) : [];
  const used = off.filter((id) => view.inUse.includes(id) && !acknowledged.includes(id));
  const mistakes = misnamed(typed, null, off);
  if (used.length > 0) {
    mistakes.push({ field: 'inUse', code: 'not-acknowledged', keys: used });
  }
  return mistakes.length > 0
    ? { fits: false, mistakes }
    : { fits: true, ask: { kind: 'none', off, acknowledged } };
}
