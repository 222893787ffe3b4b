/** Checks the anchors themselves, in their order, and collects the entries that they bind. */

import { DAY, HOUR, type Instant, plus, type Seconds, secondsBetween } from '../model/time.ts';
import {
  ANCHOR_SCHEMA,
  type Anchor,
  type AnchoredFile,
  type EntryLine,
  HASH_FILES,
  type HeadLine,
  type LedgerLine,
} from '../records/anchor.ts';
import { type AllBound, type Binder, binder } from './bound.ts';
import { fileFaults } from './files.ts';
import type { AnchorFault, VerifyFinding } from './findings.ts';

/** An anchor is made at least once a day, and then found at the latest after this time. */
export const LATE: Seconds = DAY + HOUR;

/** Records are kept at least this long. Only anchors from before that may be gone without a finding. */
export const KEPT: Seconds = 400 * DAY;

/** The content of the hash files of an anchor; null where a file cannot be read, empty where there is none. */
export interface HashLines {
  readonly entries: readonly EntryLine[] | null;
  readonly heads: readonly HeadLine[] | null;
  readonly ledger: readonly LedgerLine[] | null;
}

/** A folder of the bucket, as it was read. */
export interface ReadAnchor {
  /** The number in the name of the folder. */
  readonly folder: number;
  /** SHA-256 (hex) of the anchor's text; null if there is none. */
  readonly sha256: string | null;
  /** The text in a form that this release knows; null if it has another or there is none. */
  readonly anchor: Anchor | null;
  /** Result of checking the signature of the text with the given key. */
  readonly signature: 'right' | 'wrong' | 'none';
  /** All files but the text and its signature. */
  readonly files: readonly AnchoredFile[];
  readonly lines: HashLines;
  /** Names of the files of which the bucket has older versions. */
  readonly replaced: readonly string[];
}

/** A history that did not fit when the latest anchor about it was made. */
export interface StillUnvouched {
  readonly anchor: number;
  readonly why: string;
  readonly since: Instant | null;
}

/** The result of checking the anchors. */
export interface AnchorCheck {
  readonly findings: readonly VerifyFinding[];
  readonly bound: AllBound;
  /** Account that the anchors are about; null if no anchor can be trusted and none was given. */
  readonly account: string | null;
  /** Number of anchors that can be trusted. */
  readonly trusted: number;
  /** The first of them if all before it have expired; null if there are all, or if others are missing. */
  readonly begins: Anchor | null;
  /** The last anchor that can be trusted; null if there is none. */
  readonly last: Anchor | null;
  /** Until when the last daily one of them has all entries; null if there is none. */
  readonly daily: Instant | null;
  readonly unvouched: ReadonlyMap<string, StillUnvouched>;
}

/** The frame in which anchors are checked. */
export interface AnchorTerms {
  /** The account that they must be about; null: that of the first one that can be trusted. */
  readonly account: string | null;
  /** When the bucket was read; null if nobody knows, so that nothing is late. */
  readonly now: Instant | null;
  /** Keeps only what is bound of these users; all if absent. */
  readonly only?: ReadonlySet<string>;
  /** Number that the first of `anchors` must have; 1 if absent. */
  readonly first?: number;
  /** The anchor before the first of `anchors`, which was checked before; absent if nothing is known of it. */
  readonly from?: { readonly anchor: Anchor; readonly sha256: string };
}

/** Checks anchors, given in the order of their folders. Reads them once, one after the other. */
export function checkAnchors(anchors: Iterable<ReadAnchor>, terms: AnchorTerms): AnchorCheck {
  const findings: VerifyFinding[] = [];
  const binds = binder(terms.only);
  const unvouched = new Map<string, StillUnvouched>();
  let { account } = terms;
  let last: Anchor | null = terms.from?.anchor ?? null;
  let daily: Instant | null = null;
  let begins: Anchor | null = null;
  let before: { readonly anchor: Anchor; readonly sha256: string | null } | null = terms.from ?? null;
  let [expected, trusted, unsigned] = [terms.first ?? 1, 0, 0];
  for (const read of anchors) {
    const since = last?.until ?? null;
    const found = (fault: AnchorFault) => findings.push({ about: 'anchors', since, fault });
    const { folder: number, anchor } = read;
    if (number > expected && trusted === 0 && mayHaveExpired(read, terms)) {
      begins = anchor;
    } else if (number > expected) {
      found({ found: 'missing', from: expected, to: number - 1 });
    } else if (number < expected) {
      found({ found: 'order', number });
    }
    const follows = number === expected ? before : null;
    expected = number + 1;
    for (const name of read.replaced) {
      found({ found: 'replaced', number, name });
    }
    const problem = distrust(read, account);
    if (problem !== null) {
      found(problem);
      unsigned += problem.found === 'signature' ? 1 : 0;
      before = null;
      continue;
    }
    // Narrowed by the check above, which the compiler cannot see.
    const sure = anchor as Anchor;
    account ??= sure.account;
    if (sure.number !== number) {
      found({ found: 'other-number', number, says: sure.number });
    } else if (!inOrder(sure, follows)) {
      found({ found: 'order', number });
    }
    bindLines(read, sure, binds, { since, unvouched, found });
    before = sure.number === number ? { anchor: sure, sha256: read.sha256 } : null;
    last = last === null || sure.number > last.number ? sure : last;
    daily = sure.kind === 'daily' && sure.until > (daily ?? '') ? sure.until : daily;
    trusted += 1;
  }
  const result = { bound: binds.bound, account, trusted, begins, last, daily, unvouched };
  if (trusted === 0 && unsigned > 1) {
    const fault = { found: 'other-key', anchors: unsigned } as const;
    return { ...result, findings: [{ about: 'anchors', since: null, fault }] };
  }
  const heads = binds.wrongHeads().map(
    ({ userId, n, bound: { anchor, since } }): VerifyFinding => ({
      about: 'user',
      userId,
      userName: null,
      since,
      fault: { found: 'wrong-head', anchor, n },
    }),
  );
  return { ...result, findings: [...findings, ...heads, ...tail(last, terms.now)] };
}

/** True if everything before this anchor, the first that is there, is so old that it need not be kept any more. */
function mayHaveExpired({ anchor, signature }: ReadAnchor, { now }: AnchorTerms): boolean {
  const after = anchor?.after ?? null;
  return signature === 'right' && after !== null && now !== null && plus(after, KEPT) < now;
}

/** The reason not to trust the text of an anchor; null if it is signed, readable, and about this account. */
function distrust(read: ReadAnchor, account: string | null): AnchorFault | null {
  const { folder: number, anchor, sha256, signature } = read;
  if (sha256 === null) {
    return { found: 'missing', from: number, to: number };
  }
  if (signature !== 'right') {
    return { found: signature === 'none' ? 'unsigned' : 'signature', number };
  }
  if (anchor === null || anchor.schema > ANCHOR_SCHEMA) {
    return { found: 'unreadable', number };
  }
  return account === null || anchor.account === account
    ? null
    : { found: 'other-account', number, says: anchor.account };
}

/**
 * True if the anchor follows the one before it, or if that one cannot tell (null), which has a finding of its own. The first has
 * none before it.
 */
function inOrder(
  { number, previous, after }: Anchor,
  before: { readonly anchor: Anchor; readonly sha256: string | null } | null,
): boolean {
  if (number === 1) {
    return previous === null && after === null;
  }
  return before === null || (previous === before.sha256 && after === before.anchor.until);
}

interface Collecting {
  readonly since: Instant | null;
  readonly unvouched: Map<string, StillUnvouched>;
  readonly found: (fault: AnchorFault) => void;
}

/** Collects the hashes in the files of an anchor that are as it says, and what is wrong with the others. */
function bindLines(read: ReadAnchor, anchor: Anchor, binds: Binder, to: Collecting): void {
  const { number } = anchor;
  const faults = fileFaults(anchor.files, read.files);
  for (const fault of faults) {
    to.found({ found: 'file', number, fault });
  }
  const from = { anchor: number, since: to.since };
  const lines = <Kind extends keyof HashLines>(kind: Kind): NonNullable<HashLines[Kind]> => {
    const name = HASH_FILES[kind];
    const listed = anchor.files.some((file) => file.name === name);
    const wrong = faults.some((fault) => fault.name === name || ('other' in fault && fault.other === name));
    if (listed && !wrong && read.lines[kind] === null) {
      to.found({ found: 'file-unreadable', number, name });
    }
    return (listed && !wrong ? read.lines[kind] : null) ?? [];
  };
  for (const { userId, why } of anchor.unvouched) {
    to.unvouched.set(userId, { anchor: number, why, since: to.since });
  }
  const [entries, heads] = [lines('entries'), lines('heads')];
  for (const { userId, n, hash } of entries) {
    binds.user(userId, n, { ...from, hash, by: 'entry' });
    to.unvouched.delete(userId);
  }
  // Nobody compared the head of a history that did not fit before.
  for (const { userId, version, hash } of heads.filter((head) => !to.unvouched.has(head.userId))) {
    binds.user(userId, version, { ...from, hash, by: 'head' });
  }
  for (const line of [...lines('ledger'), ...(anchor.ledger.number === 0 ? [] : [anchor.ledger])]) {
    binds.ledger(line, { ...from, by: 'entry' });
  }
  const whole = faults.every(({ name }) => name !== HASH_FILES.heads) && read.lines.heads !== null;
  if (whole && !rightCounts(anchor, heads)) {
    to.found({ found: 'counts', number });
  }
}

/** True if a daily anchor counts its heads, and any other has none. */
function rightCounts({ counts }: Anchor, heads: readonly HeadLine[]): boolean {
  const entries = heads.reduce((sum, { version }) => sum + version, 0);
  return (counts?.users ?? 0) === heads.length && (counts?.entries ?? 0) === entries;
}

/** The finding about the end of the anchors, if there is one. */
function tail(last: Anchor | null, now: Instant | null): VerifyFinding[] {
  if (last === null) {
    return [{ about: 'anchors', since: null, fault: { found: 'none' } }];
  }
  return now === null || secondsBetween(last.at, now) <= LATE
    ? []
    : [{ about: 'anchors', since: last.until, fault: { found: 'late', at: last.at } }];
}
