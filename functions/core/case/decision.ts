import type { Deletion } from '../model/policy.ts';
import type { Instant, Seconds } from '../model/time.ts';
import type { HeldUp } from './held-up.ts';

/**
 * A person's reason for a decision, from the list of a page. Read from 0.6.0 on, asked for from 0.7.0 on.
 * `replaced`: another key does its work · `person-left`: its owner left · `compromised`: somebody else may have it.
 */
export const DECISION_REASONS = ['unused', 'replaced', 'person-left', 'compromised', 'other'] as const;

/** One of {@link DECISION_REASONS}. */
export type DecisionReason = (typeof DECISION_REASONS)[number];

/** A person's grounds for a decision. Both are absent if the page did not ask. */
export interface Grounds {
  readonly reason?: DecisionReason;
  /**
   * SHA-256 (hex) of the person's own words. Only this is sealed and chained, because the words are stored beside the answer,
   * where they can be erased without breaking either.
   */
  readonly commentDigest?: string;
}

/** The grounds alone, each only if it was given. */
export function groundsIn({ reason, commentDigest }: Grounds): Grounds {
  return {
    ...(reason === undefined ? {} : { reason }),
    ...(commentDigest === undefined ? {} : { commentDigest }),
  };
}

/** Maximum length of a comment, in UTF-16 units as browsers count them. */
export const LONGEST_COMMENT = 500;

/** The choice and the terms that every decision has, whatever its kind. */
interface AnyDecision extends Grounds {
  /** The digest of the facts that were shown. There is one decision per digest. */
  readonly digest: string;
  /** Id of the approver whose link was used. */
  readonly by: string;
  /** Mark of the address to which the link was mailed, because another person may get the id later. */
  readonly address: string;
  readonly at: Instant;
  /** Active keys to deactivate, in the order shown. */
  readonly deactivate: readonly string[];
  /** Keys to delete after the grace period: those in `deactivate`, and those already deactivated by this case. */
  readonly remove: readonly string[];
  /** The Active keys that were shown (S5). */
  readonly shownActive: readonly string[];
  /** Keys whose use the person acknowledged (S6). */
  readonly acknowledged: readonly string[];
  /** Last use, as shown, of the keys that were already inactive. A later use needs a new decision (S6). */
  readonly shownUse: Readonly<Record<string, Instant>>;
  /**
   * The terms shown to the person. Settings may move dates later but never earlier, and make deletion stricter but
   * never less strict. Once a confirmation is requested, it becomes one of the terms.
   */
  readonly terms: { readonly grace: Seconds; readonly deletion: Deletion };
  /** When its first claim was committed; null before that. Until then the decision expires after `decisionValid`. */
  readonly carriedOutAt: Instant | null;
  /** The confirmation of the deletion; null if there is none. */
  readonly confirmed: Confirmed | null;
  /**
   * The time for which the hourly budget or the change window made the decision wait, since its first claim. It extends the
   * validity.
   */
  readonly heldUp?: HeldUp;
  /**
   * When its deletion was committed because the work of all keys that were in use had been seen with the kept key (S14). A
   * later lookup cannot take that back. Absent if a person confirmed the deletion, or if nobody had to.
   */
  readonly workMoved?: Instant;
  /**
   * True if whoever made it created a key that stays, which was possible only because no other approver could be reached.
   * Everybody and the operators are told. Written from 0.9.0 on.
   */
  readonly selfApproved?: boolean;
}

/** The decision to keep one key. */
export interface KeepDecision extends AnyDecision {
  readonly kind: 'keep';
  readonly keep: string;
}

/**
 * The decision to deactivate all keys: it keeps none, and names every key that was Active. Read and carried out from 0.7.0 on;
 * offered on pages from 0.8.0 on.
 */
export interface NoneDecision extends AnyDecision {
  readonly kind: 'none';
}

/**
 * The decision "not now" (*exception*): these Active keys stay until a date, all others are deactivated. Read and carried out
 * from 0.9.0 on; offered on pages from 0.10.0 on.
 */
export interface NotNowDecision extends AnyDecision {
  readonly kind: 'not-now';
  /** The Active keys that stay, two or more. */
  readonly spare: readonly string[];
  /** The exception ends at this moment by itself, and people are asked again. */
  readonly until: Instant;
  /** When people were last warned of its end; absent if they were not. */
  readonly warnedAt?: Instant;
}

/**
 * A person's decision and its terms. The choice is never changed: a new decision replaces it completely. Only the
 * time at which it was first carried out, the warnings of its end and, where a deletion needs one, the confirmation are added.
 */
export type Decision = KeepDecision | NoneDecision | NotNowDecision;

/** The kinds of decisions. */
export type DecisionKind = Decision['kind'];

/** The keys that a decision or an answer leaves Active, by its kind. */
export type LeftActive<Of = Decision> = Of extends Decision
  ? Pick<Of, Extract<keyof Of, 'kind' | 'keep' | 'spare'>>
  : never;

/** The keys that stay Active: they are never deactivated, and nothing is changed unless all of them are Active (S3). */
export function keptKeys(choice: LeftActive): readonly string[] {
  switch (choice.kind) {
    case 'keep':
      return [choice.keep];
    case 'none':
      return [];
    case 'not-now':
      return choice.spare;
  }
}

/** The only key that a decision keeps; null if it keeps none, or leaves several Active. */
export function keptBy(decision: LeftActive): string | null {
  switch (decision.kind) {
    case 'keep':
      return decision.keep;
    case 'none':
    case 'not-now':
      return null;
  }
}

/** True if more keys are Active than a decision leaves, so that it is still to be carried out. */
export function isToCarryOut(choice: LeftActive, active: readonly unknown[]): boolean {
  return active.length > keptKeys(choice).length;
}

/** True if a decision says that somebody else may have the keys that it deactivates. */
export function isCompromised({ reason }: Grounds): boolean {
  return reason === 'compromised';
}

/**
 * S6: true if a decision acknowledges every use of this key: because the page showed it as in use, or because the key is
 * deactivated as compromised.
 */
export function acknowledgesUse(decision: Decision, keyId: string): boolean {
  return (
    decision.acknowledged.includes(keyId) || (isCompromised(decision) && decision.deactivate.includes(keyId))
  );
}

/** A confirmation of a deletion: the approver, the address of the link that was used, and the time. */
export interface Confirmed {
  readonly by: string;
  readonly address: string;
  readonly at: Instant;
  /** Digest under which the answer is stored, so that it can be verified again. */
  readonly proof?: string;
  /** The time for which the change window made the deletion wait. It extends the validity. */
  readonly heldUp?: HeldUp;
}
