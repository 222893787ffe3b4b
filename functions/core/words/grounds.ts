import type { DecisionReason } from '../case/decision.ts';

/** The reasons as a form offers them. */
export const REASON_TO_CHOOSE: Readonly<Record<DecisionReason, string>> = {
  unused: 'It is not used any more',
  replaced: 'Another key replaced it',
  'person-left': 'The person who had it left',
  compromised: 'It is compromised: somebody else may have it',
  other: 'Another reason',
};

/** The reasons as part of a sentence about a decision, after `Reason: `. */
export const REASON: Readonly<Record<DecisionReason, string>> = {
  unused: 'not used any more',
  replaced: 'replaced by another key',
  'person-left': 'the person who had it left',
  compromised: 'compromised, somebody else may have it',
  other: 'another one',
};
