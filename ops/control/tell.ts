/** Tells the operators and the approver concerned about a change of the control item. No message has a link. */
import { addressMark } from '../../functions/core/case/requests.ts';
import type { LedgerEntry } from '../../functions/core/model/ledger.ts';
import { UTC } from '../../functions/core/model/zone.ts';
import { howWritten } from '../../functions/core/words/how-written.ts';
import { unlinked } from '../../functions/core/words/unlinked.ts';
import { moment, printable } from '../../functions/core/words/words.ts';
import type { World } from './world.ts';

/** Maximum length of a subject in SNS, which must be printable ASCII. */
const LONGEST_SUBJECT = 99;

/** Text that other people chose, in a mail: printable ASCII in which no mail program finds a link or an address. */
function harmless(text: string): string {
  return unlinked(printable(text, 500));
}

/** The people who were told; `approver` is the id of the one concerned, null if nobody was or had to be. */
export interface Told {
  readonly operators: boolean;
  readonly approver: string | null;
  /** A sentence for each failure, for stderr. */
  readonly notes: readonly string[];
}

const DID: Readonly<Record<string, string>> = {
  pause: 'paused',
  resume: 'resumed',
  revoke: 'revoked an approver',
  reinstate: 'reinstated an approver',
  restored: 'declared the table restored from a backup',
  'wind-down': 'wound Solekey down',
  erase: 'erased comments under retention',
  evidence: 'asked for an evidence pack',
};

/** Tells everybody concerned. The change is made, so no failure here is an error of the command. */
export async function tell(world: World, entry: LedgerEntry, inForce: string): Promise<Told> {
  const operators = await tellOperators(world, entry, inForce);
  const approver = entry.approver === undefined ? null : await tellApprover(world, entry, entry.approver);
  return {
    operators: operators === null,
    approver: approver === null ? (entry.approver ?? null) : null,
    notes: [operators, approver].flatMap((note) => note ?? []),
  };
}

/** Returns null if SNS accepted it, else what went wrong. */
async function tellOperators(
  { operators, deployed }: World,
  entry: LedgerEntry,
  inForce: string,
): Promise<string | null> {
  const { account, region, stack } = deployed;
  const whom = entry.approver === undefined ? '' : ` (${harmless(entry.approver)})`;
  const did = `${DID[entry.command] ?? entry.command}${whom}`;
  const text = [
    `Someone with AWS credentials ${did} with the command "${entry.command}".`,
    `By: ${harmless(entry.by)}\nReason: ${harmless(entry.reason)}\nAt: ${moment(entry.at, UTC)}`,
    `Account ${account}, ${region}, stack ${stack}. Entry ${entry.number} of the ledger.`,
    harmless(inForce),
    'If you do not know about this, ask whoever did it. To see all changes: npm run control -- status',
  ];
  const written = howWritten(text.join('\n'), false);
  const body = [...text, ...written].join('\n\n');
  if (operators === null) {
    return 'The operators could not be told: this stack has no topic for them.';
  }
  const subject = `[Solekey] ${account}: ${did}`.slice(0, LONGEST_SUBJECT);
  return attempt('The operators could not be told', () => operators(subject, `${body}\n`));
}

async function tellApprover(world: World, entry: LedgerEntry, id: string): Promise<string | null> {
  return attempt(`${id} could not be told by mail`, async () => {
    const found = (await world.parts.subscribers()).find(({ ids }) => ids.includes(id));
    if (found === undefined) {
      throw new Error('the deployed template has no mail subscription for this id');
    }
    const { account } = world.deployed;
    const revoked = entry.command === 'revoke';
    const body = [
      `An operator ${revoked ? 'revoked' : 'reinstated'} you as an approver of Solekey in account ${account} on ${moment(entry.at, UTC)}.`,
      revoked
        ? 'The links in your mails are not valid any more, and your decisions that have not begun are void. Other approvers are asked.'
        : 'The links in your mails are valid again until they expire.',
      'If you did not expect this, ask the people who operate Solekey.',
      'Do not click the unsubscribe link below: you would stop receiving these mails.',
    ];
    await world.mail({
      recipient: id,
      address: addressMark(found.address),
      subject: `[Solekey] ${account}: you are ${revoked ? 'no longer' : 'again'} an approver`,
      body: `${body.join('\n\n')}\n`,
    });
  });
}

async function attempt(failed: string, act: () => Promise<void>): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (error) {
    return `${failed}: ${error instanceof Error ? error.message : String(error)}`;
  }
}
