import { canonicalJson, sameValue, sha256 } from '../model/digest.ts';
import type { KeyStatus } from '../model/observation.ts';
import type { Policy } from '../model/policy.ts';
import type { Case, ShownKey } from './case.ts';
import { presentTerms, type ShownTerms, termsOf } from './terms.ts';

/**
 * The facts to which a decision is bound: the user, exactly these keys in these statuses, excluded or not, and the
 * number of the question.
 */
export interface Facts {
  readonly account: string;
  readonly userId: string;
  readonly caseNumber: number;
  readonly asking: number;
  readonly excluded: boolean;
  readonly keys: readonly ShownKey[];
}

/** The facts of a case as recorded. */
export function factsOf(current: Case): Facts {
  return {
    account: current.account,
    userId: current.userId,
    caseNumber: current.number,
    asking: current.asking,
    excluded: current.excluded,
    keys: shown(current.keys),
  };
}

/** Keys reduced to the facts about them, in a fixed order. */
export function shown(keys: readonly ShownKey[]): ShownKey[] {
  return keys.map(({ id, status }) => ({ id, status })).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** True if two lists agree about ids and statuses. */
export function sameKeys(a: readonly ShownKey[], b: readonly ShownKey[]): boolean {
  return sameValue(shown(a), shown(b));
}

/**
 * The digest that forms and requests contain: of the facts and of the terms shown with them. Bookkeeping (versions,
 * notices, last uses) never changes it.
 */
export function factsDigest(facts: Facts, terms: ShownTerms): string {
  return sha256(canonicalJson({ ...facts, keys: shown(facts.keys), terms: termsOf(terms), version: 2 }));
}

/** The digest of the present question of a case, under the terms that its page shows now. */
export function questionDigest(current: Case, policy: Policy): string {
  return factsDigest(factsOf(current), presentTerms(policy, current));
}

/** The digest that release 0.2.0 and earlier ones wrote and showed. It does not cover the terms. */
export function formerDigest(facts: Facts): string {
  return sha256(canonicalJson({ ...facts, keys: shown(facts.keys) }));
}

/**
 * All digests under which an answer to one question may be stored, each with the terms that the page of the answer
 * showed; null if the digest does not cover them.
 */
export function answerDigests(
  facts: Facts,
  terms: readonly ShownTerms[],
): ReadonlyMap<string, ShownTerms | null> {
  return new Map<string, ShownTerms | null>([
    ...terms.map((one) => [factsDigest(facts, one), one] as const),
    [formerDigest(facts), null],
  ]);
}

/** The difference of one key between two lists. A status is null if the list does not have the key. */
export interface KeyDifference {
  readonly keyId: string;
  readonly was: KeyStatus | null;
  readonly now: KeyStatus | null;
}

/** The keys that differ between two lists, by id, with missing keys last; empty if nothing changed. */
export function difference(before: readonly ShownKey[], after: readonly ShownKey[]): KeyDifference[] {
  const then = new Map(before.map((key) => [key.id, key.status]));
  const ids = new Set(after.map((key) => key.id));
  const changed = shown(after).map(({ id, status }) => ({
    keyId: id,
    was: then.get(id) ?? null,
    now: status,
  }));
  const gone = shown(before)
    .filter(({ id }) => !ids.has(id))
    .map(({ id, status }) => ({ keyId: id, was: status, now: null }));
  return [...changed.filter(({ was, now }) => was !== now), ...gone];
}
