import { addressMark } from '../case/requests.ts';
import type { Approver } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { list } from '../words/words.ts';
import { type Finding, oneAbout } from './checks.ts';
import type { SubscriptionReading } from './readings.ts';
import { type FilterState, filterState, type Mailbox } from './subscription-filter.ts';

/**
 * The state of an approver's address. `confirmed`: mails arrive, and only somebody with permission can unsubscribe it.
 * `unprotected`: mails arrive, but anybody who opens the unsubscribe link in one ends that. `pending`: not confirmed yet.
 * `missing`: not subscribed. `foreign` is a subscription of somebody who is no approver.
 */
export type SubscriptionState = 'confirmed' | 'unprotected' | 'pending' | 'missing' | 'foreign';

/** True if mails to an address in this state arrive. */
export const REACHES = {
  confirmed: true,
  unprotected: true,
  pending: false,
  missing: false,
  foreign: false,
} as const satisfies Record<SubscriptionState, boolean>;

/** The state of each address and since when, by the address's mark; foreign subscriptions by their id. */
export type SubscriptionStates = Readonly<
  Record<string, { readonly state: SubscriptionState; readonly since: Instant }>
>;

/** The best state of an address, of which SNS may list several subscriptions. */
function stateOf(address: string, all: readonly SubscriptionReading[]): SubscriptionState {
  const own = all.filter(({ endpoint, protocol }) => protocol === 'email' && endpoint === address);
  const confirmed = own.filter(({ id }) => id !== null);
  if (confirmed.some(({ authenticated }) => authenticated)) {
    return 'confirmed';
  }
  if (confirmed.length > 0) {
    return 'unprotected';
  }
  return own.length > 0 ? 'pending' : 'missing';
}

/** The subscriptions that get approvers' mails without belonging to an approver. */
function foreignOnes(
  addresses: readonly string[],
  all: readonly SubscriptionReading[],
): SubscriptionReading[] {
  return all.filter(({ endpoint, protocol }) => protocol !== 'email' || !addresses.includes(endpoint));
}

/** The present states. The time of a state that did not change stays. */
export function subscriptionStates(
  before: SubscriptionStates,
  approvers: readonly Approver[],
  all: readonly SubscriptionReading[],
  now: Instant,
): SubscriptionStates {
  const addresses = approvers.map(({ email }) => email);
  const present = [
    ...addresses.map((address) => [addressMark(address), stateOf(address, all)] as const),
    ...foreignOnes(addresses, all).map((one) => [markOf(one), 'foreign'] as const),
  ];
  return Object.fromEntries(
    present.map(([mark, state]) => {
      const known = before[mark];
      return [mark, known?.state === state ? known : { state, since: now }];
    }),
  );
}

/** The findings about the subscriptions of approvers. */
export function subscriptionFindings(
  approvers: readonly Approver[],
  all: readonly SubscriptionReading[],
): Finding[] {
  const addresses = [...new Set(approvers.map(({ email }) => email))];
  const ofApprovers = addresses.flatMap((address) => {
    const ids = approvers.filter(({ email }) => email === address).map(({ id }) => id);
    return [
      ...stateFindings(stateOf(address, all), addressMark(address), ids),
      ...filterFindings({ address, ids }, all),
    ];
  });
  const foreign = foreignOnes(addresses, all).map((one) =>
    oneAbout(
      'subscriptions',
      markOf(one),
      `A subscription to the mail topic belongs to no approver (protocol ${one.protocol}, ${one.id === null ? 'not confirmed' : `id ${one.id}`}): it may receive approvers' links.`,
    ),
  );
  return [...ofApprovers, ...foreign];
}

/** The fault of a filter: the end of the finding's key, and a sentence. Null if there is none. */
const FILTER_PROBLEMS = {
  right: null,
  none: ['unfiltered', 'this subscription has no filter, so it receives the links of every approver.'],
  former: [
    'former filter',
    'the filter of this subscription is that of a release before 0.6.0, which names no address. Mails arrive; but if the address of this approver changes, mails go to the old one, too.',
  ],
  other: [
    'other filter',
    'the filter of this subscription is not the one that was deployed, so it may receive the links of others, or miss its own.',
  ],
} as const satisfies Record<FilterState, readonly [key: string, words: string] | null>;

/** The findings about the filters of the confirmed subscriptions of a mailbox, each once. */
function filterFindings(mailbox: Mailbox, all: readonly SubscriptionReading[]): Finding[] {
  const own = all.filter(
    ({ endpoint, id, protocol }) => endpoint === mailbox.address && id !== null && protocol === 'email',
  );
  const states = new Set(own.map(({ filter }) => filterState(filter, mailbox)));
  return [...states].flatMap((state) => {
    const problem = FILTER_PROBLEMS[state];
    if (problem === null) {
      return [];
    }
    const [key, words] = problem;
    return oneAbout(
      'subscriptions',
      `${addressMark(mailbox.address)} ${key}`,
      `${list(mailbox.ids)}: ${words}`,
    );
  });
}

const PROBLEMS = {
  confirmed: null,
  unprotected: 'mails arrive, but anybody who opens the unsubscribe link of one can end that',
  pending: 'the subscription is not confirmed, so mails are dropped',
  missing: 'the address is not subscribed, so mails are dropped',
  // An address of an approver is never foreign.
  foreign: null,
} as const satisfies Record<SubscriptionState, string | null>;

function stateFindings(state: SubscriptionState, mark: string, ids: readonly string[]): Finding[] {
  const problem = PROBLEMS[state];
  return problem === null ? [] : [oneAbout('subscriptions', mark, `${list(ids)}: ${problem}.`)];
}

/** The findings about operators who get no mail. */
export function operatorFindings(
  operators: readonly string[],
  all: readonly SubscriptionReading[],
): Finding[] {
  return operators.flatMap((address, index) => {
    const state = stateOf(address, all);
    const words = `Operator ${index + 1} of the setting "operators" gets no mail: ${PROBLEMS[state]}.`;
    return REACHES[state] ? [] : [oneAbout('operators', addressMark(address), words)];
  });
}

function markOf({ id, endpoint }: SubscriptionReading): string {
  return id ?? addressMark(endpoint);
}
