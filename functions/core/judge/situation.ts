import type { Case, KeyOrigin } from '../case/case.ts';
import type { HistoryEvent } from '../case/history.ts';
import type { Observation } from '../model/observation.ts';
import type { Control, Policy } from '../model/policy.ts';
import type { CheckedRequest } from '../case/requests.ts';
import type { Instant, Seconds } from '../model/time.ts';

/** The one IAM write that a claim announces. */
export interface Action {
  kind: 'deactivate' | 'delete' | 'reactivate';
  keyId: string;
}

/**
 * What became of the action of the pass before, in the same invocation. `done`: IAM accepted it. `absent`: no such key.
 * `refused`: IAM answered and changed nothing. `not-made`: the look after the claim forbade it (S3), or no time was left.
 */
export interface Attempt {
  action: Action;
  outcome: 'done' | 'absent' | 'refused' | 'not-made';
}

/** Everything a pass knows. Judging the same situation twice gives the same judgement. */
export interface Situation {
  now: Instant;
  policy: Policy;
  control: Control;
  /** The open or last case. */
  known: Case | null;
  observed: Observation;
  /** The request stored for the facts as seen now, or else for the facts as recorded. */
  request: CheckedRequest | null;
  /** Who made a key, when this wake says so. */
  origin: (KeyOrigin & { keyId: string }) | null;
  /** Who made keys that no case told of yet. */
  evidence: Case['origins'];
  /** Id of this pass: its own lease does not bind it. */
  pass: string;
  /** How long a claim of this pass lasts: function timeout + 30 s. */
  leaseFor: Seconds;
  last: Attempt | null;
  /** This hour's changes are used up (S8): nothing is claimed now but a restore; everything else goes on. */
  budgetSpent?: true;
}

/** The rules in the order of judgement, by name. */
export type RuleName =
  | 'leased'
  | 'unknown'
  | 'gone'
  | 'compliant'
  | 'excluded'
  | 'restore'
  | 'settled'
  | 'ask-about-one'
  | 'no-active-key'
  | 'carry-on'
  | 'carry-out'
  | 'rotating'
  | 'awaiting';

/** What a pass concludes. */
export interface Judgement {
  rule: RuleName;
  /** The case to write as the next version; null when there is nothing to record. */
  next: Case | null;
  events: readonly HistoryEvent[];
  /** The one write to make after the claim is committed, if any. */
  action: Action | null;
  /** When to look next, for an open case or one that owes notices; null otherwise. */
  lookAt: Instant | null;
  /** The case moved on to something that wants a fresh look at once. */
  again: boolean;
}

/** A case under judgement, with what happened to it so far in this pass. */
export interface Draft {
  case: Case;
  events: readonly HistoryEvent[];
}

/** What one rule says: go on to the next with this draft, or end here. */
export type Step = { go: 'on'; draft: Draft } | Ending;

/** The rule that matched, and what follows. `again`: look once more right after this was written. */
export interface Ending {
  go: 'end';
  rule: RuleName;
  draft: Draft;
  action?: Action;
  again?: boolean;
}

/** The situation once the user was seen. */
export interface Seen extends Situation {
  observed: Extract<Observation, { kind: 'user' }>;
}
