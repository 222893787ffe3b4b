/** Pause, resume, revoke: the operator's commands. They change one item, which every pass and every page reads first. */
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type ControlStore, controlStore } from '../functions/adapters/control-store.ts';
import { paused, reinstated, resumed, revoked } from '../functions/core/control.ts';
import { type Control, isPaused } from '../functions/core/policy.ts';
import { instantOf } from '../functions/core/time.ts';
import { moment } from '../functions/core/words.ts';

const USAGE = `Usage: npm run control -- COMMAND [--stack Solekey] [--region us-east-1]

  status            what is in force now
  pause             from now on no key is switched off or deleted; asking, mails and restores go on
  resume            carry on; time paused does not count as grace, and deletions are announced anew
  revoke ID         links of this approver decide nothing any more, and decisions not yet begun are void
  reinstate ID      links of this approver count again

Needs credentials that may read the stack and read and write its table.`;

/** What a command line asks for. */
export interface Command {
  name: 'status' | 'pause' | 'resume' | 'revoke' | 'reinstate';
  id: string;
  stack: string;
  region: string;
}

/** Reads the arguments; a text for people when they make no sense. */
export function parseCommand(args: readonly string[]): Command | string {
  const words: string[] = [];
  const options = new Map([
    ['stack', 'Solekey'],
    ['region', 'us-east-1'],
  ]);
  for (let i = 0; i < args.length; i += 1) {
    const word = args[i] ?? '';
    if (!word.startsWith('--')) words.push(word);
    else {
      const value = args[i + 1];
      if (!options.has(word.slice(2)) || value === undefined) return USAGE;
      options.set(word.slice(2), value);
      i += 1;
    }
  }
  const [name, id = '', ...more] = words;
  const needsId = name === 'revoke' || name === 'reinstate';
  const known = needsId || name === 'status' || name === 'pause' || name === 'resume';
  if (!known || more.length > 0 || needsId !== (id !== '')) return USAGE;
  return { name, id, stack: options.get('stack') ?? '', region: options.get('region') ?? '' };
}

/** Carries a command out and says what is in force afterwards. */
export async function control(store: ControlStore, { name, id }: Command, now: string): Promise<string> {
  switch (name) {
    case 'status':
      return inForce(await store.read());
    case 'pause':
      return inForce(await store.change((item) => paused(item, now)));
    case 'resume':
      return inForce(await store.change((item) => resumed(item, now)));
    case 'revoke':
      return inForce(await store.change((item) => revoked(item, id)));
    case 'reinstate':
      return inForce(await store.change((item) => reinstated(item, id)));
  }
}

function inForce(item: Control): string {
  const since = item.pauses.at(-1)?.from;
  const pause = isPaused(item) && since !== undefined ? `Paused since ${moment(since)}.` : 'Not paused.';
  const list = item.revoked.length === 0 ? 'No approver is revoked.' : `Revoked: ${item.revoked.join(', ')}.`;
  return `${pause} ${list} In force from the next look and the next page on.`;
}

async function tableOf(stack: string, region: string): Promise<string> {
  const answer = await new CloudFormationClient({ region }).send(
    new DescribeStacksCommand({ StackName: stack }),
  );
  const outputs = answer.Stacks?.[0]?.Outputs ?? [];
  const table = outputs.find(({ OutputKey }) => OutputKey === 'TableName')?.OutputValue;
  if (table === undefined)
    throw new Error(`The stack ${stack} in ${region} has no output TableName: is it a Solekey stack?`);
  return table;
}

/** The command line. */
export async function main(args: readonly string[]): Promise<number> {
  const command = parseCommand(args);
  if (typeof command === 'string') {
    process.stderr.write(`${command}\n`);
    return 2;
  }
  try {
    const table = await tableOf(command.stack, command.region);
    const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region: command.region }));
    process.stdout.write(
      `${await control(controlStore(documents, table), command, instantOf(Date.now()))}\n`,
    );
    return 0;
  } catch (error) {
    process.stderr.write(`Nothing was changed. ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

if (process.argv[1]?.endsWith('control.ts')) process.exitCode = await main(process.argv.slice(2));
