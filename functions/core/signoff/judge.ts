import { addresseeIn } from '../case/mailed-to.ts';
import { type Approver, type Control, deciders, isFromBackup, type Policy } from '../model/policy.ts';
import { type Instant, MINUTE, plus, type Seconds } from '../model/time.ts';
import { type CheckedStatement, permitsStatements, statementDigest } from './statement.ts';

/**
 * Reason for which a stored statement does not become an entry of the ledger. `not-proved`: not given through a link of ours, or
 * changed since · `not-permitted`: its link was for something else, or had expired · `not-approver`: the person is no approver
 * now, or not under this address · `before-restore`: the table was restored from a backup since. Stored, so none ever changes
 * its meaning.
 */
export const STATEMENT_REFUSALS = ['not-proved', 'not-permitted', 'not-approver', 'before-restore'] as const;

/** One of {@link STATEMENT_REFUSALS}. */
export type StatementRefusal = (typeof STATEMENT_REFUSALS)[number];

/** A statement that counts, with the person who gave it; or the reason why it does not. */
export type JudgedStatement = { readonly by: Approver } | { readonly refused: StatementRefusal };

/** Maximum difference between the clocks of two functions. */
const SKEW: Seconds = MINUTE;

/**
 * Judges a stored statement: it must come through a link to the report of this account that was valid then, made for somebody
 * who is an approver now. However late it is judged, it counts: a message that waited is no fault of the person.
 */
export function judgeStatement(
  account: string,
  { statement, claim }: CheckedStatement,
  { policy, control, now }: { readonly policy: Policy; readonly control: Control; readonly now: Instant },
): JudgedStatement {
  const { at, digest } = statement;
  if (claim === null || at > plus(now, SKEW)) {
    return { refused: 'not-proved' };
  }
  if (!permitsStatements(claim, account, at)) {
    return { refused: 'not-permitted' };
  }
  if (isFromBackup(control, at)) {
    return { refused: 'before-restore' };
  }
  const by = addresseeIn(deciders(policy, control, { account }), claim);
  if (by === null) {
    return { refused: 'not-approver' };
  }
  // One statement is stored under one digest, so that it cannot count twice.
  return statementDigest(account, by, statement) === digest ? { by } : { refused: 'not-proved' };
}
