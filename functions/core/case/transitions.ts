import type { Phase } from './case.ts';

/**
 * From which phase a case may go to which, as data: the docs draw it, the property tests hold every judgement against
 * it. `null` is a user without a case. What leads from one to the other is the order of judgement.
 */
export const TRANSITIONS: Readonly<Record<Phase | 'none', readonly Phase[]>> = {
  none: ['rotating', 'awaiting-decision', 'excluded'],
  rotating: ['awaiting-decision', 'approved', 'held', 'excluded', 'closed'],
  'awaiting-decision': ['rotating', 'exception', 'approved', 'grace', 'held', 'excluded', 'closed'],
  exception: ['rotating', 'awaiting-decision', 'approved', 'held', 'excluded', 'closed'],
  approved: ['rotating', 'awaiting-decision', 'grace', 'held', 'excluded', 'closed'],
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
  excluded: ['rotating', 'awaiting-decision', 'held', 'closed'],
  closed: ['rotating', 'awaiting-decision', 'excluded'],
};
