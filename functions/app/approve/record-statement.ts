import type { ReportClaim } from '../../core/case/requests.ts';
import type { Approver } from '../../core/model/policy.ts';
import {
  permitsStatements,
  type Said,
  type SeenReport,
  statementDigest,
} from '../../core/signoff/statement.ts';
import { type Typed, typedText } from '../../core/signoff/typed.ts';
import type { Clock, LinkVerifier, Log } from '../ports.ts';
import type { StatementSender, StatementStore } from '../signoff-ports.ts';

/** The ports to record a statement about a report. */
export interface StatementPorts {
  readonly links: LinkVerifier;
  readonly statements: StatementStore;
  readonly statementWakes: StatementSender;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** The approver who states something, and the whole link to the report with which they do; the link is verified. */
export interface ReportHolder {
  readonly approver: Approver;
  readonly claim: ReportClaim;
  readonly token: string;
}

/** A statement about the report that was shown, with the words that were typed; null if there are none. */
export interface ToRecord extends SeenReport {
  readonly said: Said;
  readonly typed: Typed | null;
}

/**
 * Result of a statement. `recorded`: stored and on its way to the ledger · `before`: the same person said the same before, and it is
 * on its way again, but has one entry · `not-sent`: stored, but reconcile could not be told; saying it again tells it. The
 * digest is that under which it is stored. `not-permitted`: nothing was stored.
 */
export type StatementRecorded =
  | { readonly outcome: 'recorded' | 'before' | 'not-sent'; readonly digest: string }
  | { readonly outcome: 'not-permitted' };

/** Stores a statement, sealed with the link through which it was given, and asks reconcile to record it. */
export async function recordStatement(
  { links, statements, statementWakes, clock, log }: StatementPorts,
  { approver, claim, token }: ReportHolder,
  { typed, ...given }: ToRecord,
): Promise<StatementRecorded> {
  const { account } = claim;
  const at = clock.now();
  if (!permitsStatements(claim, account, at)) {
    return { outcome: 'not-permitted' };
  }
  const digest = statementDigest(account, approver, given);
  const sealed = links.sealStatement(token, { digest, at, ...given });
  const outcome = await statements.record(account, sealed, typed === null ? null : typedText(typed));
  const about = { account, by: approver.id, kind: given.said.kind };
  try {
    await statementWakes.ask({ kind: 'statement', account, digest });
  } catch (error) {
    log.error('A statement was not sent to reconcile', {
      ...about,
      error: error instanceof Error ? error.message : 'unknown',
    });
    log.count('WakeNotSent');
    return { outcome: 'not-sent', digest };
  }
  log.info('statement recorded', { ...about, outcome });
  return { outcome, digest };
}
