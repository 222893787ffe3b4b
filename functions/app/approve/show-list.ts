import { addresseeIn } from '../../core/case/mailed-to.ts';
import { ownKeys } from '../../core/case/own-key.ts';
import type { ListClaim } from '../../core/case/requests.ts';
import type { UnreadCase } from '../../core/case/unread.ts';
import { type CheckedSubscriptions, withReach } from '../../core/health/reach.ts';
import { type SelfPause, selfPause } from '../../core/model/control.ts';
import { type Approver, deciders, isPaused } from '../../core/model/policy.ts';
import { isOnListOf, type ListRow, listRow, ROWS } from '../../core/page/list.ts';
import { evidenceFrom } from '../../core/proposal/context.ts';
import type { ListCounts, ListPlace, ListStore } from '../list-ports.ts';
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
  readonly paused: boolean;
  /** The pause if Solekey began it itself. */
  readonly selfPause: SelfPause | null;
  readonly subscriptions: CheckedSubscriptions | null;
}

export type ShownList = Refused | FoundList;

/** Reads one page of the list behind a link, from the row after `after` on. It changes nothing. */
export async function showList(ports: ListPorts, token: string, after: ListPlace | null): Promise<ShownList> {
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
  const { control, subscriptions, cases, counts, next } = await list.page(claim.account, after, ROWS);
  const approver = addresseeIn(deciders(policy, control, claim), claim);
  if (approver === null) {
    return { kind: 'refused', why: 'not-yours' };
  }
  const mine = cases.filter(({ current }) => isOnListOf(claim, current, policy, control));
  const entries = mine.map(({ current, ...stored }): ListEntry => {
    const evidence = evidenceFrom(stored, policy);
    if ('why' in current) {
      return { unread: current };
    }
    const own = ownKeys(current, approver, policy, withReach(control, subscriptions, now));
    return listRow(current, { now, policy, control, evidence, own });
  });
  return {
    kind: 'list',
    visitor: { approver, claim },
    entries,
    counts,
    next,
    paused: isPaused(control),
    selfPause: selfPause(control),
    subscriptions,
  };
}
