import type { Phase } from './case.ts';

/**
 * From which phase a case may go to which, as data: the docs draw it, and the tests see exactly these moves, none more and
 * none less. `none` is a user without a case. What leads from one to the other is the order of judgement.
 */
export const TRANSITIONS: Readonly<Record<Phase | 'none', readonly Phase[]>> = {
  none: ['rotating', 'awaiting-decision', 'excluded'],
  rotating: ['awaiting-decision', 'approved', 'held', 'excluded', 'closed'],
  'awaiting-decision': ['rotating', 'approved', 'grace', 'held', 'excluded', 'closed'],
  // No release before the one that grants exceptions brings a case there.
  exception: [],
  approved: ['rotating', 'awaiting-decision', 'grace', 'held', 'excluded', 'closed'],
  // To approved: the answer waited behind a restore that lapsed.
  grace: [
    'rotating',
    'awaiting-decision',
    'awaiting-confirmation',
    'approved',
    'deleting',
    'held',
    'excluded',
    'closed',
  ],
  // Back to grace: a setting made the grace period longer. Back from deleting: a setting became stricter.
  'awaiting-confirmation': [
    'rotating',
    'awaiting-decision',
    'grace',
    'deleting',
    'held',
    'excluded',
    'closed',
  ],
  deleting: ['rotating', 'awaiting-decision', 'grace', 'awaiting-confirmation', 'held', 'excluded', 'closed'],
  held: [
    'rotating',
    'awaiting-decision',
    'approved',
    'grace',
    'awaiting-confirmation',
    'deleting',
    'excluded',
    'closed',
  ],
  // To approved: an answer was on record already when the exclusion ended.
  excluded: ['rotating', 'awaiting-decision', 'approved', 'held', 'closed'],
  closed: ['rotating', 'awaiting-decision', 'excluded'],
};
