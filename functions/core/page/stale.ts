import type { AskedAgain, Case, ShownKey } from '../case/case.ts';
import { type DroppedAnswer, droppedIn } from '../case/dropped.ts';
import { answerDigests, difference, factsOf, type KeyDifference } from '../case/facts.ts';
import { knownTerms, presentTerms, type ShownTerms, type TermChange, termChanges } from '../case/terms.ts';
import type { Policy } from '../model/policy.ts';

/** The changes of a case since a person read its page. */
export interface MovedOn {
  /** True if we still know what that person was shown. */
  readonly recognised: boolean;
  /** The keys that changed since then. */
  readonly changes: readonly KeyDifference[];
  /** The settings shown on the page that changed since then. */
  readonly terms: readonly TermChange[];
  /** The reason for asking again, if there is one. */
  readonly because: AskedAgain | null;
  /** The answer given on that page, if it was recorded and is not carried out. */
  readonly dropped: DroppedAnswer | null;
}

/** The changes of a case since a page with this digest was shown. */
export function movedOn(current: Case, digest: string, policy: Policy): MovedOn {
  const before = shownUnder(current, digest, policy);
  return {
    recognised: before !== null,
    changes: before === null ? [] : difference(before.keys, current.keys),
    terms:
      before === null || before.terms === null
        ? []
        : termChanges(before.terms, presentTerms(policy, current)),
    because: current.askedAgain,
    dropped: droppedIn(current).findLast((one) => one.digest === digest) ?? null,
  };
}

/** The content of an earlier page. The terms are null if its digest does not cover them. */
interface ShownPage {
  readonly keys: readonly ShownKey[];
  readonly terms: ShownTerms | null;
}

/**
 * The page that a digest stands for; null if it is not from this case. Former facts are recorded when keys change, but a
 * question may also be asked again about the same keys. So every earlier question is tried with every known set of
 * keys and all known terms.
 */
function shownUnder(current: Case, digest: string, policy: Policy): ShownPage | null {
  const facts = factsOf(current);
  const known = knownTerms(current, policy);
  for (const keys of [current.keys, ...current.former.map((entry) => entry.keys)]) {
    for (const excluded of [false, true]) {
      for (let asking = 0; asking <= current.asking; asking += 1) {
        const terms = answerDigests({ ...facts, keys, excluded, asking }, known).get(digest);
        if (terms !== undefined) {
          return { keys, terms };
        }
      }
    }
  }
  return null;
}
