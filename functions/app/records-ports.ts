/** The ports of records: the history and the inventory to read, and the anchors to write. */
import type { Version } from '../core/case/history.ts';
import type { InventoryRow } from '../core/inventory/row.ts';
import type { LedgerEntry } from '../core/model/ledger.ts';
import type { Control } from '../core/model/policy.ts';
import type { Instant } from '../core/model/time.ts';
import type { Carried, HeadLine } from '../core/records/anchor.ts';
import type { CarriedContent } from '../core/records/carried.ts';
import type { DailyHeads } from '../core/records/lost-heads.ts';
import type { AnchorBefore, RecordFile } from '../core/records/make-anchor.ts';
import type { ReadHistory, WrittenLine } from '../core/records/new-entries.ts';
import type { PackValidation } from '../core/records/pack/input.ts';
import type { GivenAnswer } from '../core/records/row.ts';
import type { SignOffFile } from '../core/signoff/file.ts';
import type { LiveOrder } from '../core/validation/order.ts';
import type { Report } from '../core/validation/report.ts';

/** The history of a user, with all versions of the case that it folds to, and the stored answers. */
export interface UserHistory extends ReadHistory {
  /** Null if this release cannot read one of them. */
  readonly versions: readonly Version[] | null;
  readonly answers: readonly GivenAnswer[];
  /** The words that people typed beside their answers, by their SHA-256. Those that were erased are missing. */
  readonly comments: ReadonlyMap<string, string>;
}

/** The records of all users in the table. Every read is consistent. */
export interface HistoryStore {
  /** The lines of the entries written after `from` until `to`. */
  lines(account: string, from: Instant, to: Instant): Promise<WrittenLine[]>;
  /** The head of every user's history, from a reading of the whole table. */
  heads(account: string): Promise<HeadLine[]>;
  history(account: string, userId: string): Promise<UserHistory>;
  /** The texts that people typed into statements, by their SHA-256. Those that were erased are missing. */
  statementWords(account: string): Promise<ReadonlyMap<string, string>>;
  /** The entries of the account's ledger that can be read, in order. */
  ledger(account: string): Promise<LedgerEntry[]>;
  control(): Promise<Control>;
}

/** An anchor as found: `broken` if it is not as it was signed, which only somebody else can have done. */
export type FoundAnchor =
  | { readonly found: 'none' }
  | ({ readonly found: 'anchor' } & AnchorBefore)
  | { readonly found: 'broken'; readonly number: number; readonly why: string };

/** The records bucket. */
export interface AnchorStore {
  latest(): Promise<FoundAnchor>;
  read(number: number): Promise<FoundAnchor>;
  /** The latest daily anchor until this one, and the heads beside it; null if there is none that can be read. */
  daily(number: number): Promise<(DailyHeads & { readonly until: Instant }) | null>;
  /** The file that this anchor has. Throws if it is not the one that the anchor binds: nothing may be built on it. */
  carried<Kind extends Carried>(kind: Kind, number: number): Promise<CarriedContent[Kind]>;
  /**
   * Stores the files and the signature, and at last the text, so that there never is half an anchor. False if there already
   * is an anchor with this number.
   */
  keep(number: number, files: readonly RecordFile[], text: string, signature: Uint8Array): Promise<boolean>;
  /** The order for live readings that was given last; null if there is none. */
  order(): Promise<LiveOrder | null>;
  keepOrder(order: LiveOrder): Promise<void>;
  /** The state of sign-offs as it was left last; null if there is none that this release can read. */
  signOff(): Promise<SignOffFile | null>;
  keepSignOff(file: SignOffFile): Promise<void>;
  /** Puts the report where its page reads it. An anchor has the same one. */
  keepReport(report: Report): Promise<void>;
  /** The validation that this anchor has, with its files. Throws if it is not as it was signed. */
  validation(number: number): Promise<PackValidation>;
  /** True if there is a pack for this entry of the ledger. */
  hasPack(entry: number): Promise<boolean>;
  keepPack(entry: number, zip: Uint8Array): Promise<void>;
}

/** An inventory with all rows, of which key ids are whole. */
export interface StoredInventory {
  readonly takenAt: Instant;
  readonly listedAt: Instant;
  readonly reportOf: Instant;
  /** Time of the order that it was taken for; null if it was taken for none. */
  readonly ordered: Instant | null;
  readonly rows: readonly InventoryRow[];
}

/** The inventories of the survey. */
export interface InventoryReader {
  /** The latest one if it was taken after this moment (null: at any time); null if there is none, or none that can be read. */
  after(since: Instant | null): Promise<StoredInventory | null>;
  /** Time of the order that the latest inventory was taken for; null if it was taken for none. */
  ordered(): Promise<Instant | null>;
}

/** The key that signs records. */
export interface Signer {
  /** ECDSA (P-256) over the SHA-256 of a text, in DER. */
  sign(text: string): Promise<Uint8Array>;
}
