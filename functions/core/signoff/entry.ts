import { giverOf } from '../case/mailed-to.ts';
import type { LedgerReason } from '../model/ledger.ts';
import type { Approver } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import type { Said, Statement } from './statement.ts';

/** The content of `about` in the ledger's entry of a statement. */
export interface StatementAbout extends Pick<Statement, 'digest' | 'anchor' | 'reportSha256' | 'said'> {
  /** When the statement was given; the entry has the time at which it was recorded. */
  readonly given: Instant;
  /** Mark of the address under which the person was an approver. */
  readonly address: string;
}

/** The person of an entry about an answer on a page. Ids of approvers have no spaces. */
export const BY_APPROVER = 'approver ';

/** The entry of the ledger for a statement by this person. The words that they typed are in it as a digest only. */
export function statementReason(
  { digest, at: given, anchor, reportSha256, said }: Statement,
  person: Approver,
  at: Instant,
): LedgerReason & { readonly about: Readonly<Record<string, unknown>> } {
  const { by, address } = giverOf(person);
  const about: StatementAbout = { digest, given, anchor, reportSha256, said, address };
  return { at, command: said.kind, by: `${BY_APPROVER}${by}`, reason: codeOf(said), about: { ...about } };
}

function codeOf(said: Said): string {
  switch (said.kind) {
    case 'sign-off':
      return said.verdict;
    case 'concern':
    case 'concern-settled':
      return said.kind;
  }
}
