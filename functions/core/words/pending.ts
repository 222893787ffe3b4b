/**
 * The reason why a decision about a key is not carried out to its end yet.
 * `to-deactivate`: decided, and still active · `put-off`: an approver keeps it inactive until a date · `due`: it waits for its
 * announcement, the change window, the hourly limit or a lookup of its usage · `never`: the setting is to delete no keys.
 */
export type PendingWhy =
  | 'to-deactivate'
  | 'paused'
  | 'held'
  | 'excluded'
  | 'undecided'
  | 'deleting'
  | 'confirmation'
  | 'never'
  | 'put-off'
  | 'grace'
  | 'due';

/** Each reason in a few words. */
export const PENDING: Readonly<Record<PendingWhy, string>> = {
  'to-deactivate': 'decided, still active',
  paused: 'Solekey is paused',
  held: 'on hold',
  excluded: 'the user is excluded now',
  undecided: 'inactive, and nothing is decided about it now',
  deleting: 'the deletion is under way',
  confirmation: 'its deletion must be confirmed',
  never: 'no keys are deleted in this account',
  'put-off': 'an approver put the deletion off',
  grace: 'in its grace period',
  due: 'waits for its announcement, the change window or a lookup',
};
