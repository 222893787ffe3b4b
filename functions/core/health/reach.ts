import { type Instant, MINUTE, type Seconds, secondsBetween } from '../model/time.ts';
import { REACHES, type SubscriptionStates } from './subscriptions.ts';

/** Health checks subscriptions every five minutes. A check that is older says nothing any more (S11). */
const FRESH: Seconds = 45 * MINUTE;

/** The states of the approvers' subscriptions as health stored them, and when it checked. */
export interface CheckedSubscriptions {
  readonly checkedAt: Instant;
  readonly addresses: SubscriptionStates;
}

/** The addresses that mails reach, by mark, and since when; none without a fresh check. */
export function reachedAddresses(
  checked: CheckedSubscriptions | null,
  now: Instant,
): Readonly<Record<string, Instant>> {
  if (checked === null || secondsBetween(checked.checkedAt, now) > FRESH) {
    return {};
  }
  return Object.fromEntries(
    Object.entries(checked.addresses).flatMap(([mark, { state, since }]) =>
      REACHES[state] ? [[mark, since] as const] : [],
    ),
  );
}
