/** The ports of records: the history to read, and the anchors to write. */
import type { LedgerEntry } from '../core/model/ledger.ts';
import type { Instant } from '../core/model/time.ts';
import type { HeadLine } from '../core/records/anchor.ts';
import type { AnchorBefore, RecordFile } from '../core/records/make-anchor.ts';
import type { ReadHistory, WrittenLine } from '../core/records/new-entries.ts';

/** The records of all users in the table. Every read is consistent. */
export interface HistoryStore {
  /** The lines of the entries written after `from` until `to`. */
  lines(account: string, from: Instant, to: Instant): Promise<WrittenLine[]>;
  /** The head of every user's history, from a reading of the whole table. */
  heads(account: string): Promise<HeadLine[]>;
  history(account: string, userId: string): Promise<ReadHistory>;
  /** The entries of the account's ledger that can be read, in order. */
  ledger(account: string): Promise<LedgerEntry[]>;
}

/** An anchor as found: `broken` if it is not as it was signed, which only somebody else can have done. */
export type FoundAnchor =
  | { readonly found: 'none' }
  | ({ readonly found: 'anchor' } & AnchorBefore)
  | { readonly found: 'broken'; readonly number: number; readonly why: string };

/** The anchors in the bucket. */
export interface AnchorStore {
  latest(): Promise<FoundAnchor>;
  /** The latest daily anchor until this one, and the heads beside it; null if there is none that can be read. */
  daily(number: number): Promise<{ readonly until: Instant; readonly heads: HeadLine[] } | null>;
  /**
   * Stores the files and the signature, and at last the text, so that there never is half an anchor. False if there already
   * is an anchor with this number.
   */
  keep(number: number, files: readonly RecordFile[], text: string, signature: Uint8Array): Promise<boolean>;
}

/** The key that signs records. */
export interface Signer {
  /** ECDSA (P-256) over the SHA-256 of a text, in DER. */
  sign(text: string): Promise<Uint8Array>;
}
