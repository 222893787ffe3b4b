import { type Case, isOpen, keysOfOurs } from '../case/case.ts';
import { isViolation } from '../model/compliance.ts';
import type { ObservedKey } from '../model/observation.ts';
import { annotationOf, pendingAnnotation } from './annotation.ts';
import type { JudgedUser, VerdictContext } from './judged-user.ts';

/** What AWS Config can say of one IAM user. `NOT_APPLICABLE` takes a user off its list. */
export type Compliance = 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE';

/** *Verdict*: a compliance and the sentence beside it; null where there is nothing to explain. */
export interface Verdict {
  readonly compliance: Compliance;
  readonly annotation: string | null;
}

/** The verdict on a user with at most one Active key of whom nothing else is to be said. */
export const PLAINLY_COMPLIANT: Verdict = { compliance: 'COMPLIANT', annotation: null };

/** The verdict on a user who is gone, or has no key at all. */
export const NOT_APPLICABLE: Verdict = { compliance: 'NOT_APPLICABLE', annotation: null };

/**
 * The verdict on one user, from the same rule that makes a case: more than one Active key is NON_COMPLIANT, whatever
 * people decided about it, except that the settings may count excluded users as compliant.
 */
export function verdictOf(judged: JudgedUser, context: VerdictContext): Verdict {
  const { keys, excluded, current } = judged;
  if (keys.length === 0) {
    return NOT_APPLICABLE;
  }
  if (isViolation(keys)) {
    const tolerated = excluded && context.policy.exclusionsCountAsCompliant;
    return {
      compliance: tolerated ? 'COMPLIANT' : 'NON_COMPLIANT',
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

/** Whether two verdicts read the same in AWS Config. */
export function sameVerdict(a: Verdict, b: Verdict): boolean {
  return a.compliance === b.compliance && a.annotation === b.annotation;
}

/** Whether a write to a case changes what AWS Config should show of the user, last uses aside. */
export function showsOtherwise(before: Case | null, after: Case, context: VerdictContext): boolean {
  return !sameVerdict(recordedVerdict(before, context), recordedVerdict(after, context));
}

/** The verdict on a case as recorded. Whoever has none is taken for compliant: that is what Config shows of most users. */
function recordedVerdict(current: Case | null, context: VerdictContext): Verdict {
  if (current === null) {
    return PLAINLY_COMPLIANT;
  }
  const keys = current.keys.map((key): ObservedKey => ({ ...key, lastUsed: { kind: 'not-read' } }));
  return verdictOf({ keys, excluded: current.excluded, current }, context);
}
