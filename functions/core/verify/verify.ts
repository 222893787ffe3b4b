/** Checks everything that is stored about an account against itself and against its anchors. */
import type { Anchor } from '../records/anchor.ts';
import { type AnchorTerms, checkAnchors, type ReadAnchor } from './anchors.ts';
import type { VerifyFinding } from './findings.ts';
import { checkLedger, type ReadLedger } from './ledger.ts';
import { checkUser, goneUser, type ReadUser } from './user.ts';

/** All that is checked. Anchors and users are read once, one after the other, so that they need not fit into memory. */
export interface ToVerify extends Pick<AnchorTerms, 'account' | 'now'> {
  /** In the order of their folders. */
  readonly anchors: Iterable<ReadAnchor>;
  /** Names of the files in the folder of all anchors that belong to none. */
  readonly stray: readonly string[];
  /** Everybody of whom something is stored, each once, when the account is known from the anchors. */
  readonly users: (account: string) => Iterable<ReadUser>;
  readonly ledger: (account: string) => ReadLedger;
}

/** Result of a verification. */
export interface Verdict {
  readonly account: string | null;
  /** The one that is vouched for least comes first; empty if everything is as Solekey wrote it. */
  readonly findings: readonly VerifyFinding[];
  readonly users: number;
  readonly entries: number;
  readonly ledgerEntries: number;
  /** Number of anchors that can be trusted, and the last of them. */
  readonly anchors: number;
  readonly last: Anchor | null;
  /** Users with entries since the last anchor, and the number of these entries. Nothing vouches for them yet. */
  readonly young: { readonly users: number; readonly entries: number };
}

/** Checks all. Without an account, in `account` or in an anchor that can be trusted, only the anchors are checked. */
export function verify({ anchors, stray, users, ledger, ...terms }: ToVerify): Verdict {
  const {
    findings: ofAnchors,
    bound,
    account,
    trusted,
    last,
    daily,
    unvouched,
  } = checkAnchors(anchors, terms);
  const until = last?.until ?? null;
  const strays = stray.map(
    (name): VerifyFinding => ({ about: 'anchors', since: until, fault: { found: 'stray', name } }),
  );
  const findings: VerifyFinding[] = [...ofAnchors, ...strays];
  const seen = new Set<string>();
  const young = { users: 0, entries: 0 };
  let entries = 0;
  for (const user of account === null ? [] : users(account)) {
    const { userId } = user;
    const own = {
      entries: bound.users.get(userId) ?? new Map(),
      unvouched: unvouched.get(userId) ?? null,
      until,
      daily,
    };
    const check = checkUser(user, own);
    findings.push(...check.findings);
    seen.add(userId);
    entries += user.entries.length;
    young.users += check.young > 0 ? 1 : 0;
    young.entries += check.young;
  }
  for (const [userId, own] of account === null ? [] : bound.users) {
    if (!seen.has(userId)) {
      findings.push(goneUser(userId, own));
    }
  }
  const read = account === null ? null : ledger(account);
  findings.push(...(read === null ? [] : checkLedger(read, bound.ledger, { until, daily })));
  return {
    account,
    findings: inOrder(findings),
    users: seen.size,
    entries,
    ledgerEntries: read?.entries.length ?? 0,
    anchors: trusted,
    last,
    young,
  };
}

const ORDER = ['anchors', 'ledger', 'user'] as const satisfies readonly VerifyFinding['about'][];

/** The findings that are vouched for least first; among equals anchors, ledger, users, each as they were found. */
function inOrder(findings: readonly VerifyFinding[]): VerifyFinding[] {
  const rank = ({ since, about }: VerifyFinding) => `${since ?? ''} ${ORDER.indexOf(about)}`;
  return [...findings].sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
}
