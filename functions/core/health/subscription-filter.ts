import { addressMark } from '../case/requests.ts';
import { sameValue } from '../model/digest.ts';

/** An address that gets mail, with the approvers who read it there. */
export interface Mailbox {
  readonly address: string;
  /** Ids of these approvers. */
  readonly ids: readonly string[];
}

/** The filter policy of a subscription: every attribute of a message must be in its list. */
export interface SubscriptionFilter {
  readonly address: readonly string[];
  readonly recipient: readonly string[];
}

/**
 * The filter of the subscription of a mailbox: messages for one of its approvers at this very address. Without the
 * address, a subscription that outlives its approver would get the links of whoever has the id next.
 *
 * The attributes are in alphabetical order, so that each program that writes the filter as JSON writes the same text.
 * SNS takes an existing subscription for the wanted one only if its filter is the same (fact sns-subscribe-again).
 */
export function filterOf({ address, ids }: Mailbox): SubscriptionFilter {
  return { address: [addressMark(address)], recipient: ids };
}

/**
 * The result of comparing a filter. `right`: the one of {@link filterOf}; `former`: it names the right approvers and no
 * address, as the filters of releases before 0.6.0; `none`: it admits every message; `other`: anything else.
 */
export type FilterState = 'right' | 'former' | 'none' | 'other';

/** Compares the filter of a subscription, as JSON (null if it has none), with that of its mailbox. Order does not count. */
export function filterState(filter: unknown, mailbox: Mailbox): FilterState {
  const wanted = filterOf(mailbox);
  const present = inOrder(filter ?? {});
  if (sameValue(present, {})) {
    return 'none';
  }
  if (sameValue(present, inOrder(wanted))) {
    return 'right';
  }
  return sameValue(present, inOrder({ recipient: wanted.recipient })) ? 'former' : 'other';
}

/** The filter with its lists sorted. */
function inOrder(filter: unknown): unknown {
  return Object.fromEntries(
    Object.entries(Object(filter)).map(([name, list]) => [
      name,
      Array.isArray(list) ? list.map((one) => JSON.stringify(one)).sort() : list,
    ]),
  );
}
