/**
 * The operator's commands. Those that change something (pause, resume, revoke, reinstate) change one item, which every
 * pass and every page reads first.
 */
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type ControlStore, controlStore } from '../functions/adapters/control-store.ts';
import { recordReader } from '../functions/adapters/record-reader.ts';
import { suggestion } from '../functions/contracts/did-you-mean.ts';
import { paused, reinstated, resumed, revoked } from '../functions/core/model/control.ts';
import { type Control, isPaused } from '../functions/core/model/policy.ts';
import { instantOf } from '../functions/core/model/time.ts';
import { moment } from '../functions/core/words/words.ts';
import { type Command, parseArguments } from './arguments.ts';
import { show } from './show.ts';
import { inWords, Refused } from './trouble.ts';

const USAGE = `Usage: npm run control -- COMMAND [--stack Solekey] [--region us-east-1]

  status            show whether Solekey is paused and which approvers are revoked
  pause             deactivate and delete no key until resumed; questions, mails and reactivation continue
  resume            continue; the time paused is added to grace periods, and deletions are announced again
  revoke ID         revoke the links of this approver, and their decisions that have not begun yet
  reinstate ID      make the links of this approver valid again
  show USER         show the case of an IAM user, its history, and whether the record was changed

Needs credentials that can read the stack and its table, and write the table to change something.`;

/** The outputs of the deployed stack. */
interface Deployed {
  readonly table: string;
  readonly account: string;
  /** Ids of the approvers in the stack's settings; null if it was deployed by a release that does not publish them. */
  readonly approvers: readonly string[] | null;
}

/**
 * Carries out a command and returns a sentence about what is in force afterwards. Throws Refused for an unknown
 * approver.
 */
export async function control(
  store: ControlStore,
  { name, id }: { readonly name: Exclude<Command['name'], 'show'>; readonly id: string },
  approvers: Deployed['approvers'],
  now: string,
): Promise<string> {
  const change = async (by: (item: Control) => Control) => inForce(await store.change(by), approvers);
  switch (name) {
    case 'status':
      return inForce(await store.read(), approvers);
    case 'pause':
      return change((item) => paused(item, now));
    case 'resume':
      return change((item) => resumed(item, now));
    case 'revoke':
      if (approvers?.includes(id) !== true) {
        throw nobody(id, approvers);
      }
      return change((item) => revoked(item, id));
    case 'reinstate':
      return change((item) => {
        // Approvers no longer in the settings can be reinstated as well, which removes them from the list of revoked
        // ids.
        if (approvers?.includes(id) !== true && !item.revoked.includes(id)) {
          throw nobody(id, approvers);
        }
        return reinstated(item, id);
      });
  }
}

/**
 * Refuses an id that no approver has: after a typing error the approver who was meant would keep their permission to
 * decide.
 */
function nobody(id: string, approvers: Deployed['approvers']): Refused {
  if (approvers === null) {
    return new Refused(`The stack has no output ApproverIds: deploy this version first.`);
  }
  const current = `The approvers are: ${approvers.join(', ')}.`;
  return new Refused(`No approver has the id "${id}".${suggestion(id, approvers)} ${current}`);
}

const NOBODY_LEFT =
  'Nobody can decide now, and nobody gets a mail: reinstate an approver, or deploy with another one.';

function inForce(item: Control, approvers: Deployed['approvers']): string {
  const since = item.pauses.at(-1)?.from;
  const pause = isPaused(item) && since !== undefined ? `Paused since ${moment(since)}.` : 'Not paused.';
  const list = item.revoked.length === 0 ? 'No approver is revoked.' : `Revoked: ${item.revoked.join(', ')}.`;
  const none = approvers?.every((id) => item.revoked.includes(id)) === true ? ` ${NOBODY_LEFT}` : '';
  return `${pause} ${list}${none} Takes effect from the next evaluation and the next page.`;
}

async function deployed({ stack, region }: Command): Promise<Deployed> {
  const answer = await new CloudFormationClient({ region }).send(
    new DescribeStacksCommand({ StackName: stack }),
  );
  const output = (name: string) =>
    answer.Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue;
  const table = output('TableName');
  if (table === undefined) {
    throw new Refused(`The stack "${stack}" in ${region} has no output TableName. Is it a Solekey stack?`);
  }
  const [, , , , account = ''] = answer.Stacks?.[0]?.StackId?.split(':') ?? [];
  return { table, account, approvers: output('ApproverIds')?.split(',') ?? null };
}

/** The exit code of `show` for a record that something other than Solekey changed. */
const RECORD_CHANGED = 3;

/** The command line. Returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const parsed = parseArguments(args);
  if ('help' in parsed) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  if ('problem' in parsed) {
    process.stderr.write(`${parsed.problem}\n`);
    return 2;
  }
  const { command } = parsed;
  // The operator cannot act on the SDK's warning about future Node versions.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  try {
    const { table, account, approvers } = await deployed(command);
    const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region: command.region }));
    const { name, id } = command;
    const now = instantOf(Date.now());
    if (name === 'show') {
      const { text, changed } = await show(recordReader(documents, table), account, id, now);
      process.stdout.write(`${text}\n`);
      return changed ? RECORD_CHANGED : 0;
    }
    const store = controlStore(documents, table);
    process.stdout.write(`${await control(store, { name, id }, approvers, now)}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${inWords(error, command)}\n`);
    return 1;
  }
}

if (process.argv[1]?.endsWith('control.ts')) {
  process.exitCode = await main(process.argv.slice(2));
}
