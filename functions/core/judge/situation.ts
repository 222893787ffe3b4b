import type { Case, KeyOrigin } from '../case/case.ts';
import type { HistoryEvent, NotDone, RuleName } from '../case/history.ts';
import type { CheckedRequest } from '../case/requests.ts';
import type { Observation } from '../model/observation.ts';
import type { Control, Policy } from '../model/policy.ts';
import type { Instant, Seconds } from '../model/time.ts';

/** What an IAM write of ours does to a key. */
export type ActionKind = 'deactivate' | 'delete' | 'reactivate';

/** The one IAM write that a claim announces. */
export interface Action {
  readonly kind: ActionKind;
  readonly keyId: string;
}

/**
 * What became of the action of the pass before, in the same invocation. `done`: IAM accepted it. `absent`: no such key.
 * `refused`: IAM answered and changed nothing. `not-made`: the look after the claim forbade it (S3), or no time was left.
 */
export interface Attempt {
  readonly action: Action;
  readonly outcome: 'done' | NotDone;
}

/** An attempt that came to nothing. */
export interface Failure extends Attempt {
  readonly outcome: NotDone;
}

/** The attempt, where it came to nothing. */
export function failureOf(last: Attempt | null): Failure | null {
  return last === null || last.outcome === 'done' ? null : { ...last, outcome: last.outcome };
}

/** Everything a pass knows. Judging the same situation twice gives the same judgement. */
export interface Situation {
  readonly now: Instant;
  readonly policy: Policy;
  readonly control: Control;
  /** The open or last case. */
  readonly current: Case | null;
  readonly observed: Observation;
  /** The request stored for the facts as seen now, or else for the facts as recorded. */
  readonly request: CheckedRequest | null;
  /** Who made a key, when this wake says so. */
  readonly origin: (KeyOrigin & { readonly keyId: string }) | null;
  /** Who made keys that no case told of yet. */
  readonly evidence: Case['origins'];
  /** Id of this pass: its own lease does not bind it. */
  readonly pass: string;
  /** How long a claim of this pass lasts: function timeout + 30 s. */
  readonly leaseFor: Seconds;
  readonly last: Attempt | null;
  /** This hour's changes are used up (S8): nothing is claimed now but a restore; everything else goes on. */
  readonly budgetSpent?: true;
}

/** What a pass concludes. */
export interface Judgement {
  readonly rule: RuleName;
  /** The case to write as the next version; null when there is nothing to record. */
  readonly next: Case | null;
  readonly events: readonly HistoryEvent[];
  /** The one write to make after the claim is committed, if any. */
  readonly action: Action | null;
  /** When to look next, for an open case or one that owes notices; null otherwise. */
  readonly dueAt: Instant | null;
  /** The case moved on to something that wants a fresh look at once. */
  readonly again: boolean;
}

/** A case under judgement, with what happened to it so far in this pass. */
export interface Draft {
  readonly case: Case;
  readonly events: readonly HistoryEvent[];
}

/** What one rule says: go on to the next with this draft, or end here. */
export type Step = { readonly go: 'on'; readonly draft: Draft } | Ending;

/** The rule that matched, and what follows. `again`: look once more right after this was written. */
export interface Ending {
  readonly go: 'end';
  readonly rule: RuleName;
  readonly draft: Draft;
  readonly action?: Action;
  readonly again?: boolean;
}

/** The situation once the user was seen. */
export interface Seen extends Situation {
  readonly observed: Extract<Observation, { readonly kind: 'user' }>;
}
