/**
 * A reason why a validation does not vouch for a user.
 * `not-read`: nothing is known of the keys · `older-facts`: the keys could not be read when they were to be · `too-old`: the facts
 * are older than a day · `after-list`: created after the list of users was requested · `no-ids`: the credential report names no
 * keys · `before-closing`: the facts are from before the case closed · `history`: the history of the user's cases does not fit ·
 * `unread-case`: this release cannot read the case.
 */
export type Doubt =
  | 'not-read'
  | 'older-facts'
  | 'too-old'
  | 'after-list'
  | 'no-ids'
  | 'before-closing'
  | 'history'
  | 'unread-case';

/** Each doubt as a sentence. */
export const DOUBT: Readonly<Record<Doubt, string>> = {
  'not-read': 'The keys could not be read, and the credential report does not have this user.',
  'older-facts': 'The keys could not be read when they were to be, so these are older facts.',
  'too-old': 'The facts about the keys are older than a day.',
  'after-list': 'The user was created after the list of users was requested.',
  'no-ids': 'Only the credential report was read, which does not say which keys they are.',
  'before-closing': 'The keys were read before the case was closed.',
  history: 'The history of the cases of this user is not whole.',
  'unread-case': 'This release cannot read the case.',
};
