import type { TrueUser } from '../truth.ts';
import type { Anchored } from './bucket.ts';

/** One user in a validation, as far as the story compares it. */
export interface Validated {
  readonly userName: string;
  readonly count: 'none' | 'one' | 'more' | 'unknown' | 'gone';
  readonly active: readonly string[];
  readonly read: string;
  readonly remaining: { readonly verdict: string; readonly expected: readonly string[] } | null;
}

/** The latest validation that was signed; null if there is none. */
export function latestValidation(anchors: readonly Anchored[]): readonly Validated[] | null {
  const text = anchors.findLast(({ files }) => files.has('validation.json'))?.files.get('validation.json');
  return text === undefined ? null : (JSON.parse(text) as { readonly users: readonly Validated[] }).users;
}

const COUNTS = ['none', 'one'] as const;

/**
 * Contradictions between a validation and IAM, a sentence each. `counts`: what it says of how many keys are active · `remaining`:
 * that the remaining key of every remediated user is the one on record.
 */
export function contradicts(
  validated: readonly Validated[],
  truth: ReadonlyMap<string, TrueUser>,
): { readonly counts: readonly string[]; readonly remaining: readonly string[] } {
  const there = new Map(validated.filter(({ count }) => count !== 'gone').map((one) => [one.userName, one]));
  const counts = [...truth.values()].flatMap(({ userName, keys }) => {
    const active = keys.filter(({ status }) => status === 'Active');
    const wanted = COUNTS[active.length] ?? 'more';
    const { count } = there.get(userName) ?? { count: 'missing' };
    return count === wanted
      ? []
      : [`${userName} has ${active.length} active keys, the validation says ${count}`];
  });
  const strangers = [...there.keys()].filter((name) => !truth.has(name)).map((name) => `IAM has no ${name}`);
  const remaining = validated.flatMap(({ userName, remaining: record }) => {
    const active = (truth.get(userName)?.keys ?? []).flatMap(({ id, status }) =>
      status === 'Active' ? [id] : [],
    );
    return record === null || (record.verdict === 'ok' && active.join() === [...record.expected].join())
      ? []
      : [
          `${userName}: the record expects ..${record.expected.join().slice(-4)}, the verdict is ${record.verdict}`,
        ];
  });
  return { counts: [...counts, ...strangers], remaining };
}
