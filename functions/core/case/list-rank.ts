import type { Policy } from '../model/policy.ts';
import { type Case, isOpen } from './case.ts';
import { pooledIn } from './notices.ts';
import { isSuspicious } from './unexpected-creators.ts';

/** The wants of an open case, the most urgent first. The digits are stored, so none ever changes its meaning. */
const RANKS = {
  alarm: 1,
  held: 2,
  'deletion-to-confirm': 3,
  undecided: 4,
  rest: 5,
  'closed-untold': 6,
} as const;

/**
 * The rank of a case in the list of its approvers' open cases, as text that sorts: the most urgent first, of those the one
 * that has been open for longest. A closed case stays in the list, as the last, until a digest has told everybody of its
 * end; then it is null, and in no list.
 */
export function listRank(current: Case, policy: Pick<Policy, 'trustedCreators'>): string | null {
  const told = !isOpen(current) && pooledIn(current).length === 0;
  return told ? null : `${RANKS[wantOf(current, policy)]}#${current.opened}`;
}

function wantOf(current: Case, policy: Pick<Policy, 'trustedCreators'>): keyof typeof RANKS {
  if (!isOpen(current)) {
    return 'closed-untold';
  }
  if (isSuspicious(current, policy)) {
    return 'alarm';
  }
  if (current.phase === 'held') {
    return 'held';
  }
  if (current.phase === 'awaiting-confirmation' && current.decision?.confirmed === null) {
    return 'deletion-to-confirm';
  }
  return current.phase === 'awaiting-decision' ? 'undecided' : 'rest';
}
