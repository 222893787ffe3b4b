import type { Instant } from '../model/time.ts';
import type { StatementRefusal } from './judge.ts';

/** A statement that is an entry of the ledger now. */
export interface InLedger {
  readonly entry: number;
  readonly at: Instant;
}

/** A statement that was refused. It may be given again, so this is not for ever. */
export interface NotInLedger {
  readonly refused: StatementRefusal;
  readonly at: Instant;
}

/** The outcome of a stored statement. */
export type Noted = InLedger | NotInLedger;
