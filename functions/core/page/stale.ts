import type { AskedAgain, Case, ShownKey } from '../case/case.ts';
import { difference, factsDigests, factsOf, type KeyDifference, type ShownTerms } from '../case/facts.ts';

/** How a case moved on since somebody read it. */
export interface MovedOn {
  /** Whether we still know what that person was shown. */
  readonly recognised: boolean;
  /** The keys that changed since then. */
  readonly changes: readonly KeyDifference[];
  /** Why the question was put anew, where that is known. */
  readonly because: AskedAgain | null;
}

/** What happened to a case since a page with this digest was shown. */
export function movedOn(current: Case, digest: string, terms: ShownTerms): MovedOn {
  const before = shownUnder(current, digest, terms);
  return {
    recognised: before !== null,
    changes: before === null ? [] : difference(before, current.keys),
    because: current.askedAgain,
  };
}

/**
 * The keys that a digest stands for, if it is one of this case. Former facts are kept when the keys change, but a
 * question may also be put anew about the same keys: so every earlier question is tried with every known set of keys.
 */
function shownUnder(current: Case, digest: string, terms: ShownTerms): readonly ShownKey[] | null {
  const former = current.former.find((facts) => facts.digest === digest);
  if (former !== undefined) {
    return former.keys;
  }
  const facts = factsOf(current);
  for (const keys of [current.keys, ...current.former.map((entry) => entry.keys)]) {
    for (const excluded of [false, true]) {
      for (let asking = 0; asking <= current.asking; asking += 1) {
        if (factsDigests({ ...facts, keys, excluded, asking }, terms).includes(digest)) {
          return keys;
        }
      }
    }
  }
  return null;
}
