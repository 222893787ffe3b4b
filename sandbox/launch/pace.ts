/** Limits and times of mail to one address, as the function that mails reads them. Times are in seconds. */
export interface Pace {
  readonly gap: number;
  readonly perHour: Readonly<Record<'ordinary' | 'urgent' | 'digest' | 'requested', number>>;
  readonly singly: number;
  readonly surveyPools: boolean;
  readonly pooling: number;
}

const NO_LIMIT = { ordinary: 100_000, urgent: 100_000, digest: 100_000, requested: 100_000 };

/**
 * As much mail in a minute as an account has in weeks, and still never more than SNS delivers. The first digest comes
 * after seconds, and further ones at the time of day, as in AWS. If AWS Config's rule finds many users at once, each is
 * mailed about by itself, because stories and tests wait for these mails.
 */
export const SHORT_PACE: Pace = {
  gap: 0.12,
  perHour: NO_LIMIT,
  singly: 100_000,
  surveyPools: false,
  pooling: 3,
};

/** No pace at all: what would happen to subscriptions without one. */
export const NO_PACE: Pace = { ...SHORT_PACE, gap: 0 };
