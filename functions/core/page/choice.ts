import { type DecisionReason, type Grounds, LONGEST_COMMENT } from '../case/decision.ts';
import type { Choosing, DecisionRequest } from '../case/requests.ts';
import { sha256 } from '../model/digest.ts';
import { lastFour } from '../model/observation.ts';
import type { CaseView } from './case-view.ts';
import type { Days } from './days.ts';

/** A decision as typed into the form. `off` is null if it does not consist of groups of four characters. */
export interface Choice {
  readonly keep: string | null;
  readonly off: readonly string[] | null;
  /** True if the person acknowledged that keys in use are deactivated. */
  readonly inUse: boolean;
  /** The keys that the page showed as in use, to which the acknowledgement is limited (S6). */
  readonly shownInUse: readonly string[];
  /** The reason, null if none was chosen, and the comment; absent if the page did not ask for them. */
  readonly grounds?: { readonly reason: DecisionReason | null; readonly comment: string };
}

/** The keys to reactivate, as posted. */
export interface RestoreChoice {
  /** The keys that the second page named; absent if the keys were typed on a page of 0.6.0. */
  readonly chosen?: readonly string[];
  /** The endings typed; null if the text does not consist of groups of four characters. */
  readonly back: readonly string[] | null;
  /** True if the person typed the word `reactivate` before them. */
  readonly asked?: boolean;
  /** True if the answer came through a link to a list. */
  readonly listed: boolean;
}

/** A mistake in an answer. Each belongs to one field of the form. */
export type Mistake =
  | { readonly field: 'keep'; readonly code: 'none-chosen' | 'not-active' | 'too-few' | 'own-exception' }
  | {
      readonly field: 'keep' | 'inactive';
      readonly code: 'own-key';
      readonly keep: string;
      /** False if there is no other key to choose instead. */
      readonly more: boolean;
    }
  | { readonly field: 'off' | 'stay'; readonly code: 'empty' | 'unreadable' | 'not-these' }
  | { readonly field: 'off'; readonly code: 'names-kept'; readonly keep: string }
  | { readonly field: 'inUse'; readonly code: 'not-acknowledged'; readonly keys: readonly string[] }
  | { readonly field: 'reason'; readonly code: 'no-reason' }
  | { readonly field: 'comment'; readonly code: 'too-long'; readonly by: number }
  | { readonly field: 'comment'; readonly code: 'no-justification' }
  | { readonly field: 'until'; readonly code: 'no-date' | 'no-such-day' }
  | { readonly field: 'until'; readonly code: 'not-a-date' | 'outside'; readonly days: Days }
  | { readonly field: 'back'; readonly code: 'empty' | 'unreadable' | 'not-these' }
  | { readonly field: 'back'; readonly code: 'to-type'; readonly keys: readonly string[] }
  | { readonly field: 'key'; readonly code: 'none-chosen' | 'not-these' }
  | { readonly field: 'count'; readonly code: 'to-count'; readonly keys: number }
  | { readonly field: 'remove'; readonly code: 'not-asked' | 'not-these'; readonly keys: readonly string[] };

export type CheckedChoice =
  | { readonly fits: true; readonly ask: DecisionRequest['ask'] }
  | { readonly fits: false; readonly mistakes: readonly Mistake[] };

/**
 * All keys that will be inactive if `keep` is kept: the other Active ones, and those that this case has already
 * deactivated. `keep` is null if none is kept.
 */
export function keysToDeactivate(view: CaseView, keep: string | null): string[] {
  return keysBeside(view, keep === null ? [] : [keep]);
}

/** All keys that will be inactive if these stay Active. */
export function keysBeside({ active, pending }: CaseView, stay: readonly string[]): string[] {
  return [...active.map(({ id }) => id).filter((id) => !stay.includes(id)), ...pending];
}

/**
 * Compares a choice with the keys on the page. Returns all mistakes together, so that they can be corrected in one
 * attempt.
 */
export function judgeChoice(view: CaseView, choice: Choice): CheckedChoice {
  const kept = judgeKept(view, choice.keep);
  if ('mistake' in kept) {
    return { fits: false, mistakes: [kept.mistake, ...reading('off', choice.off)] };
  }
  const { keep } = kept;
  const { mistakes, given } = judgedOff(view, choice, keep, keysToDeactivate(view, keep));
  return mistakes.length > 0
    ? { fits: false, mistakes }
    : { fits: true, ask: { kind: 'keep', keep, ...given } };
}

/** The part of an answer about the keys to deactivate, and the mistakes in it. */
interface JudgedOff {
  readonly mistakes: readonly Mistake[];
  readonly given: Pick<Choosing, 'off' | 'acknowledged'> & Grounds;
}

/** Compares what was typed, acknowledged and given as a reason with the keys to deactivate. `keep` is null if none is kept. */
export function judgedOff(
  view: CaseView,
  choice: Omit<Choice, 'keep'>,
  keep: string | null,
  off: readonly string[],
): JudgedOff {
  // S6: whoever calls a key compromised accepts that whatever uses it stops, also what began to use it since the page.
  const compromised = choice.grounds?.reason === 'compromised';
  const accepts = choice.inUse || compromised;
  const acknowledged = accepts ? off.filter((id) => choice.shownInUse.includes(id)) : [];
  const used = compromised ? [] : off.filter((id) => view.inUse.includes(id) && !acknowledged.includes(id));
  return {
    mistakes: [
      ...misnamed(choice.off, keep, off),
      ...(used.length > 0
        ? [{ field: 'inUse' as const, code: 'not-acknowledged' as const, keys: used }]
        : []),
      ...mistakenGrounds(choice),
    ],
    given: { off, acknowledged, ...sealedGrounds(choice) },
  };
}

/** The chosen key if it can be kept, else the mistake in the choice. */
export function judgeKept(
  view: CaseView,
  keep: string | null,
): { readonly keep: string } | { readonly mistake: Mistake } {
  if (keep === null) {
    return { mistake: { field: 'keep', code: 'none-chosen' } };
  }
  if (!view.active.some((key) => key.id === keep)) {
    return { mistake: { field: 'keep', code: 'not-active' } };
  }
  return view.own[keep] === 'withheld'
    ? { mistake: { field: 'keep', code: 'own-key', keep, more: true } }
    : { keep };
}

/** The mistakes in a reason and a comment; none if the page did not ask for them. */
export function mistakenGrounds({ grounds }: Pick<Choice, 'grounds'>): Mistake[] {
  if (grounds === undefined) {
    return [];
  }
  const by = grounds.comment.length - LONGEST_COMMENT;
  return [
    ...(grounds.reason === null ? [{ field: 'reason' as const, code: 'no-reason' as const }] : []),
    ...(by > 0 ? [{ field: 'comment' as const, code: 'too-long' as const, by }] : []),
  ];
}

/** The grounds as the answer has them: of the comment only the digest. */
function sealedGrounds({ grounds }: Pick<Choice, 'grounds'>): Grounds {
  if (grounds === undefined || grounds.reason === null) {
    return {};
  }
  const { reason, comment } = grounds;
  return { reason, ...(comment === '' ? {} : { commentDigest: sha256(comment) }) };
}

/** The mistakes in the typed keys. A frequent one is to type the key to keep instead. `keep` is null if none is kept. */
function misnamed(typed: readonly string[] | null, keep: string | null, off: readonly string[]): Mistake[] {
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
export function fourOf(keyId: string): string {
  return lastFour(keyId).toUpperCase();
}

/** The mistake in a choice of keys to restore; null if all of them can be restored. */
export function judgeRestorable(view: CaseView, keys: readonly string[]): Mistake | null {
  if (keys.length === 0) {
    return { field: 'key', code: 'none-chosen' };
  }
  const can = view.restorable.map(({ id }) => id);
  return keys.every((id) => can.includes(id)) && new Set(keys).size === keys.length
    ? null
    : { field: 'key', code: 'not-these' };
}

/** True if these keys are restored only when they are typed after the word: through a list link, again, or with an alarm. */
export function isTyped(
  { restorable }: Pick<CaseView, 'restorable'>,
  keys: readonly string[],
  listed: boolean,
): boolean {
  return listed || restorable.some(({ id, typed }) => typed !== null && keys.includes(id));
}

/** Compares the keys to restore with those that can be restored. Only some of them is allowed. */
export function judgeRestore(view: CaseView, choice: RestoreChoice): CheckedChoice {
  const { chosen, back, asked = false, listed } = choice;
  const mistakes = chosen === undefined ? misnamedBack(view, back) : [judgeRestorable(view, chosen)];
  const [mistake = null] = mistakes;
  if (mistake !== null) {
    return { fits: false, mistakes: [mistake] };
  }
  const wanted = chosen ?? restorableNamed(view, back);
  const keys = view.restorable.map(({ id }) => id).filter((id) => wanted.includes(id));
  return isTyped(view, keys, listed) && !(asked && namesExactly(back, keys))
    ? { fits: false, mistakes: [{ field: 'back', code: 'to-type', keys }] }
    : { fits: true, ask: { kind: 'restore', keys } };
}

/** The mistakes in keys that were typed on a page of 0.6.0. */
function misnamedBack(view: CaseView, back: readonly string[] | null): Mistake[] {
  const readable = reading('back', back);
  return readable.length > 0 || namesExactly(back, restorableNamed(view, back))
    ? readable
    : [{ field: 'back', code: 'not-these' }];
}

function restorableNamed({ restorable }: CaseView, back: readonly string[] | null): string[] {
  return restorable.map(({ id }) => id).filter((id) => back?.includes(fourOf(id)));
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

/** The mistake in endings that cannot be read, or of which there are none. */
export function reading(field: 'off' | 'stay' | 'back', fours: readonly string[] | null): Mistake[] {
  if (fours === null) {
    return [{ field, code: 'unreadable' }];
  }
  return fours.length === 0 ? [{ field, code: 'empty' }] : [];
}
