/**
 * *Evidence pack*: everything about one period that an auditor needs to check Solekey's work without Solekey, as files that one
 * signature binds (docs/adr/041).
 */
import type { LedgerEntry } from '../../model/ledger.ts';
import type { Instant } from '../../model/time.ts';
import type { Anchor, Unvouched } from '../anchor.ts';
import type { RecordFile } from '../make-anchor.ts';
import type { RecordRows } from '../rows.ts';

/** The period of a pack. Both moments belong to it. */
export interface Period {
  readonly from: Instant;
  readonly to: Instant;
}

/** The request for a pack, from the ledger entry of the command. */
export interface PackRequest extends Period {
  /** ARN of the caller. */
  readonly by: string;
  /** Number of the entry. */
  readonly entry: number;
  /** Null if no sample was asked for. */
  readonly sample: { readonly size: number; readonly seed: number } | null;
  /** True if the pack has whole key ids instead of their last four characters. */
  readonly fullKeyIds: boolean;
}

/** One user in a validation, as far as the pack says something of its own about them. */
export interface PackUser {
  readonly userId: string | null;
  readonly userName: string;
  readonly count: string;
  readonly active: readonly string[];
  readonly read: string;
  readonly asOf: Instant | null;
  readonly doubts: readonly string[];
}

/** A validation of the period, with its files as its anchor has them. */
export interface PackValidation {
  /** Number of the anchor that binds it. */
  readonly anchor: number;
  readonly at: Instant;
  readonly takenAt: Instant;
  readonly listedAt: Instant;
  readonly reportOf: Instant;
  /** Users by the way in which their keys were read. */
  readonly sources: Readonly<Record<string, number>>;
  readonly users: readonly PackUser[];
  readonly files: readonly RecordFile[];
}

/** The settings from one moment on, as JSON. */
export interface SettingsFrom {
  readonly at: Instant;
  /** Number of the anchor that has them. */
  readonly anchor: number;
  readonly content: Readonly<Record<string, unknown>>;
}

/** An anchor, with the SHA-256 of its text. */
export interface PackAnchor extends Pick<Anchor, 'number' | 'at' | 'kind' | 'release' | 'unvouched'> {
  readonly sha256: string;
}

/** Everything from which a pack is made. */
export interface PackInput {
  readonly account: string;
  readonly accountName: string;
  readonly madeAt: Instant;
  /** Release of Solekey that makes it. */
  readonly release: string;
  readonly request: PackRequest;
  /** The rows of all users, from their histories until the end of the period (`versionsUntil`). */
  readonly rows: RecordRows;
  /** Users whose history does not fit, so that they have no rows. */
  readonly unvouched: readonly Unvouched[];
  /** The words that people typed and that are not erased, by their SHA-256. */
  readonly comments: ReadonlyMap<string, string>;
  /** Those of the period and the last one before it, oldest first. */
  readonly validations: readonly PackValidation[];
  /** Those in force when the period began, and each change in it, oldest first. */
  readonly settings: readonly SettingsFrom[];
  /** All entries of the account's ledger that can be read, in order. */
  readonly ledger: readonly LedgerEntry[];
  /** Those of the period and the last one before it, in order. */
  readonly anchors: readonly PackAnchor[];
  /** Files that others make, such as those of sign-offs. */
  readonly further: readonly RecordFile[];
}

/** True if a moment is in a period. */
export function isWithin({ from, to }: Period, at: Instant): boolean {
  return from <= at && at <= to;
}
