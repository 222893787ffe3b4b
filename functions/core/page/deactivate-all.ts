import type { DecisionKind } from '../case/decision.ts';
import type { Ask } from '../case/requests.ts';
import type { CaseView } from './case-view.ts';
import { type CheckedChoice, type Choice, judgedOff, keysToDeactivate } from './choice.ts';

/**
 * True from 0.10.0 on: pages take the answers "not now" and "keep inactive until a date". Release 0.9.0 was the first that reads
 * them, and offers them nowhere, so that after a roll-back to it every stored answer is carried out.
 */
const OFFERS_NOT_NOW = false;

/** An answer that an earlier release may not know, so that pages take it only if it is offered. */
export type OfferedKind = DecisionKind | Extract<Ask['kind'], 'keep-inactive'>;

/** The answers that pages take, besides those that they always take. */
export const OFFERED: readonly OfferedKind[] = offering(OFFERS_NOT_NOW);

/** The same with or without the answers that leave something as it is until a date. */
export function offering(notNow: boolean): readonly OfferedKind[] {
  return notNow ? ['keep', 'none', 'not-now', 'keep-inactive'] : ['keep', 'none'];
}

/** The decision to deactivate all keys as typed into the form. */
export type ChoiceOfNone = Omit<Choice, 'keep'>;

/** Compares a choice to keep no key with the keys on the page: it must name every Active key, and those deactivated already. */
export function judgeNone(view: CaseView, choice: ChoiceOfNone): CheckedChoice {
  const { mistakes, given } = judgedOff(view, choice, null, keysToDeactivate(view, null));
  return mistakes.length > 0 ? { fits: false, mistakes } : { fits: true, ask: { kind: 'none', ...given } };
}
