import type { Policy } from '../model/policy.ts';
import { type Case, isOpen } from './case.ts';
import { reasonsPooledIn } from './dropped.ts';
import { pooledIn } from './notices.ts';
import { isSuspicious } from './unexpected-creators.ts';

/** The most urgent thing that an open case wants of its approvers. */
export type Want = 'alarm' | 'held' | 'deletion-to-confirm' | 'undecided' | 'rest';

/** The wants of an open case, the most urgent first. The digits are stored, so none ever changes its meaning. */
const RANKS = {
  alarm: 1,
  held: 2,
  'deletion-to-confirm': 3,
  undecided: 4,
  rest: 5,
} as const satisfies Record<Want, number>;

/**
 * The rank of a closed case of which a digest still has to tell something. It is no want, so the page of the list neither
 * shows nor counts it.
 */
const CLOSED_UNTOLD = 6;

/** All wants, the most urgent first. */
export const WANTS = Object.keys(RANKS) as readonly Want[];

/**
 * The rank of a case in the list of its approvers' open cases, as text that sorts: the most urgent first, of those the one
 * that has been open for longest. A closed case stays in the list, as the last, until a digest has told everybody of its
 * end; then it is null, and in no list.
 */
export function listRank(current: Case, policy: Pick<Policy, 'trustedCreators'>): string | null {
  const told = !isOpen(current) && pooledIn(current).length === 0 && reasonsPooledIn(current).length === 0;
  const rank = isOpen(current) ? RANKS[wantOf(current, policy)] : CLOSED_UNTOLD;
  return told ? null : `${rank}#${current.opened}`;
}

/**
 * The want that a stored rank stands for; null for the rank of a closed case, which wants nothing. A rank of a newer release
 * counts with the least urgent, as it sorts.
 */
export function wantOfRank(rank: string): Want | null {
  if (rank.startsWith(`${CLOSED_UNTOLD}#`)) {
    return null;
  }
  return WANTS.find((want) => rank.startsWith(`${RANKS[want]}#`)) ?? 'rest';
}

/** The want of an open case. */
export function wantOf(current: Case, policy: Pick<Policy, 'trustedCreators'>): Want {
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
