import { DAY, HOUR, type Instant, MINUTE, plus, type Seconds, secondsBetween } from '../model/time.ts';
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

/** Time for which an address counts as reached anew: a day, and an hour more, because it may get one digest for that a day. */
const ANEW: Seconds = DAY + HOUR;

/** The addresses that mails reach and lately did not, by mark, and since when. */
export function reachedAnew(
  checked: CheckedSubscriptions | null,
  now: Instant,
): Readonly<Record<string, Instant>> {
  const reached = Object.entries(reachedAddresses(checked, now));
  return Object.fromEntries(reached.filter(([, since]) => now < plus(since, ANEW)));
}
