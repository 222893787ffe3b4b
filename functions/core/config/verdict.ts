import { type Case, isOpen, keysOfOurs } from '../case/case.ts';
import { isViolation } from '../model/compliance.ts';
import { excludedAs } from '../model/exclusion.ts';
import type { ObservedKey } from '../model/observation.ts';
import type { Countable } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { annotationOf, pendingAnnotation } from './annotation.ts';
import { exceptionFor } from './excepted.ts';
import type { JudgedUser, VerdictContext } from './judged-user.ts';

/** A compliance type that AWS Config can show for an IAM user. `NOT_APPLICABLE` removes the user from its list. */
export type Compliance = 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE';

/** *Verdict*: a compliance type with its annotation; null if there is nothing to explain. */
export interface Verdict {
  readonly compliance: Compliance;
  readonly annotation: string | null;
}

/** The verdict on a user with at most one Active key and nothing to explain. */
export const PLAINLY_COMPLIANT: Verdict = { compliance: 'COMPLIANT', annotation: null };

/** The verdict on a user who does not exist any more, or has no key. */
export const NOT_APPLICABLE: Verdict = { compliance: 'NOT_APPLICABLE', annotation: null };

/**
 * The verdict on one user, from the same rule that opens cases: more than one Active key is NON_COMPLIANT, regardless
 * of decisions. Only users with an exception and excluded ones may be compliant anyway, by a setting.
 */
export function verdictOf(judged: JudgedUser, context: VerdictContext): Verdict {
  const { keys, current } = judged;
  if (keys.length === 0) {
    return NOT_APPLICABLE;
  }
  if (isViolation(keys)) {
    return {
      compliance: isTolerated(judged, context) ? 'COMPLIANT' : 'NON_COMPLIANT',
      annotation: annotationOf(judged, context),
    };
  }
  if (judged.unread === true) {
    return { compliance: 'COMPLIANT', annotation: annotationOf(judged, context) };
  }
  if (!isOpen(current) || keysOfOurs(current).length === 0) {
    return PLAINLY_COMPLIANT;
  }
  return { compliance: 'COMPLIANT', annotation: pendingAnnotation(keys, current, context) };
}

/** For each entry of the setting `countAsCompliant`, if it is about this user now. An exception is about exactly its keys. */
const COUNTS: Readonly<Record<Countable, (judged: JudgedUser, now: Instant) => boolean>> = {
  exclusions: ({ excluded }) => excluded,
  exceptions: ({ keys, excluded, current }, now) => !excluded && exceptionFor(keys, current, now) !== null,
};

function isTolerated(judged: JudgedUser, { policy, now }: VerdictContext): boolean {
  return policy.countAsCompliant.some((one) => COUNTS[one](judged, now));
}

/** True if two verdicts look the same in AWS Config. */
export function sameVerdict(a: Verdict, b: Verdict): boolean {
  return a.compliance === b.compliance && a.annotation === b.annotation;
}

/** True if a write to a case changes the user's result in AWS Config, last uses aside. */
export function showsOtherwise(before: Case | null, after: Case, context: VerdictContext): boolean {
  return !sameVerdict(recordedVerdict(before, context), recordedVerdict(after, context));
}

/**
 * The verdict on a case as recorded. A user without a case counts as compliant, because that is what AWS Config shows
 * for most users.
 */
function recordedVerdict(current: Case | null, context: VerdictContext): Verdict {
  if (current === null) {
    return PLAINLY_COMPLIANT;
  }
  const keys = current.keys.map((key): ObservedKey => ({ ...key, lastUsed: { kind: 'not-read' } }));
  const excludedBy = current.excluded ? excludedAs(current, context.policy.exclude) : null;
  return verdictOf({ keys, excluded: current.excluded, excludedBy, current }, context);
}
