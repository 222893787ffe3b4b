import type { Case } from '../case/case.ts';
import { type Want, wantOf } from '../case/list-rank.ts';
import type { Ask } from '../case/requests.ts';
import { harmlessProposal } from '../proposal/harmless.ts';
import type { Proposal } from '../proposal/proposal.ts';
import { type CaseView, caseView, type ViewedWith } from './case-view.ts';

/** Number of rows on a page of the list. */
export const ROWS = 25;

/** One open case in a list. */
export interface ListRow {
  readonly view: CaseView;
  readonly want: Want;
  /** The proposal that a list link may decide; null if this case needs a link of its own. */
  readonly harmless: Proposal | null;
}

/**
 * The row of an open case. Whether somebody has answered a moment ago is not known here: the answers are read only for the
 * page of a case.
 */
export function listRow(current: Case, look: Omit<ViewedWith, 'request'>): ListRow {
  const { policy, now, evidence = {} } = look;
  return {
    view: caseView(current, { ...look, request: null }),
    want: wantOf(current, policy),
    harmless: harmlessProposal(current, evidence, policy, now),
  };
}
