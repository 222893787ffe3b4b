import type { Case } from '../case/case.ts';
import { type Want, wantOf } from '../case/list-rank.ts';
import { addresseeIn } from '../case/mailed-to.ts';
import type { ListClaim } from '../case/requests.ts';
import { type Control, deciders, type Policy } from '../model/policy.ts';
import { harmlessProposal } from '../proposal/harmless.ts';
import type { Proposal } from '../proposal/proposal.ts';
import { togetherProposal } from '../proposal/together.ts';
import { type CaseView, caseView, type ViewedWith } from './case-view.ts';

/** Number of rows on a page of the list. With the keys of each row more would make a page larger than 30 kB. */
export const ROWS = 15;

/** True if a case is on the list of the person for whom a list link was made. */
export function isOnListOf(
  claim: ListClaim,
  current: Pick<Case, 'account'>,
  policy: Policy,
  control: Control,
): boolean {
  return current.account === claim.account && addresseeIn(deciders(policy, control, current), claim) !== null;
}

/** The proposal that the holder of a list link may decide; null if there is none, or it keeps a key that they created. */
export function listProposal(
  { current, evidence, own }: CaseView,
  { policy, now }: Pick<ViewedWith, 'policy' | 'now'>,
): Proposal | null {
  const harmless = harmlessProposal(current, evidence, policy, now);
  return harmless === null || own[harmless.keep] !== undefined ? null : harmless;
}

/**
 * The proposal that they may decide together with those of other cases; null if this one is decided alone, for which a key that
 * they created is reason enough.
 */
export function reviewProposal(view: CaseView, look: Pick<ViewedWith, 'policy' | 'now'>): Proposal | null {
  const { current, evidence } = view;
  return listProposal(view, look) === null
    ? null
    : togetherProposal(current, evidence, look.policy, look.now);
}

/** One open case in a list. */
export interface ListRow {
  readonly view: CaseView;
  readonly want: Want;
  /** The proposal that a list link may decide; null if this case needs a link of its own. */
  readonly harmless: Proposal | null;
  /** The proposal that it may decide together with those of other rows; null if this case is decided alone. */
  readonly together: Proposal | null;
}

/**
 * The row of an open case. An answer of a moment ago is not known here, because answers are read only for the page of a case.
 */
export function listRow(current: Case, look: Omit<ViewedWith, 'request'>): ListRow {
  const view = caseView(current, { ...look, request: null });
  return {
    view,
    want: wantOf(current, look.policy),
    harmless: listProposal(view, look),
    together: reviewProposal(view, look),
  };
}
