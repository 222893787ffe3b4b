import type { Phase } from '../case/case.ts';

/**
 * The recommended next step for a user, as a code. An open case has one for each phase.
 * `no-case`: several active keys and no open case · `unread-case`: only a newer release can read the case, or somebody changed
 * it · `observed`: keys of this user are never changed, in observe mode or outside `only` · `read`: the keys are not known well
 * enough · `verify`: the history does not fit · `compare`: the remaining key is not the one on record · `replaced`: it was created
 * after the case had closed, as in a rotation.
 */
export type NextStep =
  | Exclude<Phase, 'closed'>
  | 'no-case'
  | 'unread-case'
  | 'observed'
  | 'read'
  | 'verify'
  | 'compare'
  | 'replaced';

/** Each step as a sentence for whoever reads a validation. */
export const NEXT_STEP: Readonly<Record<NextStep, string>> = {
  'no-case':
    'Wait for the next survey, which opens a case; if there is still none a day later, run the doctor.',
  'unread-case': 'Deploy the newest release of Solekey, or find out who changed this case in the table.',
  observed: 'Reduce the active keys to one in IAM: Solekey changes no key of this user.',
  excluded: 'Reduce the active keys to one in IAM, or end the exclusion: Solekey never changes this user.',
  rotating: 'Finish the rotation: deactivate the older key as soon as the new one is in use.',
  'awaiting-decision': 'Decide which key to keep, with the link in the latest mail or digest.',
  exception: 'Wait for the end of the exception, when approvers are asked again, or decide earlier.',
  approved: 'Wait: a decision is recorded and is carried out next.',
  grace: 'Check that everything still works; until the deletion the key can be reactivated.',
  'awaiting-confirmation': 'Confirm the deletion, or reactivate the key.',
  deleting: 'Wait: the deletion is under way.',
  held: 'Check the user in IAM: a safety rule stopped Solekey, and the page of the case says which.',
  read: 'Read this user again, and give Solekey the missing permission if IAM refuses.',
  verify: 'Run npm run verify, which names the entry of the history that does not fit.',
  replaced: 'Check that the owner planned this new key: it was created after the case had closed.',
  compare: 'Ask the owner of the user why the active keys differ from the decision record.',
};
