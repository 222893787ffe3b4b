import { canonicalJson, sameValue, sha256 } from '../model/digest.ts';
import { type KeyStatus, shortKey } from '../model/observation.ts';
import type { Case, ShownKey } from './case.ts';

/** What a decision is bound to: this user, exactly these keys in these statuses, excluded or not, and which question it was. */
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

/** Keys reduced to what counts as a fact, in a fixed order. */
export function shown(keys: readonly ShownKey[]): ShownKey[] {
  return keys.map(({ id, status }) => ({ id, status })).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Whether two listings say the same about ids and statuses. */
export function sameKeys(a: readonly ShownKey[], b: readonly ShownKey[]): boolean {
  return sameValue(shown(a), shown(b));
}

/** The digest that forms and decision requests carry. Bookkeeping (versions, notices, last uses) never changes it. */
export function factsDigest(facts: Facts): string {
  return sha256(canonicalJson({ ...facts, keys: shown(facts.keys) }));
}

const STATUS_WORD: Record<KeyStatus, string> = { Active: 'active', Inactive: 'off', Expired: 'expired' };

/** Plain sentences for what changed between two listings; empty when nothing did. */
export function difference(before: readonly ShownKey[], now: readonly ShownKey[]): string[] {
  const then = new Map(before.map((key) => [key.id, key.status]));
  const ids = new Set(now.map((key) => key.id));
  const changes = shown(now).flatMap((key) => {
    const was = then.get(key.id);
    if (was === undefined) {
      return [`${shortKey(key.id)} is new and ${STATUS_WORD[key.status]}.`];
    }
    return was === key.status
      ? []
      : [`${shortKey(key.id)} was ${STATUS_WORD[was]} and is now ${STATUS_WORD[key.status]}.`];
  });
  const gone = shown(before).flatMap((key) =>
    ids.has(key.id) ? [] : [`${shortKey(key.id)} no longer exists.`],
  );
  return [...changes, ...gone];
}
