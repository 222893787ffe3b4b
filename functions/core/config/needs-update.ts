import { DAY, type Instant, plus } from '../model/time.ts';
import type { Evaluation, ShownVerdict } from './survey.ts';
import { sameVerdict } from './verdict.ts';

/**
 * Everything is put again once a week, so that what Config shows is never older. Half a day less, because Config takes a
 * result in some time after the run began: after seven days by its clock a daily run would put it on the eighth.
 */
export const PUT_AGAIN_AFTER = 6.5 * DAY;

/** Whether Config should hear of this: it shows something else, or is due to be told again. */
export function needsUpdate(evaluation: Evaluation, held: ShownVerdict | undefined, now: Instant): boolean {
  if (held === undefined) {
    return evaluation.compliance !== 'NOT_APPLICABLE';
  }
  return !sameVerdict(evaluation, held) || isDue(held, now);
}

/** Whether it was shown for so long that it is to be put again. */
export function isDue({ recorded }: ShownVerdict, now: Instant): boolean {
  return recorded <= plus(now, -PUT_AGAIN_AFTER);
}
