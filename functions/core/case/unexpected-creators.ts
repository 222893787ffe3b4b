import { activeKeys } from '../model/compliance.ts';
import { globMatches } from '../model/exclusion.ts';
import type { Policy } from '../model/policy.ts';
import type { Case, KeyOrigin } from './case.ts';
import { exposedKeys } from './exposure.ts';

/** The part of a case with the user's keys and their creators according to CloudTrail. */
type Made = Pick<Case, 'userName' | 'keys' | 'origins'>;

/** The same with the keys that AWS called exposed. */
type Suspected = Made & Pick<Case, 'exposed'>;

/** The creators, such as `user/mallory`, of Active keys that no expected creator made, by key id. */
export type UnexpectedCreators = Readonly<Record<string, string>>;

/** The creator in an event whose caller could not be read. It proves nothing. */
const NOBODY_KNOWN = 'unknown';

/** True if the caller of an event could be read. */
export function isKnown(createdBy: string): boolean {
  return createdBy !== NOBODY_KNOWN;
}

/** True if a creator of keys of this user is the user, a trusted principal, or not known. */
export function isExpected(
  createdBy: string,
  userName: string,
  { trustedCreators }: Pick<Policy, 'trustedCreators'>,
): boolean {
  return (
    !isKnown(createdBy) ||
    createdBy.toLowerCase() === `user/${userName}`.toLowerCase() ||
    trustedCreators.some((glob) => globMatches(glob, createdBy))
  );
}

/** True if the creator of a key of this user is unexpected, and nobody decided to keep that key. */
export function isUnexpected(
  { createdBy, answered }: KeyOrigin,
  userName: string,
  trust: Pick<Policy, 'trustedCreators'>,
): boolean {
  return answered === undefined && !isExpected(createdBy, userName, trust);
}

/**
 * The Active keys whose recorded creator is neither the user nor a trusted principal. A key without a record is not
 * included, nor is one that a person decided to keep. This is evidence only (S15): it weakens the proposal and makes
 * the notice urgent, but decides nothing. A creator with the user's former name counts as unexpected, because another
 * user may have that name now.
 */
export function unexpectedCreators(
  { userName, keys, origins }: Made,
  trust: Pick<Policy, 'trustedCreators'>,
): UnexpectedCreators {
  return Object.fromEntries(
    activeKeys(keys).flatMap(({ id }) => {
      const made = origins[id];
      return made !== undefined && isUnexpected(made, userName, trust) ? [[id, made.createdBy]] : [];
    }),
  );
}

/** True if an unexpected creator made an Active key, or AWS called one exposed. Then nothing waits, and the notice is urgent. */
export function isSuspicious(current: Suspected, policy: Pick<Policy, 'trustedCreators'>): boolean {
  return (
    Object.keys(unexpectedCreators(current, policy)).length > 0 ||
    Object.keys(exposedKeys(current)).length > 0
  );
}
