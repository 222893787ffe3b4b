/** The ports of health. Every reader can be called with plain SDK clients, from a function or from a terminal. */
import type { Check, NotReadWhy } from '../core/health/checks.ts';
import type { Readings, RecordsSample } from '../core/health/readings.ts';
import type { HealthState } from '../core/health/state.ts';
import type { SubscriptionStates } from '../core/health/subscriptions.ts';
import type { Instant } from '../core/model/time.ts';

/** A reading that did not succeed. */
export class NotRead extends Error {
  override readonly name = 'NotRead';
  constructor(
    readonly why: NotReadWhy,
    readonly call: string,
    options?: ErrorOptions,
  ) {
    super(`${call}: ${why}`, options);
  }
}

/** One reader for each check. It throws {@link NotRead} if there is no reading. */
export type HealthReaders = { readonly [C in Check]: (now: Instant) => Promise<Readings[C]> };

/** The partition of health, which is all that it may write. */
export interface HealthStore {
  /** Null before the first run. */
  load(account: string): Promise<HealthState | null>;
  keep(account: string, state: HealthState): Promise<void>;
  /** The states of the approvers' subscriptions and when they were checked; null if they never were. */
  subscriptions(
    account: string,
  ): Promise<{ readonly checkedAt: Instant; readonly addresses: SubscriptionStates } | null>;
  /** The latest sample of the records; null if there is none. */
  sample(account: string): Promise<RecordsSample | null>;
  keepSample(account: string, sample: RecordsSample): Promise<void>;
  /** While one of them is reached anew, the sweep finds the item and asks for its digest. */
  keepSubscriptions(account: string, addresses: SubscriptionStates, checkedAt: Instant): Promise<void>;
}

/** The topic of operators. No link is ever sent there. */
export interface OperatorMails {
  /** Resolves when SNS has accepted the mail. */
  send(mail: { readonly subject: string; readonly body: string }): Promise<void>;
}

/** Notes that events arrive and are handled. */
export interface KeyEventStamps {
  /** Writes at most once a minute. */
  stamp(account: string, at: Instant): Promise<void>;
}
