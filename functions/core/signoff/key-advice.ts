import { list } from '../words/words.ts';

/** The keys of a user as a report shows them, as `…MPLE`. */
export interface ReportedKeys {
  /** The count of active keys as the report has it: `unknown`, `gone`, or one that says nothing more than `active`. */
  readonly count: string;
  readonly active: readonly string[];
  readonly pending: readonly { readonly keyId: string; readonly why: string }[];
  readonly openCase: { readonly number: number | null } | null;
}

/**
 * The advice for somebody with a concern about a user. `reactivate`: a deactivated key can still be reactivated, in this case ·
 * `create`: the key was deleted, or none is inactive · `several`: more than one key is active, so another would be wrong ·
 * `unknown`: the keys were not read · `gone`: the user no longer exists.
 */
export type KeyAdvice =
  | { readonly kind: 'reactivate'; readonly caseNumber: number; readonly keys: readonly string[] }
  | { readonly kind: 'create' | 'several' | 'unknown' | 'gone' };

/** The advice for a concern about these keys. A key that is decided and still active is not off yet. */
export function keyAdvice({ count, active, pending, openCase }: ReportedKeys): KeyAdvice {
  const off = pending.filter(({ why }) => why !== 'to-deactivate').map(({ keyId }) => keyId);
  const number = openCase?.number ?? null;
  if (off.length > 0 && number !== null) {
    return { kind: 'reactivate', caseNumber: number, keys: off };
  }
  if (count === 'gone' || count === 'unknown') {
    return { kind: count };
  }
  return { kind: active.length > 1 ? 'several' : 'create' };
}

/** The sentences of an advice. */
export function adviceWords(advice: KeyAdvice, { active }: Pick<ReportedKeys, 'active'>): string[] {
  switch (advice.kind) {
    case 'reactivate':
      return [
        `${list(advice.keys)} ${advice.keys.length === 1 ? 'is' : 'are'} deactivated and can be reactivated until the deletion. For that you need a link for this user.`,
      ];
    case 'create':
      return [
        'A deleted key cannot be restored: AWS keeps no copy.',
        active.length === 0
          ? 'This user has no active key. If the work needs a key again, create one.'
          : `If the work needs a new key, replace the active one instead of adding a second: deactivate ${list(active)}, then create the new key, and delete the old one when everything works. At no time are two keys active.`,
        A_ROLE,
      ];
    case 'several':
      return [
        `${list(active)} are active. Do not create another key: only one of these may stay active.`,
        A_ROLE,
      ];
    case 'unknown':
      return [
        'The keys of this user could not be read for this report. Before anybody creates a key, check in IAM which ones are active.',
      ];
    case 'gone':
      return [
        'This user no longer exists in IAM. Its keys were deleted with it and cannot be restored.',
        A_ROLE,
      ];
  }
}

const A_ROLE = 'A role needs no access key at all.';
