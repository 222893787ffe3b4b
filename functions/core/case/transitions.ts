import type { Phase } from './case.ts';

/**
 * The transitions between phases. The docs draw this table, and a test fails if the suites see a transition that is
 * not in it, or do not see one that is. `none` is a user without a case. Which transition happens is decided by the
 * order of judgement.
 */
export const TRANSITIONS: Readonly<Record<Phase | 'none', readonly Phase[]>> = {
  none: ['rotating', 'awaiting-decision', 'excluded'],
  rotating: ['awaiting-decision', 'exception', 'approved', 'held', 'excluded', 'closed'],
  'awaiting-decision': ['rotating', 'exception', 'approved', 'grace', 'held', 'excluded', 'closed'],
  // To grace: a setting came to delete keys that were to stay inactive. To deleting: a key was seen again.
  exception: ['rotating', 'awaiting-decision', 'approved', 'grace', 'deleting', 'held', 'excluded', 'closed'],
  approved: ['rotating', 'awaiting-decision', 'exception', 'grace', 'held', 'excluded', 'closed'],
  // To approved: the answer had to wait for a restore, which then lapsed; or, as below, the last key is to be deactivated, too.
  grace: [
    'rotating',
    'awaiting-decision',
    'exception',
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
    'exception',
    'approved',
    'grace',
    'deleting',
    'held',
    'excluded',
    'closed',
  ],
  deleting: [
    'rotating',
    'awaiting-decision',
    'exception',
    'approved',
    'grace',
    'awaiting-confirmation',
    'held',
    'excluded',
    'closed',
  ],
  held: [
    'rotating',
    'awaiting-decision',
    'exception',
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
