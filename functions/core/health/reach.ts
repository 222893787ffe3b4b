import { addressMark } from '../case/requests.ts';
import { type Control, currentApprovers, type Policy } from '../model/policy.ts';
import { DAY, earliest, HOUR, type Instant, latest, MINUTE, plus, type Seconds } from '../model/time.ts';
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
  if (checked === null || !isFresh(checked, now)) {
    return {};
  }
  return Object.fromEntries(
    Object.entries(checked.addresses).flatMap(([mark, { state, since }]) =>
      REACHES[state] ? [[mark, since] as const] : [],
    ),
  );
}

/** The control item with the addresses that mails reach now; as it is if the checks of subscriptions were not read. */
export function withReach(
  control: Control,
  checked: CheckedSubscriptions | null | undefined,
  now: Instant,
): Control {
  return checked === undefined ? control : { ...control, reached: reachedAddresses(checked, now) };
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

/** True while a check still says which addresses mails reach. */
export function isFresh({ checkedAt }: Pick<CheckedSubscriptions, 'checkedAt'>, now: Instant): boolean {
  return now <= plus(checkedAt, FRESH);
}

/**
 * When it last changed whether mails reach any of the present approvers, as far as the latest check tells; null if health
 * never checked or knows none of their addresses. The change may have been earlier, because of each address only the latest
 * change is stored. Neither a revocation nor the first check after a gap counts as a change.
 */
export function reachChangedAt(
  checked: CheckedSubscriptions | null,
  policy: Pick<Policy, 'approvers'>,
  control: Control,
  now: Instant,
): Instant | null {
  if (checked === null) {
    return null;
  }
  if (!isFresh(checked, now)) {
    return plus(checked.checkedAt, FRESH);
  }
  const known = currentApprovers(policy, control).flatMap(
    ({ email }) => checked.addresses[addressMark(email)] ?? [],
  );
  const reached = known.filter(({ state }) => REACHES[state]);
  const [first, ...others] = known.map(({ since }) => since);
  return reached.length > 0 || first === undefined
    ? earliest(...reached.map(({ since }) => since))
    : latest(first, ...others);
}
