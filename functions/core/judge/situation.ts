import type { Case, KeyOrigin } from '../case/case.ts';
import type { Exposed } from '../case/exposure.ts';
import type { HistoryEvent, IamError, NotDone, RuleName } from '../case/history.ts';
import type { Ask, CheckedRequest } from '../case/requests.ts';
import type { Observation } from '../model/observation.ts';
import type { Control, Policy } from '../model/policy.ts';
import type { Instant, Seconds } from '../model/time.ts';
import type { Evidence } from '../proposal/context.ts';

/** The effect of an IAM write on a key. */
export type ActionKind = 'deactivate' | 'delete' | 'reactivate';

/** The one IAM write that a claim announces. */
export interface Action {
  readonly kind: ActionKind;
  readonly keyId: string;
}

/**
 * Result of the action of the previous pass in this invocation. `done`: IAM accepted it. `absent`: no such key.
 * `refused`: IAM returned an error and changed nothing. `not-made`: the observation after the claim did not permit it
 * (S3), or too little time was left.
 */
export interface Attempt {
  readonly action: Action;
  readonly outcome: 'done' | NotDone;
  /** The kind of answer that the table does not have as the case says. The write was not made because of that. */
  readonly unproved?: Ask['kind'];
  /** IAM's answer, if it refused the change. */
  readonly error?: IamError;
  /** The reason, as a code, if the change was not made. */
  readonly why?: string;
  /** The change window had closed before the call, which says nothing about the key or IAM. */
  readonly windowClosed?: true;
  /** The clock hour whose budget the claim used. */
  readonly hour?: string;
}

/** An attempt that did not succeed. */
export interface Failure extends Attempt {
  readonly outcome: NotDone;
}

/** The attempt if it failed; null if it succeeded or there was none. */
export function failureOf(last: Attempt | null): Failure | null {
  return last === null || last.outcome === 'done' ? null : { ...last, outcome: last.outcome };
}

/** Details of an attempt that failed, for the history. */
export function failureDetails({ why, error }: Attempt): Pick<HistoryEvent, 'detail' | 'iam'> {
  return {
    ...(why === undefined ? {} : { detail: why }),
    ...(error === undefined ? {} : { iam: error }),
  };
}

/** Everything a pass knows. Judging the same situation twice gives the same judgement. */
export interface Situation {
  readonly now: Instant;
  readonly policy: Policy;
  readonly control: Control;
  /** The open or latest case; null if there never was one. */
  readonly current: Case | null;
  readonly observed: Observation;
  /** The request stored for the facts as observed now, or else for the facts as recorded. */
  readonly request: CheckedRequest | null;
  /** The creator of a key, if this wake names one. */
  readonly origin: (KeyOrigin & { readonly keyId: string }) | null;
  /** Creators of keys that are not in the case yet. */
  readonly evidence: Case['origins'];
  /** The keys that AWS called exposed, as stored beside the case and as this event says. Absent: none. */
  readonly exposed?: Exposed;
  /**
   * Usage and facts about the user as stored beside the case. They withhold what a list link may decide (S15), and a deletion
   * until the work of a key has moved (S14). Absent: nothing is known.
   */
  readonly besides?: Evidence;
  /** Id of this pass, which its own lease does not stop. */
  readonly pass: string;
  /** Duration of this pass's lease: function timeout + 30 s. */
  readonly leaseFor: Seconds;
  readonly last: Attempt | null;
  /** This hour's changes are used up (S8): only a restore may be claimed now. Everything else continues. */
  readonly budgetSpent?: true;
}

/** The result of judging a situation. */
export interface Judgement {
  readonly rule: RuleName;
  /** The case to write as the next version; null if there is nothing to record. */
  readonly next: Case | null;
  readonly events: readonly HistoryEvent[];
  /** The one write to make after the claim is committed, if any. */
  readonly action: Action | null;
  /** Due time of the next evaluation, for an open case or one with unsent notices; null otherwise. */
  readonly dueAt: Instant | null;
  /** True if the case changed so that it must be observed again immediately. */
  readonly again: boolean;
}

/** A case during judgement, with the events of this pass so far. */
export interface Draft {
  readonly case: Case;
  readonly events: readonly HistoryEvent[];
}

/** The result of one rule: continue with the next rule and this draft, or end here. */
export type Step = { readonly go: 'on'; readonly draft: Draft } | Ending;

/** The rule that matched and its result. `again`: observe again immediately after writing this. */
export interface Ending {
  readonly go: 'end';
  readonly rule: RuleName;
  readonly draft: Draft;
  readonly action?: Action;
  readonly again?: boolean;
  /** A change that is due waits until then for something outside of the case. */
  readonly waitsUntil?: Instant;
}

/** A judgement that ends before there is a draft: with something to record, or only with the next due time. */
export type Early = Ending | { readonly go: 'none'; readonly rule: RuleName; readonly dueAt: Instant | null };

/** The situation of a user who was observed. */
export interface Seen extends Situation {
  readonly observed: Extract<Observation, { readonly kind: 'user' }>;
}
