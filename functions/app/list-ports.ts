import type { Case } from '../core/case/case.ts';
import type { Want } from '../core/case/list-rank.ts';
import type { UnreadCase } from '../core/case/unread.ts';
import type { CheckedSubscriptions } from '../core/health/reach.ts';
import type { Control } from '../core/model/policy.ts';
import type { StoredEvidence } from '../core/proposal/context.ts';

/** A place in the list: the row after which a page begins. It admits to nothing, because the list is the server's choice. */
export interface ListPlace {
  readonly rank: string;
  readonly account: string;
  readonly userId: string;
}

/** An open case of the list, or one that this release cannot read, with the evidence stored beside it. */
export interface ListedCase extends StoredEvidence {
  readonly current: Case | UnreadCase;
}

/** The number of open cases by what they want. Closed cases whose end a digest still has to tell are no part of it. */
export interface ListCounts {
  readonly of: Readonly<Record<Want, number>>;
  /** True if there are more cases than one read of the index reaches. */
  readonly more: boolean;
}

/** A part of the list. A case that closed a moment ago may be counted and is not listed. */
export interface ListPage {
  readonly control: Control;
  /** The states of the approvers' subscriptions; null if health never checked them. */
  readonly subscriptions: CheckedSubscriptions | null;
  /** Most urgent first. */
  readonly cases: readonly ListedCase[];
  /** Null on a page that does not begin with the first row. */
  readonly counts: ListCounts | null;
  /** The last row of this page; null if no further row follows. */
  readonly next: ListPlace | null;
}

/** The list of open cases of the account's approvers, worst first. The index says which, the table says what they are. */
export interface ListStore {
  /**
   * At most `limit` cases (15 for a page, 32 at most), with the control item and the states of subscriptions, in two calls. With
   * `wanted` only those for which it is true: then at most 640 cases are read for a page, in 20 calls more, and the next
   * page goes on from there.
   */
  page(
    account: string,
    after: ListPlace | null,
    limit: number,
    wanted?: (one: ListedCase) => boolean,
  ): Promise<ListPage>;
}
