/** The ports for statements about reports: what `approve` stores, and what reconcile makes of it. */
import type { LedgerReason } from '../core/model/ledger.ts';
import type { Control } from '../core/model/policy.ts';
import type { LeftSignOff, SignOffAsk } from '../core/signoff/ask.ts';
import type { Noted, NotInLedger } from '../core/signoff/noted.ts';
import type { Said, SealedStatement } from '../core/signoff/statement.ts';
import type { TypedOf } from '../core/signoff/typed.ts';
import type { SignOffWish, StatementWish } from './wake.ts';

/** The statements of approvers, for their pages. */
export interface StatementStore {
  /**
   * Stores a statement with the words that were typed (null: there are none). `before`: the same person said the same about the
   * same report before, and that stays.
   */
  record(account: string, statement: SealedStatement, typed: string | null): Promise<'recorded' | 'before'>;
  /** The outcome of a statement; null as long as there is none. */
  noted(account: string, digest: string): Promise<Noted | null>;
  /**
   * The words of at most a hundred statements of a kind, in their order; `erased` if an operator erased them, null if they are not
   * those that were given.
   */
  typed<Kind extends Said['kind']>(
    account: string,
    kind: Kind,
    of: readonly { readonly digest: string; readonly textDigest: string }[],
  ): Promise<readonly (TypedOf[Kind] | 'erased' | null)[]>;
}

/** Asks reconcile to record a stored statement in the ledger. */
export interface StatementSender {
  ask(wish: StatementWish): Promise<void>;
}

/** The stored statements, and the ledger in which reconcile records them. */
export interface StatementLedger {
  /** The statement stored under a digest; `newer` if only a newer release can read it, null if there is none. */
  read(account: string, digest: string): Promise<SealedStatement | 'newer' | null>;
  /** The outcome of a statement; null as long as there is none. */
  noted(account: string, digest: string): Promise<Noted | null>;
  /**
   * Writes what `judge` says of a statement under the control item as it is when it is written: an entry of the ledger, at
   * most one for a digest, or a refusal. `stale`: somebody else wrote at the same moment, and nothing was written.
   */
  note(
    account: string,
    digest: string,
    judge: (control: Control) => LedgerReason | NotInLedger,
  ): Promise<Noted | 'stale'>;
}

/** The state of sign-offs that the survey stores for the mail and for health. */
export interface SignOffKeeper {
  /** Null if there is none yet, or none that this release can read. */
  ask(account: string): Promise<LeftSignOff | null>;
  keep(account: string, left: LeftSignOff): Promise<void>;
}

/** The same as reconcile reads it, with the control item, which says who is an approver now. */
export interface SignOffAsked {
  read(account: string): Promise<{ readonly ask: SignOffAsk | null; readonly control: Control }>;
}

/** Asks reconcile to mail approvers about a sign-off. */
export interface SignOffSender {
  ask(wish: SignOffWish): Promise<void>;
}
