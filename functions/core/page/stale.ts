import type { AskedAgain, Case, ShownKey } from '../case/case.ts';
import { difference, factsDigests, factsOf, type KeyDifference, type ShownTerms } from '../case/facts.ts';

/** The changes of a case since a person read its page. */
export interface MovedOn {
  /** True if we still know what that person was shown. */
  readonly recognised: boolean;
  /** The keys that changed since then. */
  readonly changes: readonly KeyDifference[];
  /** The reason for asking again, if there is one. */
  readonly because: AskedAgain | null;
}

/** The changes of a case since a page with this digest was shown. */
export function movedOn(current: Case, digest: string, terms: ShownTerms): MovedOn {
  const before = shownUnder(current, digest, terms);
  return {
    recognised: before !== null,
    changes: before === null ? [] : difference(before, current.keys),
    because: current.askedAgain,
  };
}

/**
 * The keys that a digest stands for; null if it is not from this case. Former facts are recorded when keys change,
 * but a question may also be asked again about the same keys. So every earlier question is tried with every known set
 * of keys.
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
