import { giverOf, personMark } from '../case/mailed-to.ts';
import type { AnyPurpose, LinkClaim } from '../case/requests.ts';
import { canonicalJson, sha256 } from '../model/digest.ts';
import type { Approver } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';

/** The verdicts of a sign-off. The second lists every open concern. Stored permanently, so none ever changes its meaning. */
export const VERDICTS = ['accepted', 'accepted-with-concerns', 'not-accepted'] as const;

/** One of {@link VERDICTS}. */
export type SignOffVerdict = (typeof VERDICTS)[number];

/** The result of a review of all changes. `concerns`: the open ones that the page named, by their entries of the ledger. */
export interface SaidSignOff {
  readonly kind: 'sign-off';
  readonly verdict: SignOffVerdict;
  readonly concerns: readonly number[];
  /**
   * The entry of the latest sign-off of the same report that the page showed; absent if there was none. So somebody who changes their
   * mind twice gives two statements.
   */
  readonly after?: number;
  /** SHA-256 (hex) of the words typed; absent if there were none. */
  readonly textDigest?: string;
}

/** *Concern*: something that broke, or may, because of a change. It stays open until somebody says what was done. */
export interface SaidConcern {
  readonly kind: 'concern';
  readonly userId: string;
  readonly userName: string;
  /** The last four characters of the key; null if it is about the user, or the key is not known. */
  readonly keyEnd: string | null;
  /** The day by which it is to be settled, as `2026-12-31`. */
  readonly target: string;
  readonly textDigest: string;
}

/** The settlement of a concern: the words say what was done about it. */
export interface SaidSettled {
  readonly kind: 'concern-settled';
  /** The number of the concern's entry in the ledger. */
  readonly concern: number;
  readonly textDigest: string;
}

/** The content of a statement. Each kind has the name of the command under which the ledger has it. */
export type Said = SaidSignOff | SaidConcern | SaidSettled;

/** The report that was shown: the number of the anchor that has it, and the SHA-256 (hex) of its text. */
export interface SeenReport {
  readonly anchor: number;
  readonly reportSha256: string;
}

/** *Statement*: what an approver says about a report on its page. It changes no key, and becomes an entry of the ledger. */
export interface Statement extends SeenReport {
  /** Digest of everything else but the moment (`statementDigest`), under which it is stored. */
  readonly digest: string;
  readonly at: Instant;
  readonly said: Said;
}

/** A statement as stored by `approve`: like an answer it has the signed text of the link that was used, and a proof. */
export interface SealedStatement extends Statement {
  readonly payload: string;
  readonly proof: string;
}

/** A statement with the claim of its link, proved by reconcile; the claim is null if it was not made through a link of ours. */
export interface CheckedStatement {
  readonly statement: SealedStatement;
  readonly claim: LinkClaim | null;
}

/**
 * The digest under which a statement is stored: the same if one person says the same about the same report again. Somebody
 * else's is another statement, because two people may sign off the same report.
 */
export function statementDigest(
  account: string,
  person: Approver,
  { anchor, reportSha256, said }: SeenReport & Pick<Statement, 'said'>,
): string {
  const by = personMark(giverOf(person));
  return sha256(`solekey-statement|${canonicalJson({ account, anchor, by, reportSha256, said })}`);
}

/** The links that permit statements: those to a report alone. */
const PERMITS = {
  decide: false,
  restore: false,
  view: false,
  delete: false,
  list: false,
  'list-view': false,
  report: true,
} as const satisfies Record<AnyPurpose, boolean>;

/** True if a link permits statements about the report of this account at this time. */
export function permitsStatements(
  { purpose, account: of, expires }: Pick<LinkClaim, 'purpose' | 'account' | 'expires'>,
  account: string,
  at: Instant,
): boolean {
  return PERMITS[purpose] && of === account && at <= expires;
}
