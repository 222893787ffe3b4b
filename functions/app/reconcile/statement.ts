import type { LedgerReason } from '../../core/model/ledger.ts';
import type { Control } from '../../core/model/policy.ts';
import { statementReason } from '../../core/signoff/entry.ts';
import { judgeStatement } from '../../core/signoff/judge.ts';
import type { NotInLedger } from '../../core/signoff/noted.ts';
import type { CheckedStatement } from '../../core/signoff/statement.ts';
import type { StatementWish } from '../wake.ts';
import type { World } from './world.ts';

/** Attempts to write while others write the ledger at the same moment. */
const TRIES = 3;

/**
 * Result of a message about a statement. `nothing`: there is no statement that anybody can read · `before`: it was in the
 * ledger before · `refused`: the page says why, and the same may be said again.
 */
export type StatementResult = 'noted' | 'before' | 'refused' | 'nothing';

/**
 * Records a stored statement in the ledger, if it proves that a current approver gave it through their link to the report. The
 * message is no evidence. However often it comes, there is one entry. Throws if others wrote the ledger each time, or only a
 * newer release can read the statement, so that the queue delivers the message again.
 */
export async function noteStatement(
  world: Pick<World, 'statements' | 'links' | 'policy' | 'clock' | 'log'>,
  { account, digest }: StatementWish,
): Promise<StatementResult> {
  const { statements, links, log } = world;
  const statement = await statements.read(account, digest);
  if (statement === 'newer') {
    log.count('NewerMessage');
    throw new Error('A statement is for a newer release.');
  }
  if (statement === null) {
    log.warn('A message about a statement leads nowhere', { digest });
    return 'nothing';
  }
  // The digest of the message is the key of the item; only the one that was sealed says what was stated.
  const claim = statement.digest === digest ? await links.claimOfStatement(statement) : null;
  const judge = judgeBy(world, account, { statement, claim });
  for (let tries = 0; tries < TRIES; tries += 1) {
    const before = await statements.noted(account, digest);
    if (before !== null && 'entry' in before) {
      return 'before';
    }
    const noted = await statements.note(account, digest, judge);
    if (noted === 'stale') {
      continue;
    }
    const about = { kind: statement.said.kind, digest };
    if ('entry' in noted) {
      log.info('A statement is in the ledger', { ...about, entry: noted.entry });
      return 'noted';
    }
    log.warn('A statement does not count', { ...about, why: noted.refused });
    if (noted.refused === 'not-proved') {
      log.count('NotAsRecorded');
    }
    return 'refused';
  }
  throw new Error('Others write the ledger at this moment.');
}

function judgeBy(
  { policy, clock }: Pick<World, 'policy' | 'clock'>,
  account: string,
  checked: CheckedStatement,
): (control: Control) => LedgerReason | NotInLedger {
  return (control) => {
    const now = clock.now();
    const judged = judgeStatement(account, checked, { policy, control, now });
    return 'by' in judged
      ? statementReason(checked.statement, judged.by, now)
      : { refused: judged.refused, at: now };
  };
}
