import { DAY, type Instant } from '../model/time.ts';

/**
 * How often a key returned after a decision about it had been carried out. `reactivated`: a key that we deactivated is
 * Active again, and nobody asked Solekey for that · `created-anew`: soon after a case ended there was another new key.
 * Code that manages the keys, such as Terraform, does that each time it runs.
 */
export interface Returned {
  /** Number of the case in which it last happened. */
  readonly number: number;
  readonly how: 'reactivated' | 'created-anew';
  readonly keyId: string;
  /** Number of times, from 1. */
  readonly count: number;
  readonly at: Instant;
}

/** The part of a case that says if a key of the user keeps returning. */
interface Returning {
  readonly number: number;
  readonly keys: readonly { readonly id: string; readonly status: string }[];
  readonly returned?: Returned;
}

/** From this time on, deciding again does not help: something else has to change first. */
const OFTEN = 2;

/** After this long without a return, the count begins again. */
export const RETURNS_REMEMBERED = 90 * DAY;

/** The key that keeps returning in this case and is Active now, from its second return on; null if there is none. */
export function keepsReturning({ number, keys, returned }: Returning): Returned | null {
  if (returned === undefined || returned.number !== number || returned.count < OFTEN) {
    return null;
  }
  return keys.some(({ id, status }) => id === returned.keyId && status === 'Active') ? returned : null;
}

/** True if people were told before that the key keeps returning. Then they are told once a week. */
export function isOldNews(current: Returning): boolean {
  const returned = keepsReturning(current);
  return returned !== null && returned.count > OFTEN;
}
