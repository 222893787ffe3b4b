/**
 * Anchors: signed statements of what the history of an account was at one time. They form a chain of their own and stand in
 * the records bucket, so that somebody who writes the whole table can rewrite nothing that an anchor has (docs/adr/040).
 */
import type { Instant } from '../model/time.ts';

/** Version of an anchor's fields. It rises when a field changes its meaning or goes, not when one is added. */
export const ANCHOR_SCHEMA = 1;

/** A file beside an anchor, which the anchor binds. */
export interface AnchoredFile {
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 (hex) of its content. */
  readonly sha256: string;
}

/**
 * The files with the hashes of entries: all new entries since the anchor before · the last entry of every user, once a day ·
 * the new entries of the account's ledger.
 */
export const HASH_FILES = {
  entries: 'entries.jsonl',
  heads: 'heads.jsonl',
  ledger: 'ledger.jsonl',
} as const;

/** Files that stand beside an anchor only when they changed. A later anchor names the one that has the latest. */
export const CARRIED = {
  settings: 'settings.json',
  remediated: 'remediated.jsonl',
  times: 'times.jsonl',
  validation: 'validation.json',
  report: 'report.json',
} as const;

/** One of {@link CARRIED}. */
export type Carried = keyof typeof CARRIED;

/** A line of `entries.jsonl`: entry `n` of a user's history, and its hash. */
export interface EntryLine {
  readonly userId: string;
  readonly n: number;
  readonly hash: string;
}

/** A line of `heads.jsonl`: the last entry of a user's history when the anchor was made, and its hash. */
export interface HeadLine {
  readonly userId: string;
  readonly version: number;
  readonly hash: string;
}

/** A line of `ledger.jsonl`: an entry of the account's ledger, and its hash. */
export interface LedgerLine {
  readonly number: number;
  readonly hash: string;
}

/** A history that did not fit when the anchor was made, so nothing about the user was recorded. */
export interface Unvouched {
  readonly userId: string;
  /** The reason, as a sentence. */
  readonly why: string;
}

/**
 * *Anchor*: what the account's history was at one time. Its text is signed as stored, and the next anchor has the SHA-256 of
 * that text.
 */
export interface Anchor {
  readonly schema: number;
  readonly account: string;
  /** From 1, without gaps. */
  readonly number: number;
  /** When it was made. */
  readonly at: Instant;
  /** SHA-256 (hex) of the text of the anchor before; null for the first. */
  readonly previous: string | null;
  /** It has the entries that were written after this moment; null for the first anchor, which has them all. */
  readonly after: Instant | null;
  /** And until this one. */
  readonly until: Instant;
  /** `daily`: it has `heads.jsonl` with all users. `news`: only what is new. */
  readonly kind: 'daily' | 'news';
  /** Release of Solekey that made it. */
  readonly release: string;
  /** SHA-256 (hex) of the settings in force. */
  readonly settings: string;
  /** When the latest inventory was taken that is validated so far; null if there is none. */
  readonly validated: Instant | null;
  /** The numbers of the anchors that have the latest file of each kind; null while there is none. */
  readonly latest: Readonly<Record<Carried, number | null>>;
  /** The last entry of the account's ledger; number 0 and an empty hash while the ledger is empty. */
  readonly ledger: LedgerLine;
  /** The users with a history and the number of all their entries; null unless `daily`. */
  readonly counts: { readonly users: number; readonly entries: number } | null;
  readonly unvouched: readonly Unvouched[];
  /** Every file beside it but its signature, in the order of their names. */
  readonly files: readonly AnchoredFile[];
}

/** The folder of all anchors in the bucket. */
export const ANCHORS = 'anchors/';

/** An anchor's own file and that of its signature (ECDSA with P-256 over its SHA-256, in DER). */
export const ANCHOR_FILES = { text: 'anchor.json', signature: 'anchor.sig' } as const;

/** The folder of one anchor. Numbers have nine digits, so that a listing has them in order. */
export function anchorFolder(number: number): string {
  return `${ANCHORS}${String(number).padStart(9, '0')}/`;
}
