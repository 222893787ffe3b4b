import { addresseeIn } from '../../core/case/mailed-to.ts';
import { ownKeys } from '../../core/case/own-key.ts';
import type { ListClaim } from '../../core/case/requests.ts';
import type { UnreadCase } from '../../core/case/unread.ts';
import { type CheckedSubscriptions, withReach } from '../../core/health/reach.ts';
import { type SelfPause, selfPause } from '../../core/model/control.ts';
import { type Approver, type Control, deciders, isPaused, UNRESTRICTED } from '../../core/model/policy.ts';
import type { CaseView } from '../../core/page/case-view.ts';
import { isOnListOf, type ListRow, listRow, ROWS } from '../../core/page/list.ts';
import { EVERY_ROW, isFiltering, type ListFilter, shows } from '../../core/page/list-filter.ts';
import { evidenceFrom } from '../../core/proposal/context.ts';
import type { ListCounts, ListedCase, ListPlace, ListStore } from '../list-ports.ts';
import type { PagePorts, Refused } from './show-case.ts';

/** The ports of the page of a list. */
export interface ListPorts extends PagePorts {
  readonly list: ListStore;
}

/** An open case in the list, or one that this release cannot read. */
export type ListEntry = ListRow | { readonly unread: UnreadCase };

/** The list of open cases of whoever opened it. */
export interface FoundList {
  readonly kind: 'list';
  readonly visitor: { readonly approver: Approver; readonly claim: ListClaim };
  /** Most urgent first. */
  readonly entries: readonly ListEntry[];
  /** Null on any page but the first. */
  readonly counts: ListCounts | null;
  readonly next: ListPlace | null;
  readonly filter: ListFilter;
  readonly paused: boolean;
  /** The pause if Solekey began it itself. */
  readonly selfPause: SelfPause | null;
  readonly subscriptions: CheckedSubscriptions | null;
}

export type ShownList = Refused | FoundList;

/**
 * Reads one page of the list behind a link, from the row after `after` on: the rows that the filter shows. It changes nothing. A
 * case that this release cannot read fits no filter.
 */
export async function showList(
  ports: ListPorts,
  token: string,
  after: ListPlace | null,
  filter: ListFilter = EVERY_ROW,
): Promise<ShownList> {
  const { links, list, clock, policy } = ports;
  const claim = await links.verify(token);
  const now = clock.now();
  if (claim === null || claim.scope !== 'list') {
    return { kind: 'refused', why: 'not-ours' };
  }
  if (now > claim.expires) {
    return { kind: 'refused', why: 'expired' };
  }
  // One read answers whose list it is and what is in it; nothing of it is shown to anybody else.
  const entryOf = (
    { current, ...stored }: ListedCase,
    control: Control = UNRESTRICTED,
    own: CaseView['own'] = {},
  ): ListEntry =>
    'why' in current
      ? { unread: current }
      : listRow(current, { now, policy, control, own, evidence: evidenceFrom(stored, policy) });
  // The control item changes nothing by which rows are chosen, so a filter need not know it.
  const wanted = (one: ListedCase) => {
    const entry = entryOf(one);
    return !('unread' in entry) && shows(filter, entry, policy, now);
  };
  const { control, subscriptions, cases, counts, next } = await list.page(
    claim.account,
    after,
    ROWS,
    isFiltering(filter) ? wanted : undefined,
  );
  const approver = addresseeIn(deciders(policy, control, claim), claim);
  if (approver === null) {
    return { kind: 'refused', why: 'not-yours' };
  }
  const mine = cases.filter(({ current }) => isOnListOf(claim, current, policy, control));
  const reach = withReach(control, subscriptions, now);
  const entries = mine.map((one) => {
    const own = 'why' in one.current ? {} : ownKeys(one.current, approver, policy, reach);
    return entryOf(one, control, own);
  });
  return {
    kind: 'list',
    visitor: { approver, claim },
    entries,
    counts,
    next,
    filter,
    paused: isPaused(control),
    selfPause: selfPause(control),
    subscriptions,
  };
}
