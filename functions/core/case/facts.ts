import { canonicalJson, sameValue, sha256 } from '../model/digest.ts';
import type { KeyStatus } from '../model/observation.ts';
import type { Policy } from '../model/policy.ts';
import type { Case, ShownKey } from './case.ts';

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

/** The digest that forms and requests contain. Bookkeeping (versions, notices, last uses) never changes it. */
export function factsDigest(facts: Facts): string {
  return sha256(canonicalJson({ ...facts, keys: shown(facts.keys) }));
}

/** The terms shown with a question, on which people rely as well. */
export type ShownTerms = Pick<Policy, 'mode' | 'deletion' | 'grace'>;

/**
 * All digests under which an answer to one question may be stored, or that an open page may contain. The first is the
 * one that this release writes and shows; the second, which covers the terms, is written from a later release on.
 */
export function factsDigests(facts: Facts, { mode, deletion, grace }: ShownTerms): readonly [string, string] {
  const withTerms = { ...facts, keys: shown(facts.keys), terms: { mode, deletion, grace }, version: 2 };
  return [factsDigest(facts), sha256(canonicalJson(withTerms))];
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
