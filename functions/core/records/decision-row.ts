import type { ClosedAs } from '../case/case.ts';
import type { DecisionKind, DecisionReason } from '../case/decision.ts';
import type { AnyPurpose, Ask } from '../case/requests.ts';
import type { Deletion } from '../model/policy.ts';
import type { Instant, Seconds } from '../model/time.ts';
import type { RowHead } from './row.ts';

/** Kinds of answers that ask for a time without changes, and the settings' own one: `excluded`. */
export type RecordedKind = DecisionKind | Extract<Ask['kind'], 'keep-inactive'> | 'excluded';

/** Keys that are left as they are until a date. */
export interface RecordedException {
  /** Active keys of `not-now`, inactive ones of `keep-inactive`. */
  readonly keys: readonly string[];
  readonly until: Instant;
  /** How often an exception was renewed for one of these keys, this time included; null for `keep-inactive`. */
  readonly renewals: number | null;
}

/** A notice that SNS accepted for a person. */
export interface ToldPerson {
  /** Id of the approver. */
  readonly recipient: string;
  /** The kind of the notice, such as `detected` or `reminder`. */
  readonly notice: string;
  readonly at: Instant;
}

/** The end of a decision before the case ended. */
export interface DecisionEnd {
  readonly at: Instant;
  /**
   * `superseded`: another decision took its place · `reopened`: the violation returned · `excluded`, `outside`: the settings leave
   * the user alone · `exclusion-ended` · anything else is the reason for which it became void, as the history has it.
   */
  readonly why: string;
  readonly by: string | null;
  readonly keyId: string | null;
}

/** A request to give keys back. */
export interface AskedRestore {
  readonly keys: readonly string[];
  readonly by: string;
  readonly at: Instant;
}

/** *Decision record*: what was decided about a user, by whom, on what grounds, and with what result. */
export interface DecisionRow extends RowHead {
  /** Number of the question that was answered. */
  readonly question: number;
  readonly kind: RecordedKind;
  /** Full ids, as in all fields. `excluded`: all Active keys. */
  readonly keysKept: readonly string[];
  readonly keysToDeactivate: readonly string[];
  readonly keysToDelete: readonly string[];
  readonly exception: RecordedException | null;
  readonly reason: DecisionReason | null;
  /** SHA-256 (hex) of the person's own words. */
  readonly commentDigest: string | null;
  /** Keys whose use the person acknowledged. */
  readonly acknowledged: readonly string[];
  /** The terms of the deletion that were shown; null if the answer deletes nothing. */
  readonly deletion: Deletion | null;
  readonly graceSeconds: Seconds | null;
  /** Id of the approver whose link was used; null if nobody answered. */
  readonly by: string | null;
  /** Mark of the address to which that link was mailed. */
  readonly address: string | null;
  readonly link: AnyPurpose | null;
  /** When the person answered; null if it is not known. */
  readonly answeredAt: Instant | null;
  /** When the answer became the decision, or the exclusion was seen. */
  readonly adoptedAt: Instant;
  /** When the first change was committed; null if none was. */
  readonly carriedOutAt: Instant | null;
  /** The confirmation of the deletion; null if there is none. */
  readonly confirmed: { readonly by: string; readonly address: string; readonly at: Instant } | null;
  /** The notices accepted for people since the decision before, or since the case was opened. */
  readonly told: readonly ToldPerson[];
  /** True if the person created a key that stays; null if that is not known. */
  readonly madeByDecider: boolean | null;
  /** Null if the decision was in force when the case ended, or still is. */
  readonly ended: DecisionEnd | null;
  readonly restores: readonly AskedRestore[];
  readonly closedAt: Instant | null;
  readonly closedAs: ClosedAs | null;
  /** The keys that must be Active from the end of the case on; null if the record expects nothing. */
  readonly expectedActive: readonly string[] | null;
}

/** A record that says nothing yet but when it began. */
export function blankDecision(
  head: RowHead,
  own: Pick<DecisionRow, 'question' | 'kind' | 'adoptedAt' | 'closedAt' | 'closedAs'>,
): DecisionRow {
  return {
    ...head,
    ...own,
    keysKept: [],
    keysToDeactivate: [],
    keysToDelete: [],
    exception: null,
    reason: null,
    commentDigest: null,
    acknowledged: [],
    deletion: null,
    graceSeconds: null,
    by: null,
    address: null,
    link: null,
    answeredAt: null,
    carriedOutAt: null,
    confirmed: null,
    told: [],
    madeByDecider: null,
    ended: null,
    restores: [],
    expectedActive: null,
  };
}
