import type { KeyStatus } from './observation.ts';

/** The keys that can be used now. */
export function activeKeys<K extends { readonly status: KeyStatus }>(keys: readonly K[]): K[] {
  return keys.filter((key) => key.status === 'Active');
}

/**
 * The one rule for compliance: a *violation* is a user with more than one Active key. Reconcile and AWS Config both
 * use it.
 */
export function isViolation(keys: readonly { readonly status: KeyStatus }[]): boolean {
  return activeKeys(keys).length > 1;
}
