import { MINUTE, type Seconds } from '../model/time.ts';

/** The classes of mail by the number that one address may get in a clock hour. */
export type MailClass = 'ordinary' | 'urgent' | 'digest' | 'requested';

/** The limits and times of mail to one address. No setting: only the sandbox, where weeks take a minute, has others. */
export interface PaceTerms {
  /** Minimum time between two mails. */
  readonly gap: Seconds;
  /** Maximum number of mails in a clock hour (UTC), after which a mail of this class waits. */
  readonly perHour: Readonly<Record<MailClass, number>>;
  /** Urgent mails within ten minutes before further ones are collected in a digest. */
  readonly singly: number;
  /** True if the ordinary notices about many users whom one survey found wait for a digest. */
  readonly surveyPools: boolean;
  /** Time for which the first digest after a quiet day waits. */
  readonly pooling: Seconds;
}

/**
 * The terms in AWS, where SNS disables an e-mail subscription that gets more than ten mails a second (fact
 * sns-email-rate). All mails of an hour count, whatever their class, but those that a person requested on a page: they
 * have a number of their own.
 */
export const PACE_TERMS: PaceTerms = {
  gap: 1,
  perHour: { ordinary: 3, urgent: 20, digest: 20, requested: 30 },
  singly: 3,
  surveyPools: true,
  pooling: 10 * MINUTE,
};
