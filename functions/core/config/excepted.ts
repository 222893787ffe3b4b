import { type Case, isOpen } from '../case/case.ts';
import type { Decision } from '../case/decision.ts';
import { activeKeys } from '../model/compliance.ts';
import type { ObservedKey } from '../model/observation.ts';
import type { Instant } from '../model/time.ts';

/** An exception in force: a person decided to leave exactly these Active keys as they are until a date. */
export interface Excepted {
  readonly until: Instant;
  /** Id of the approver. */
  readonly by: string;
}

/**
 * The exception that permits the Active keys of a user now; null if none does. It is about exactly the keys that were shown and
 * that the decision does not deactivate (S5), so another key ends it before anybody has re-evaluated the user. The phase does
 * not matter: while an exception is in force, keys that the same decision deactivated go through theirs.
 */
export function exceptionFor(
  keys: readonly ObservedKey[],
  current: Case | null,
  now: Instant,
): Excepted | null {
  if (!isOpen(current) || current.decision === null) {
    return null;
  }
  const { shownActive, deactivate, by } = current.decision;
  const until = endOf(current.decision);
  const spared = shownActive.filter((id) => !deactivate.includes(id));
  const active = activeKeys(keys).map(({ id }) => id);
  const same = active.length === spared.length && active.every((id) => spared.includes(id));
  return until !== undefined && now < until && same ? { until, by } : null;
}

/** The end of the exception in a decision; undefined for a decision of another kind. */
function endOf(decision: Decision): Instant | undefined {
  return decision.kind === 'not-now' ? decision.until : undefined;
}
