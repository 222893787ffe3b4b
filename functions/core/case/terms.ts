import { sameValue } from '../model/digest.ts';
import { modeOf, type Scoped } from '../model/only.ts';
import type { Deletion, Mode, Policy } from '../model/policy.ts';
import type { Seconds } from '../model/time.ts';

/** The settings that a page shows with a question, on which the person who answers relies as well. */
export interface ShownTerms {
  readonly mode: Mode;
  readonly deletion: Deletion;
  readonly grace: Seconds;
}

/** The terms that a page about this user shows under these settings. */
export function presentTerms(policy: Policy, user: Scoped): ShownTerms {
  return { mode: modeOf(policy, user), deletion: policy.deletion, grace: policy.grace };
}

/** Terms without what else an object or another release has with them. */
export function termsOf({ mode, deletion, grace }: ShownTerms): ShownTerms {
  return { mode, deletion, grace };
}

/** Maximum number of terms that a case remembers. */
const TERMS_KEPT = 5;

/** The terms under which questions may have been shown, the present ones last. */
export function knownTerms(
  { shownTerms: shown = [], ...user }: Scoped & { readonly shownTerms?: readonly ShownTerms[] },
  policy: Policy,
): readonly ShownTerms[] {
  const present = presentTerms(policy, user);
  const former = shown.filter((one) => !sameValue(termsOf(one), present));
  const same = shown.find((one) => sameValue(termsOf(one), present));
  return [...former, same ?? present].slice(-TERMS_KEPT);
}

/** The settings for deletion, by strictness. */
const STRICTNESS = {
  'after-grace': 0,
  'on-confirmation': 1,
  never: 2,
} as const satisfies Record<Deletion, number>;

/** The setting under which fewer keys are deleted. */
export function stricter(a: Deletion, b: Deletion): Deletion {
  return STRICTNESS[a] > STRICTNESS[b] ? a : b;
}

/**
 * The terms that bind a decision: of those shown and those in force now, the stricter, part by part. `shown` is null
 * if the page did not say its terms. Then the longest grace period that anyone may have been shown counts, and a
 * deletion needs at least a confirmation.
 */
export function bindingTerms(
  shown: ShownTerms | null,
  known: readonly ShownTerms[],
  policy: Policy,
): { readonly grace: Seconds; readonly deletion: Deletion } {
  const graces = shown === null ? known.map(({ grace }) => grace) : [shown.grace];
  return {
    grace: Math.max(policy.grace, ...graces),
    deletion: stricter(shown?.deletion ?? 'on-confirmation', policy.deletion),
  };
}

/** One of the terms that differs between a page and the settings in force now. */
export type TermChange =
  | { readonly term: 'mode'; readonly now: Mode }
  | { readonly term: 'deletion'; readonly was: Deletion; readonly now: Deletion }
  | { readonly term: 'grace'; readonly was: Seconds; readonly now: Seconds };

/** The terms that have changed since a page was shown. */
export function termChanges(was: ShownTerms, now: ShownTerms): TermChange[] {
  const changes: TermChange[] = [
    { term: 'mode', now: now.mode },
    { term: 'deletion', was: was.deletion, now: now.deletion },
    { term: 'grace', was: was.grace, now: now.grace },
  ];
  return changes.filter(({ term }) => was[term] !== now[term]);
}
