/**
 * Evidence about who created the keys of a user. It comes from CloudTrail, and each message may be doubled or late, so
 * about one key it only becomes worse; only a person's answer lowers it (S15).
 */
import type { Policy } from '../model/policy.ts';
import type { Case, KeyOrigin } from './case.ts';
import { keptBy } from './decision.ts';
import { isExpected, isKnown } from './unexpected-creators.ts';

/** The creator of one key, as an event tells it. */
export type NewOrigin = KeyOrigin & { readonly keyId: string };

/** The user whose keys they are, and what is on record about them. */
type OfUser = Pick<Case, 'userName' | 'origins'>;

type Trust = Pick<Policy, 'trustedCreators'>;

/** Evidence with the creator that an event names. Nothing changes unless that is worse than what is on record. */
export function withOrigin(
  { userName, origins }: OfUser,
  origin: NewOrigin | null,
  trust: Trust,
): Case['origins'] {
  if (origin === null) {
    return origins;
  }
  const { keyId, createdBy, at, arns } = origin;
  const before = origins[keyId];
  const weight = (one: KeyOrigin) => weightOf(one, userName, trust);
  if (before !== undefined && weight(before) >= weight({ createdBy, at })) {
    return origins;
  }
  // The ARNs go with the creator whose they are.
  const { arns: _former, ...kept } = before ?? {};
  return { ...origins, [keyId]: { ...kept, createdBy, at, ...(arns === undefined ? {} : { arns }) } };
}

/** Two pieces of evidence about a user together: of each key the worse one. */
export function mergedOrigins(
  { userName, origins }: OfUser,
  others: Case['origins'],
  trust: Trust,
): Case['origins'] {
  const worse = Object.entries(others).flatMap(([keyId, one]) => {
    const before = { [keyId]: origins[keyId] ?? one };
    return Object.entries(withOrigin({ userName, origins: before }, { ...one, keyId }, trust));
  });
  return { ...origins, ...Object.fromEntries(worse) };
}

/** The weight of a creator: an answered one is never replaced, an unexpected one weighs more than an expected one. */
function weightOf({ createdBy, answered }: KeyOrigin, userName: string, trust: Trust): 0 | 1 | 2 | 3 {
  if (answered !== undefined) {
    return 3;
  }
  if (!isExpected(createdBy, userName, trust)) {
    return 2;
  }
  return isKnown(createdBy) ? 1 : 0;
}

/**
 * Evidence for the next question about a user: a person who decided to keep a key has answered for its creator, so
 * that creator raises no alarm again. A decision to deactivate all keys answers for none.
 */
export function afterAnswer({ origins, decision }: Pick<Case, 'origins' | 'decision'>): Case['origins'] {
  const kept = decision === null ? null : keptBy(decision);
  const made = kept === null ? undefined : origins[kept];
  return decision === null || kept === null || made === undefined
    ? origins
    : { ...origins, [kept]: { ...made, answered: decision.at } };
}
