/**
 * The state of a case for the holder of a link.
 * `question`: a decision is needed · `decided`: a decision about exactly these keys was given · `restoring`: a key is
 * being reactivated ·
 * `confirm`: a person may confirm the deletion, and the keys can be restored · `grace`: deactivated keys can be
 * restored ·
 * `deleting`: they cannot be restored any more · `observing`, `excluded`: Solekey may not change this user ·
 * `held`: a safety rule stopped us, and no form helps · `waiting`: nothing to decide until the next evaluation.
 */
export type CaseState =
  | 'question'
  | 'decided'
  | 'restoring'
  | 'confirm'
  | 'grace'
  | 'deleting'
  | 'observing'
  | 'excluded'
  | 'held'
  | 'waiting';
