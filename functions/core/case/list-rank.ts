import type { Policy } from '../model/policy.ts';
import { type Case, isOpen } from './case.ts';
import { isSuspicious } from './unexpected-creators.ts';

/** The name of what an open case wants from people. */
export type Want = keyof typeof RANKS;

/** The wants of an open case, the most urgent first. The digits are stored, so none ever changes its meaning. */
const RANKS = { alarm: 1, held: 2, 'deletion-to-confirm': 3, undecided: 4, rest: 5 } as const;

/**
 * The rank of a case in the list of its approvers' open cases, as text that sorts: the most urgent first, of those the one
 * that has been open for longest. Null for a closed case, which is in no list.
 */
export function listRank(current: Case, policy: Pick<Policy, 'trustedCreators'>): string | null {
  return isOpen(current) ? `${RANKS[wantOf(current, policy)]}#${current.opened}` : null;
}

function wantOf(current: Case, policy: Pick<Policy, 'trustedCreators'>): Want {
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

/** The want of a case with this rank, as any release stored it; null for a rank that only a newer release knows. */
export function wantOfRank(rank: string): Want | null {
  const [digit] = rank.split('#');
  const wants = Object.keys(RANKS) as Want[];
  return wants.find((want) => String(RANKS[want]) === digit) ?? null;
}
