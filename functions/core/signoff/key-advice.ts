import { list } from '../words/words.ts';

/** The keys of a user as a report shows them, as `…MPLE`. */
export interface ReportedKeys {
  readonly active: readonly string[];
  readonly pending: readonly { readonly keyId: string; readonly why: string }[];
  readonly openCase: { readonly number: number | null } | null;
}

/**
 * The advice for somebody with a concern about a user. `reactivate`: a deactivated key can still be reactivated, in this case ·
 * `create`: the key was deleted, or none is inactive.
 */
export type KeyAdvice =
  | { readonly kind: 'reactivate'; readonly caseNumber: number; readonly keys: readonly string[] }
  | { readonly kind: 'create' };

/** The advice for a concern about these keys. A key that is decided and still active is not off yet. */
export function keyAdvice({ pending, openCase }: ReportedKeys): KeyAdvice {
  const off = pending.filter(({ why }) => why !== 'to-deactivate').map(({ keyId }) => keyId);
  const number = openCase?.number ?? null;
  return off.length === 0 || number === null
    ? { kind: 'create' }
    : { kind: 'reactivate', caseNumber: number, keys: off };
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
        'A deleted key cannot be restored: AWS keeps no copy. If the work needs a key of its own again, replace the active one instead of adding a second:',
        active.length === 0
          ? 'This user has no active key, so create the new one.'
          : `deactivate ${list(active)} first, create the new key then, and delete the old one when everything works. At no time are two keys active.`,
        'A role needs no access key at all.',
      ];
  }
}
