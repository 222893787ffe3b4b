import type { NewReportClaim } from '../../functions/core/case/requests.ts';
import type { Approver } from '../../functions/core/model/policy.ts';
import type { Stated } from '../../functions/core/signoff/state.ts';
import {
  type CheckedStatement,
  type Said,
  type SaidConcern,
  type SaidSignOff,
  type Statement,
  statementDigest,
} from '../../functions/core/signoff/statement.ts';
import { typedDigest } from '../../functions/core/signoff/typed.ts';
import { ACCOUNT, aReportClaim, NOW, POLICY, USER_ID } from './cases.ts';
import { asMailed } from './claims.ts';

/** The words of a concern. */
export const WORRY = {
  impact: 'The nightly export fails since the key was deactivated.',
  remediation: 'Move the export to a role.',
  owner: 'Data platform',
  ticket: 'OPS-1742',
};

/** The words about what was done. */
export const DONE = { done: 'The export has a role now.' };

export function aSignOff(more: Partial<SaidSignOff> = {}): SaidSignOff {
  return { kind: 'sign-off', verdict: 'accepted', concerns: [], ...more };
}

export function aConcern(more: Partial<SaidConcern> = {}): SaidConcern {
  return {
    kind: 'concern',
    userId: USER_ID,
    userName: 'ci-deploy',
    keyEnd: '3QXK',
    target: '2026-12-24',
    textDigest: typedDigest(WORRY),
    ...more,
  };
}

/** What was done about a concern. */
export function settling(concern: number): Said {
  return { kind: 'concern-settled', concern, textDigest: typedDigest(DONE) };
}

const [SECURITY] = POLICY.approvers as readonly [Approver, ...Approver[]];

/** A statement about the report of anchor 7, by the security lead unless somebody else is named. */
export function aStatement(more: Partial<Statement> = {}, by: Approver = SECURITY): Statement {
  const about = { anchor: 7, reportSha256: 'f'.repeat(64), said: aSignOff(), ...more };
  return { digest: statementDigest(ACCOUNT, by, about), at: NOW, ...about };
}

/** A statement as reconcile has it after it was proved to come through this link. */
export function checked(
  statement: Statement = aStatement(),
  claim: Partial<NewReportClaim> = {},
): CheckedStatement {
  return {
    statement: { ...statement, payload: '', proof: '' },
    claim: asMailed(aReportClaim(claim)),
  };
}

/** A statement that the ledger has as this entry. */
export function stated(number: number, said: Said, more: Partial<Stated> = {}): Stated {
  const digest = String(number % 10).repeat(64);
  return { number, at: NOW, by: 'sec-lead', digest, anchor: 7, reportSha256: 'f'.repeat(64), said, ...more };
}
