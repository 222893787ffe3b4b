import { canonicalJson, sameValue, sha256 } from './digest.ts';
import type { Instant } from './time.ts';

/** All attributes of the control item but its keys and its schema, with those of newer releases. */
export type ControlContent = Readonly<Record<string, unknown>>;

/** The commands that change the control item. */
export type ControlCommand = 'pause' | 'resume' | 'revoke' | 'reinstate' | 'restored' | 'wind-down';

/**
 * All that the ledger has entries of. The others leave the control item as it is: an operator asked for an evidence pack or erased
 * texts; an approver signed off, recorded a concern, or what was done about one. Names are stored
 * permanently, so none ever changes its meaning.
 */
export type LedgerCommand =
  | ControlCommand
  | 'evidence'
  | 'erase'
  | 'sign-off'
  | 'concern'
  | 'concern-settled';

/** Stands in an entry in place of a caller's ARN where Solekey paused itself. It is no ARN, so nobody can have it. */
export const BY_SOLEKEY = 'solekey (automatic)';

/** The reason for an entry of the ledger. */
export interface LedgerReason {
  readonly at: Instant;
  readonly command: LedgerCommand;
  /** ARN of the caller, as AWS tells it; {@link BY_SOLEKEY}; or `approver <id>` for an answer on a page. */
  readonly by: string;
  /** The caller's own words, or what Solekey found. */
  readonly reason: string;
  /** Id of the approver whom `revoke` or `reinstate` is about. */
  readonly approver?: string;
  /** Further fields of its own. The words of people are in it as hashes only. */
  readonly about?: Readonly<Record<string, unknown>>;
}

/**
 * Entry `number` of an account's ledger: one change of the control item. `previous` chains the entries, so that a missing or
 * changed one is noticed. `command` may be one that only a newer release knows.
 */
export interface LedgerEntry extends Omit<LedgerReason, 'command'> {
  readonly number: number;
  readonly command: string;
  /** The control item after the change. */
  readonly after: ControlContent;
  /** The control item as the command found it; absent if it was as the entry before says. */
  readonly found?: ControlContent;
  /** Hash of the entry before; null for the first. */
  readonly previous: string | null;
  /** Hash of everything else in the entry. */
  readonly hash: string;
}

/**
 * A sign that the control item was written by something other than the commands. `no-item`: there is a ledger, but no item ·
 * `other-entry`: the item names an entry that is not the last · `other-content`: it is not what the last entry says ·
 * `entry-changed`: the last entry is not as it was written.
 */
export type ControlFinding = 'no-item' | 'other-entry' | 'other-content' | 'entry-changed';

/** A sign that the ledger itself was changed: entry `number` is missing, or is not as it was written. */
export interface LedgerFinding {
  readonly found: 'missing' | 'edited';
  readonly number: number;
}

/** Hash of an entry with all its fields, also those of newer releases, but the hash itself. */
export function entrySeal(entry: Omit<LedgerEntry, 'hash'>): string {
  const { hash: _, ...rest } = entry as LedgerEntry;
  return sha256(canonicalJson(rest));
}

/**
 * The entry that follows `last` (null: there is none yet) for a change of the control item from `before` (null: there is no
 * item) to `after`, which gets the entry's number. `used`: the highest number that an entry had which a backup lacks, so that
 * no number is used twice.
 */
export function ledgerEntry(
  last: LedgerEntry | null,
  before: ControlContent | null,
  after: ControlContent,
  why: LedgerReason,
  used = 0,
): LedgerEntry {
  const number = Math.max(last?.number ?? 0, used) + 1;
  const foreign = controlFinding(before, last) !== null;
  const entry = {
    number,
    ...why,
    after: { ...after, entry: number },
    ...(foreign ? { found: before ?? {} } : {}),
    previous: last?.hash ?? null,
  };
  return { ...entry, hash: entrySeal(entry) };
}

/**
 * The finding about the control item (null: there is none) and the last entry of the ledger (null: it is empty); null if the
 * item is as the commands left it. An item without an entry is one that release 0.4.0 or an older one wrote: there is
 * nothing to compare it with.
 */
export function controlFinding(
  content: ControlContent | null,
  last: LedgerEntry | null,
): ControlFinding | null {
  if (last === null) {
    return content?.entry === undefined ? null : 'other-entry';
  }
  if (entrySeal(last) !== last.hash) {
    return 'entry-changed';
  }
  if (content === null) {
    return 'no-item';
  }
  if (content.entry !== last.number) {
    return 'other-entry';
  }
  return sameValue(content, last.after) ? null : 'other-content';
}

/** The highest number of an entry that was lost when the table was restored from a backup, if this entry says that it was; else 0. */
export function lostUntil({ command, about }: Pick<LedgerEntry, 'command' | 'about'>): number {
  return command === 'restored' && typeof about?.ledger === 'number' ? about.ledger : 0;
}

/**
 * The findings about all entries of a ledger, in the order of their numbers; none if all are as they were written, but for
 * those that a backup lacks from which the table was restored.
 */
export function ledgerFindings(entries: readonly LedgerEntry[]): LedgerFinding[] {
  const findings: LedgerFinding[] = [];
  let before: LedgerEntry | null = null;
  for (const entry of entries) {
    const expected: number = (before?.number ?? 0) + 1;
    for (let number = Math.max(expected, lostUntil(entry) + 1); number < entry.number; number += 1) {
      findings.push({ found: 'missing', number });
    }
    const isApart = entry.number !== expected && lostUntil(entry) === 0;
    const follows = isApart || entry.previous === (before?.hash ?? null);
    if (!follows || entrySeal(entry) !== entry.hash) {
      findings.push({ found: 'edited', number: entry.number });
    }
    before = entry;
  }
  return findings;
}
