/**
 * The order for live readings: a validation is only as good as the facts it judges, and the credential report lags by hours. So
 * `records` says which users the survey is to read one by one, and the next hourly run takes an inventory for it.
 */
import { HOUR, type Instant, plus, type Seconds } from '../model/time.ts';

/** Version of the file. It rises when a field changes its meaning or goes, not when one is added. */
export const ORDER_SCHEMA = 1;

/** The place of the order in the records bucket. */
export const ORDER_FILE = 'orders/live.json';

/** Users whom the next inventory reads live, beside those whom it reads anyway. */
export interface LiveOrder {
  readonly schema: number;
  /** When it was given. It is carried out once: an inventory says which order it was taken for. */
  readonly at: Instant;
  /** Their UserIds, sorted; `everybody` before a sign-off. */
  readonly users: 'everybody' | readonly string[];
}

/** A credential report may be this old when an inventory is taken: four hours, and the hour until the survey runs. */
const REPORT_LAG: Seconds = 5 * HOUR;

/**
 * UserIds of those whose case closed so recently that a credential report may show their keys as they were before. They are read
 * live in each inventory until then, or the next validation would know less than the last one.
 */
export function notInReportYet(
  remediated: readonly { readonly userId: string; readonly closedAt: Instant }[],
  now: Instant,
): string[] {
  return remediated.flatMap(({ userId, closedAt }) => (closedAt > plus(now, -REPORT_LAG) ? [userId] : []));
}

/** Everything from which the order follows. All lists are UserIds. */
export interface WantedLive {
  readonly at: Instant;
  /** Users whose case closed since the last validation: what remains is compared with the decision record. */
  readonly closed: readonly string[];
  /** Users of whom anything else was recorded since the last validation. */
  readonly changed: readonly string[];
  /** All others of whom the credential report may not say enough. They are no reason for an inventory, but are read live in each. */
  readonly also: readonly string[];
  /** True if the next validation is that of a sign-off, so that everybody is read live. */
  readonly signOff: boolean;
  /** The order given last; null if there is none. */
  readonly last: LiveOrder | null;
  /** Time of the order that the latest inventory was taken for; null if it was taken for none. */
  readonly ordered: Instant | null;
}

/**
 * The order to give now; null if the last one stands: nothing is wanted that it does not have, so it need not be given again
 * every 15 minutes. An order that no inventory was taken for yet is part of the new one.
 */
export function liveOrder({
  at,
  closed,
  changed,
  also,
  signOff,
  last,
  ordered,
}: WantedLive): LiveOrder | null {
  const waiting = last !== null && isOrdered(last, ordered) ? last.users : [];
  if (waiting === 'everybody') {
    return null;
  }
  if (signOff) {
    return { schema: ORDER_SCHEMA, at, users: 'everybody' };
  }
  const news = [...closed, ...changed].filter((userId) => !waiting.includes(userId));
  const users = [...new Set([...waiting, ...news, ...also])].sort();
  return news.length === 0 ? null : { schema: ORDER_SCHEMA, at, users };
}

/** True if an inventory must be taken for this order, because none was yet. */
export function isOrdered(order: LiveOrder, ordered: Instant | null): boolean {
  return ordered === null || order.at > ordered;
}

/**
 * The users to read live for an inventory that is due anyway: those of the last order, because users with several keys are among
 * them, but not everybody for a second time.
 */
export function alsoLive(order: LiveOrder | null, ordered: Instant | null): LiveOrder['users'] {
  if (order === null) {
    return [];
  }
  return order.users === 'everybody' && !isOrdered(order, ordered) ? [] : order.users;
}
