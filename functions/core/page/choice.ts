import type { DecisionRequest } from '../case/requests.ts';
import { lastFour } from '../model/observation.ts';
import type { CaseView } from './case-view.ts';

/** A decision as typed into the form. `off` is null if it does not consist of groups of four characters. */
export interface Choice {
  readonly keep: string | null;
  readonly off: readonly string[] | null;
  /** True if the person acknowledged that keys in use are deactivated. */
  readonly inUse: boolean;
  /** The keys that the page showed as in use, to which the acknowledgement is limited (S6). */
  readonly shownInUse: readonly string[];
}

/** A mistake in an answer. Each belongs to one field of the form. */
export type Mistake =
  | { readonly field: 'keep'; readonly code: 'none-chosen' | 'not-active' }
  | { readonly field: 'off'; readonly code: 'empty' | 'unreadable' | 'not-these' }
  | { readonly field: 'off'; readonly code: 'names-kept'; readonly keep: string }
  | { readonly field: 'inUse'; readonly code: 'not-acknowledged'; readonly keys: readonly string[] }
  | { readonly field: 'back'; readonly code: 'empty' | 'unreadable' | 'not-these' }
  | { readonly field: 'remove'; readonly code: 'not-asked' | 'not-these'; readonly keys: readonly string[] };

export type CheckedChoice =
  | { readonly fits: true; readonly ask: DecisionRequest['ask'] }
  | { readonly fits: false; readonly mistakes: readonly Mistake[] };

/**
 * All keys that will be inactive if `keep` is kept: the other Active ones, and those that this case has already
 * deactivated.
 */
export function keysToDeactivate(view: CaseView, keep: string): string[] {
  const others = view.active.filter((key) => key.id !== keep);
  return [...others.map((key) => key.id), ...view.pending];
}

/**
 * Compares a choice with the keys on the page. Returns all mistakes together, so that they can be corrected in one
 * attempt.
 */
export function judgeChoice(view: CaseView, choice: Choice): CheckedChoice {
  const { keep } = choice;
  if (keep === null || !view.active.some((key) => key.id === keep)) {
    const code = keep === null ? 'none-chosen' : 'not-active';
    return { fits: false, mistakes: [{ field: 'keep', code }, ...reading('off', choice.off)] };
  }
  const off = keysToDeactivate(view, keep);
  const acknowledged = choice.inUse ? off.filter((id) => choice.shownInUse.includes(id)) : [];
  const used = off.filter((id) => view.inUse.includes(id) && !acknowledged.includes(id));
  const mistakes = misnamed(choice.off, keep, off);
  if (used.length > 0) {
    mistakes.push({ field: 'inUse', code: 'not-acknowledged', keys: used });
  }
  return mistakes.length > 0
    ? { fits: false, mistakes }
    : { fits: true, ask: { kind: 'keep', keep, off, acknowledged } };
}

/** The mistakes in the typed keys. A frequent one is to type the key to keep instead. `keep` is null if none is kept. */
export function misnamed(
  typed: readonly string[] | null,
  keep: string | null,
  off: readonly string[],
): Mistake[] {
  if (typed === null || typed.length === 0) {
    return reading('off', typed);
  }
  if (namesExactly(typed, off)) {
    return [];
  }
  if (keep !== null && typed.includes(fourOf(keep)) && !off.some((id) => fourOf(id) === fourOf(keep))) {
    return [{ field: 'off', code: 'names-kept', keep }];
  }
  return [{ field: 'off', code: 'not-these' }];
}

/** The last four characters as people type them. */
function fourOf(keyId: string): string {
  return lastFour(keyId).toUpperCase();
}

/** Compares the keys to restore with those that can be restored. Typing only some of them is allowed. */
export function judgeRestore(view: CaseView, back: readonly string[] | null): CheckedChoice {
  const readable = reading('back', back);
  if (readable.length > 0) {
    return { fits: false, mistakes: readable };
  }
  const keys = view.restorable.map((key) => key.id).filter((id) => back?.includes(fourOf(id)));
  return namesExactly(back, keys)
    ? { fits: true, ask: { kind: 'restore', keys } }
    : { fits: false, mistakes: [{ field: 'back', code: 'not-these' }] };
}

/**
 * Compares a confirmation with the keys that would be deleted. It must name all of them and no others. `remove` is null
 * if the text does not ask for a deletion.
 */
export function judgeConfirm(
  { confirmable: keys }: CaseView,
  remove: readonly string[] | null,
): CheckedChoice {
  if (namesExactly(remove, keys)) {
    return { fits: true, ask: { kind: 'confirm', keys } };
  }
  const code = remove === null || remove.length === 0 ? 'not-asked' : 'not-these';
  return { fits: false, mistakes: [{ field: 'remove', code, keys }] };
}

/** True if the typed endings name exactly these keys, each once. Two keys with the same ending must both be typed. */
export function namesExactly(fours: readonly string[] | null, keys: readonly string[]): boolean {
  const wanted = keys.map(fourOf).sort();
  return fours?.length === wanted.length && [...fours].sort().every((four, i) => four === wanted[i]);
}

function reading(field: 'off' | 'back', fours: readonly string[] | null): Mistake[] {
  if (fours === null) {
    return [{ field, code: 'unreadable' }];
  }
  return fours.length === 0 ? [{ field, code: 'empty' }] : [];
}
