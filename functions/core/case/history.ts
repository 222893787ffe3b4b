import { canonicalJson, sameValue, sha256 } from '../model/digest.ts';
import type { Instant } from '../model/time.ts';
import type { Case, Phase } from './case.ts';

/** How a claimed write failed. */
export type NotDone = 'absent' | 'refused' | 'not-made';

/**
 * The events of a case. A phase means that the case entered it. Codes are stored permanently, so none is ever renamed
 * or given another meaning.
 */
export type EventCode =
  | Phase
  // The case and the question
  | 'opened'
  | 'reopened'
  | 'renamed'
  | 'keys-changed'
  | 'missing'
  | 'unknown'
  | 'told'
  | 'exposed'
  | 'quarantined'
  // Answers of people
  | 'decided'
  | 'none-decided'
  | 'exception-granted'
  | 'kept-inactive'
  | 'decision-void'
  | 'deletion-confirmed'
  | 'confirmation-void'
  | 'restore-asked'
  | 'restore-lapsed'
  | 'request-refused'
  | 'answer-dropped'
  // Deactivation
  | 'deactivating'
  | 'deactivated'
  | 'deactivation-lost'
  | `deactivation-${NotDone}`
  | 'off-without-us'
  // Restore
  | 'reactivating'
  | 'restored'
  | `restore-${NotDone}`
  | 'reactivated-by-hand'
  // Deleting
  | 'delete-claimed'
  | 'deleted'
  | `deletion-${NotDone}`
  | 'deletion-withdrawn'
  | 'deletion-lost'
  | 'seen-again'
  | 'gone-without-us'
  | 'expired';

/** The rules in the order of judgement, by name: which one ended a pass. */
export type RuleName =
  | 'leased'
  | 'unknown'
  | 'gone'
  | 'compliant'
  | 'excluded'
  | 'outside'
  | 'restore'
  | 'settled'
  | 'ask-about-one'
  | 'no-active-key'
  | 'carry-on'
  | 'carry-out'
  | 'exception'
  | 'rotating'
  | 'awaiting';

/** An event with its details, as a code. The page makes a sentence of it. */
export interface HistoryEvent {
  readonly code: EventCode;
  /** Full id of the key, if the event is about one. */
  readonly keyId?: string;
  /** Id of the approver, if the event is about one. */
  readonly by?: string;
  /** Further plain detail (a reason code, a name). */
  readonly detail?: string;
  /** IAM's answer to a change that it refused. Releases before 0.11.0 wrote none. */
  readonly iam?: IamError;
}

/** An error of IAM, by which AWS Support and CloudTrail find the call. Its message is not kept, because it has names in it. */
export interface IamError {
  /** Such as `AccessDenied`. */
  readonly code: string;
  /** Null if IAM gave none. */
  readonly requestId: string | null;
}

/**
 * Version n of a case: what changed and why. `prev` chains the entries, so that a missing or changed one is noticed.
 */
export interface HistoryEntry {
  readonly n: number;
  readonly at: Instant;
  /** The rule of the judgement order that led to it; `notices` if it only removes notices that SNS accepted. */
  readonly rule: RuleName | 'notices';
  readonly events: readonly HistoryEvent[];
  /** The top-level fields of the case that changed, with their new values. */
  readonly changes: Partial<Case>;
  /** Hash of entry n-1; null for the first. */
  readonly prev: string | null;
  /** Hash of the whole case after this entry. Releases before 0.3.0 wrote none. */
  readonly state?: string;
}

/** An entry as another release may have written it, with rules and events that this one does not know. */
export interface StoredEntry extends Omit<HistoryEntry, 'rule' | 'events'> {
  readonly rule: string;
  readonly events: readonly (Omit<HistoryEvent, 'code'> & { readonly code: string })[];
}

/** One version of a case, with the entry that led to it. */
export interface Version {
  readonly entry: StoredEntry;
  readonly case: Case;
}

/** The entry that leads from `before` (null: nothing stored) to `after`. */
export function historyEntry(
  before: Case | null,
  after: Case,
  why: Pick<HistoryEntry, 'at' | 'rule' | 'events'>,
  prev: string | null,
): HistoryEntry {
  const changed = Object.entries(after).filter(
    ([field, value]) => before === null || !sameValue(value, before[field as keyof Case]),
  );
  const changes = Object.fromEntries(changed) as Partial<Case>;
  return { n: after.version, ...why, changes, prev, state: stateHash(after) };
}

/** Hash of a whole case as stored, with the fields of newer releases. */
export function stateHash(stored: unknown): string {
  return sha256(canonicalJson(stored));
}

/** The hash that the next entry contains as `prev`. */
export function entryHash(entry: StoredEntry): string {
  return sha256(canonicalJson(entry));
}

/**
 * Rebuilds the case from its entries 1..n; null if there are none, or the chain is broken, has a gap (S10), or does not
 * end with the entry whose hash is `head`, as stored beside the case. The result must be read like a stored case: it has
 * the fields of newer releases, and lacks fields that no entry set. `named` renames fields that another release named
 * differently.
 */
export function foldHistory(
  entries: readonly StoredEntry[],
  head: string | null,
  named: (changes: Partial<Case>) => Partial<Case> = (changes) => changes,
): Case | null {
  let folded: Partial<Case> = {};
  let prev: string | null = null;
  for (const [index, entry] of entries.entries()) {
    if (entry.n !== index + 1 || entry.prev !== prev) {
      return null;
    }
    folded = { ...folded, ...named(entry.changes) };
    prev = entryHash(entry);
  }
  return entries.length === 0 || prev !== head ? null : (folded as Case);
}
