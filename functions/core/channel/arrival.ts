import { DAY, type Instant, latest, plus } from '../model/time.ts';
import { credible, type Pace } from './pace.ts';
import { PACE_TERMS, type PaceTerms } from './pace-terms.ts';

/**
 * The address after it was found that mails have reached it since `since`: a digest is due now if it got none since then,
 * because what was mailed before is lost, or never was for it. At most once a day, so that a subscription that comes and
 * goes causes no mails. A digest that is due within minutes anyway stays due then: a survey may still be filling it.
 */
export function arrived(
  pace: Pace,
  since: Instant,
  now: Instant,
  { pooling }: Pick<PaceTerms, 'pooling'> = PACE_TERMS,
): Pace {
  const { sentAt, arrivedAt } = credible(pace, now);
  const isTold = since <= latest('', sentAt, arrivedAt);
  if (isTold || (arrivedAt !== null && now < plus(arrivedAt, DAY))) {
    return pace;
  }
  const due = pace.due !== null && pace.due <= plus(now, pooling) ? pace.due : now;
  return { ...pace, due, arrivedAt: now, arriving: true };
}
