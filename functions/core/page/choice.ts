import type { DecisionRequest } from '../case/requests.ts';
import { lastFour } from '../model/observation.ts';
import type { CaseView } from './case-view.ts';

/** A decision as it was put in. `off` is null when it cannot be read as groups of four characters. */
export interface Choice {
  readonly keep: string | null;
  readonly off: readonly string[] | null;
  readonly inUse: boolean;
}

/** What is wrong with an answer; each belongs to one field of the form. */
export type Mistake =
  | { readonly field: 'keep'; readonly code: 'none-chosen' | 'not-active' }
  | { readonly field: 'off'; readonly code: 'empty' | 'unreadable' | 'not-these' }
  | { readonly field: 'off'; readonly code: 'names-kept'; readonly keep: string }
  | { readonly field: 'inUse'; readonly code: 'not-acknowledged'; readonly keys: readonly string[] }
  | { readonly field: 'back' | 'remove'; readonly code: 'empty' | 'unreadable' | 'not-these' };

export type CheckedChoice =
  | { readonly fits: true; readonly ask: DecisionRequest['ask'] }
  | { readonly fits: false; readonly mistakes: readonly Mistake[] };

/** Every key that will be off when `keep` stays: the other Active ones, and those of ours that are off already. */
export function keysToDeactivate(view: CaseView, keep: string): string[] {
  const others = view.active.filter((key) => key.id !== keep);
  return [...others.map((key) => key.id), ...view.pending];
}

/** A choice held against the keys on the page. All mistakes at once, so that nobody has to try thrice. */
export function judgeChoice(view: CaseView, choice: Choice): CheckedChoice {
  const { keep } = choice;
  if (keep === null || !view.active.some((key) => key.id === keep)) {
    const code = keep === null ? 'none-chosen' : 'not-active';
    return { fits: false, mistakes: [{ field: 'keep', code }, ...reading('off', choice.off)] };
  }
  const off = keysToDeactivate(view, keep);
  const used = off.filter((id) => view.inUse.includes(id));
  const mistakes = misnamed(choice.off, keep, off);
  if (used.length > 0 && !choice.inUse) {
    mistakes.push({ field: 'inUse', code: 'not-acknowledged', keys: used });
  }
  return mistakes.length > 0
    ? { fits: false, mistakes }
    : { fits: true, ask: { kind: 'keep', keep, off, acknowledged: used } };
}

/** What is wrong with the keys typed. Often it is the one that stays: then the box was understood the other way round. */
function misnamed(typed: readonly string[] | null, keep: string, off: readonly string[]): Mistake[] {
  if (typed === null || typed.length === 0) {
    return reading('off', typed);
  }
  if (namesExactly(typed, off)) {
    return [];
  }
  const kept = fourOf(keep);
  const keptTyped = typed.includes(kept) && !off.some((id) => fourOf(id) === kept);
  return [keptTyped ? { field: 'off', code: 'names-kept', keep } : { field: 'off', code: 'not-these' }];
}

/** The last four characters as they are typed. */
function fourOf(keyId: string): string {
  return lastFour(keyId).toUpperCase();
}

/** A wish to bring keys back, held against those that can come. Some of them will do. */
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

/** A confirmation held against the keys that would be deleted: all of them, and only them. */
export function judgeConfirm(view: CaseView, remove: readonly string[] | null): CheckedChoice {
  const readable = reading('remove', remove);
  if (readable.length > 0) {
    return { fits: false, mistakes: readable };
  }
  return namesExactly(remove, view.confirmable)
    ? { fits: true, ask: { kind: 'confirm', keys: view.confirmable } }
    : { fits: false, mistakes: [{ field: 'remove', code: 'not-these' }] };
}

/** Whether last fours name exactly these keys, each once. Two keys with the same ending are both to be typed. */
export function namesExactly(fours: readonly string[] | null, keys: readonly string[]): boolean {
  const wanted = keys.map(fourOf).sort();
  return fours?.length === wanted.length && [...fours].sort().every((four, i) => four === wanted[i]);
}

function reading(field: 'off' | 'back' | 'remove', fours: readonly string[] | null): Mistake[] {
  if (fours === null) {
    return [{ field, code: 'unreadable' }];
  }
  return fours.length === 0 ? [{ field, code: 'empty' }] : [];
}
