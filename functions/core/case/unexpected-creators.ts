import { activeKeys } from '../model/compliance.ts';
import { globMatches } from '../model/exclusion.ts';
import type { Policy } from '../model/policy.ts';
import type { Case } from './case.ts';

/** Whose keys these are, and who made them as far as CloudTrail told. */
type Made = Pick<Case, 'userName' | 'keys' | 'origins'>;

/** Active keys by id, each with who made it although nobody expects that: `user/mallory`. */
export type UnexpectedCreators = Readonly<Record<string, string>>;

/** What an event says whose caller could not be read: nothing. */
const NOBODY_KNOWN = 'unknown';

/**
 * The Active keys whose recorded creator is neither the user nor a trusted principal. No record is no evidence. Evidence
 * only: it makes us doubt and hurry, and decides nothing. Who made a key under a former name counts as a stranger, because
 * that name may be somebody else's by now.
 */
export function unexpectedCreators(
  { userName, keys, origins }: Made,
  { trustedCreators }: Pick<Policy, 'trustedCreators'>,
): UnexpectedCreators {
  const self = `user/${userName}`.toLowerCase();
  const expected = (by: string) =>
    by === NOBODY_KNOWN || by.toLowerCase() === self || trustedCreators.some((glob) => globMatches(glob, by));
  return Object.fromEntries(
    activeKeys(keys).flatMap(({ id }) => {
      const by = origins[id]?.createdBy;
      return by === undefined || expected(by) ? [] : [[id, by]];
    }),
  );
}

/** Whether somebody unexpected made an Active key: then nothing waits, and the notice is urgent. */
export function isSuspicious(current: Made, policy: Pick<Policy, 'trustedCreators'>): boolean {
  return Object.keys(unexpectedCreators(current, policy)).length > 0;
}
