import { DAY, type Instant, plus } from '../model/time.ts';
import type { Evaluation, ShownVerdict } from './survey.ts';
import { sameVerdict } from './verdict.ts';

/**
 * Every result is reported again once in thirty days, so that AWS Config never shows an older one. Half a day less,
 * because AWS Config records a result some time after the run began: with thirty days, a daily run would report it on
 * the thirty-first.
 */
export const PUT_AGAIN_AFTER = 29.5 * DAY;

/** True if AWS Config must be updated: it shows another result, or the result is due to be reported again. */
export function needsUpdate(
  evaluation: Evaluation,
  held: ShownVerdict | null | undefined,
  now: Instant,
): boolean {
  if (held === undefined || held === null) {
    return evaluation.compliance !== 'NOT_APPLICABLE';
  }
  return !sameVerdict(evaluation, held) || isDue(held, now);
}

/** True if the result has been shown for so long that it must be reported again. */
export function isDue({ recorded }: ShownVerdict, now: Instant): boolean {
  return recorded <= plus(now, -PUT_AGAIN_AFTER);
}
