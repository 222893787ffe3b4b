/** *Exception*: keys left Active until a date, with a justification. Its dates are here alone. */
import { activeKeys } from '../model/compliance.ts';
import type { ObservedKey } from '../model/observation.ts';
import type { Policy } from '../model/policy.ts';
import { DAY, earliest, type Instant, plus, type Seconds } from '../model/time.ts';
import { type Decision, isToCarryOut, type NotNowDecision } from './decision.ts';

/** An exception that a person gave. */
export interface Granted {
  /** Id of the approver whose link was used. */
  readonly by: string;
  /** Mark of the address to which the link was mailed. */
  readonly address: string;
  readonly at: Instant;
  readonly until: Instant;
  /** The Active keys that it left. */
  readonly spare: readonly string[];
  /** Number of times in a row, from 1, in which an exception left one of the keys of the one before. */
  readonly count: number;
}

/** The part of a case with the exceptions of its user. */
interface Remembering {
  readonly exceptions?: readonly Granted[];
}

/** The newest exceptions are remembered, so that people see by whom it was renewed. */
const KEPT = 10;

/** The exception that one with these keys would renew; null if none of them was left Active by the latest. */
export function renews({ exceptions = [] }: Remembering, spare: readonly string[]): Granted | null {
  const [last] = exceptions.slice(-1);
  return last?.spare.some((id) => spare.includes(id)) === true ? last : null;
}

/** The exceptions of a user with the one of this decision. */
export function withGranted(
  current: Remembering,
  { by, address, at, until, spare }: Pick<NotNowDecision, 'by' | 'address' | 'at' | 'until' | 'spare'>,
): readonly Granted[] {
  const count = (renews(current, spare)?.count ?? 0) + 1;
  return [...(current.exceptions ?? []), { by, address, at, until, spare, count }].slice(-KEPT);
}

/** Last moment until which an answer given at `at` may leave keys as they are. The answer's own clock counts. */
export function latestEnd(at: Instant, { exceptionMaximum }: Pick<Policy, 'exceptionMaximum'>): Instant {
  return plus(at, exceptionMaximum);
}

/**
 * Times before the end of an exception at which people are warned. A warning waits up to a day for the daily digest, so
 * that people read it 7 days and 1 day before the end, or up to a day earlier.
 */
const WARNINGS: readonly Seconds[] = [8 * DAY, 2 * DAY];

/**
 * True if no approver knows of an exception yet. With keys that it deactivates they get the mail about that; with none they would
 * read of it shortly before its end, and whoever has somebody else's link could keep a key for months without anybody noticing.
 */
export function isUntold({ deactivate, warnedAt }: NotNowDecision): boolean {
  return deactivate.length === 0 && warnedAt === undefined;
}

/**
 * Time of the next notice that the exception ends at its date: at once if nobody knows of it, then the warnings; null if there is
 * none. Nobody is warned of what they were told in the meantime.
 */
export function warningDue(decision: NotNowDecision): Instant | null {
  const { at, until, warnedAt = at } = decision;
  return isUntold(decision)
    ? at
    : earliest(...WARNINGS.map((before) => plus(until, -before)).filter((due) => due > warnedAt));
}

/** True if an exception has ended by itself. */
export function isEnded(decision: Decision, now: Instant): boolean {
  return decision.kind === 'not-now' && now >= decision.until;
}

/** The exception of a case that has come into force: all other keys are deactivated. Null if there is none. */
export function exceptionOf({
  decision,
  keys,
}: {
  readonly decision: Decision | null;
  readonly keys: readonly ObservedKey[];
}): NotNowDecision | null {
  return decision?.kind === 'not-now' && !isToCarryOut(decision, activeKeys(keys)) ? decision : null;
}
