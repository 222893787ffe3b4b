/** Checks everything that is stored about an account against itself and against its anchors. */
import type { Anchor } from '../records/anchor.ts';
import type { TableRestored } from '../records/restored.ts';
import { type AnchorTerms, checkAnchors, type ReadAnchor } from './anchors.ts';
import type { VerifyFinding } from './findings.ts';
import { checkLedger, type ReadLedger } from './ledger.ts';
import { checkUser, goneUser, type ReadUser, type UserCheck } from './user.ts';

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

/** A restore of the table, and what it explains. */
export interface ExplainedRestore extends TableRestored {
  /** Number of entries that anchors have, and that the table lacks or has otherwise since. */
  readonly entries: number;
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
  /** The first one if all before it have expired. */
  readonly begins: Anchor | null;
  /** Users with entries since the last anchor, and the number of these entries. Nothing vouches for them yet. */
  readonly young: { readonly users: number; readonly entries: number };
  /** The restores of the table from a backup. That there was one is known from the ledger only. */
  readonly restores: readonly ExplainedRestore[];
}

/** Checks all. Without an account, in `account` or in an anchor that can be trusted, only the anchors are checked. */
export function verify({ anchors, stray, users, ledger, ...terms }: ToVerify): Verdict {
  const {
    findings: ofAnchors,
    bound,
    account,
    trusted,
    begins,
    last,
    daily,
    unvouched,
  } = checkAnchors(anchors, terms);
  const until = last?.until ?? null;
  const strays = stray.map(
    (name): VerifyFinding => ({ about: 'anchors', since: until, fault: { found: 'stray', name } }),
  );
  const findings: VerifyFinding[] = [...ofAnchors, ...strays];
  const read = account === null ? null : ledger(account);
  const restores = read?.restores ?? [];
  const explained = new Map<TableRestored, number>();
  const add = (check: Pick<UserCheck, 'findings' | 'explained'>) => {
    findings.push(...check.findings);
    for (const [restore, entries] of check.explained) {
      explained.set(restore, (explained.get(restore) ?? 0) + entries);
    }
  };
  const seen = new Set<string>();
  const young = { users: 0, entries: 0 };
  let entries = 0;
  for (const user of account === null ? [] : users(account)) {
    const { userId } = user;
    const own = bound.users.get(userId) ?? new Map();
    const still = unvouched.get(userId) ?? null;
    const check = checkUser(user, { entries: own, unvouched: still, until, daily, restores });
    add(check);
    seen.add(userId);
    entries += user.entries.length;
    young.users += check.young > 0 ? 1 : 0;
    young.entries += check.young;
  }
  for (const [userId, own] of account === null ? [] : bound.users) {
    if (!seen.has(userId)) {
      add(goneUser(userId, { entries: own, restores }));
    }
  }
  if (read !== null) {
    add(checkLedger(read, bound.ledger, { until, daily }));
  }
  return {
    account,
    findings: inOrder(findings),
    users: seen.size,
    entries,
    ledgerEntries: read?.entries.length ?? 0,
    anchors: trusted,
    begins,
    last,
    young,
    restores: restores.map((one) => ({ ...one, entries: explained.get(one) ?? 0 })),
  };
}

const ORDER = ['anchors', 'ledger', 'user'] as const satisfies readonly VerifyFinding['about'][];

/** The findings that are vouched for least first; among equals anchors, ledger, users, each as they were found. */
function inOrder(findings: readonly VerifyFinding[]): VerifyFinding[] {
  const rank = ({ since, about }: VerifyFinding) => `${since ?? ''} ${ORDER.indexOf(about)}`;
  return [...findings].sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
}
