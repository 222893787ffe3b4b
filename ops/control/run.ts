/** Runs a command line: parses it, opens AWS, carries it out, and prints the outcome. */
import { instantOf } from '../../functions/core/model/time.ts';
import { type Command, parseArguments } from './arguments.ts';
import { cases } from './cases.ts';
import { change } from './change.ts';
import { check } from './check.ts';
import { ownChecks } from './checks.ts';
import { confirm } from './confirm.ts';
import { decisions } from './decisions.ts';
import { doctor } from './doctor.ts';
import { erase } from './erase.ts';
import { evidence } from './evidence.ts';
import { type Name, USAGE } from './names.ts';
import { EXIT, type Outcome } from './outcome.ts';
import { preflight } from './preflight.ts';
import { publicKey } from './public-key.ts';
import { records } from './records.ts';
import { redrive } from './redrive.ts';
import { restored } from './restored.ts';
import { resubscribe } from './resubscribe.ts';
import { VERSION } from './results.ts';
import { show } from './show.ts';
import { status } from './status.ts';
import { testMail } from './test-mail.ts';
import { inWords } from './trouble.ts';
import { watched } from './watched.ts';
import { windDown } from './wind-down.ts';
import type { Account, Deployed, World } from './world.ts';

/** Where the commands write. Data goes to `out`, words to `err`. */
export interface Streams {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/** How AWS is opened. Tests have their own. */
export interface Doors {
  readonly world: (command: Command) => Promise<World>;
  readonly account: (command: Command) => Promise<Account>;
}

/** The function of each command. */
const ACTS = {
  doctor: async (world) =>
    doctor([...(await watched(world)), ...(await ownChecks(world))], {
      deployed: true,
      boundaries: await boundaries(world),
    }),
  status,
  cases,
  decisions,
  show: (world, { id }) => show(world, id),
  check: (world, { id }) => check(world, id),
  pause: (world, { reason }) => change(world, 'pause', '', reason),
  resume: (world, { reason }) => change(world, 'resume', '', reason),
  revoke: (world, { id, reason }) => change(world, 'revoke', id, reason),
  reinstate: (world, { id, reason }) => change(world, 'reinstate', id, reason),
  restored,
  confirm: (world, { id }) => confirm(world, id),
  resubscribe: (world, { id }) => resubscribe(world, id),
  'test-mail': (world, { id }) => testMail(world, id),
  redrive: (world, { id, flags }) => redrive(world, id, flags),
  'public-key': publicKey,
  records,
  evidence,
  erase,
  'wind-down': windDown,
} as const satisfies Record<Name, Act>;

/** Carries out a command, and says how far it is if that takes minutes. */
type Act = (world: World, command: Command, say: (line: string) => void) => Promise<Outcome>;

/** Runs a command line and returns the exit code. It never throws. */
export async function run(args: readonly string[], streams: Streams, doors: Doors): Promise<number> {
  const parsed = parseArguments(args);
  if ('help' in parsed) {
    streams.out(USAGE);
    return EXIT.done;
  }
  if ('problem' in parsed) {
    streams.err(parsed.problem);
    return EXIT.notDone;
  }
  const { command } = parsed;
  try {
    return await carryOut(command, streams, doors);
  } catch (error) {
    streams.err(inWords(error, command));
    return EXIT.notDone;
  }
}

async function carryOut(command: Command, streams: Streams, doors: Doors): Promise<number> {
  const world = await doors.world(command).catch((error: unknown) => {
    if (command.name === 'doctor' && isNoStack(error)) {
      return null;
    }
    throw error;
  });
  const { stack, region } = command;
  if (world === null) {
    const account = await doors.account(command);
    const place = { account: account.account, region, stack };
    streams.err(`${heading(place)}: there is no such stack, so this checks what a deployment needs.`);
    const outcome = doctor(await preflight(account, region), { deployed: false, boundaries: [] });
    return print(command, streams, place, outcome);
  }
  streams.err(heading(world.deployed));
  const act: Act = ACTS[command.name];
  return print(command, streams, world.deployed, await act(world, command, streams.err));
}

type Place = Pick<Deployed, 'account' | 'region' | 'stack'>;

const heading = ({ account, region, stack }: Place) => `Account ${account}, ${region}, stack ${stack}`;

const isNoStack = (error: unknown) =>
  error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist');

/** Prints an outcome and returns its exit code. */
function print(
  { name, json }: Command,
  { out, err }: Streams,
  { account, region, stack }: Place,
  { result, lines, notes, code }: Outcome,
): number {
  if (json) {
    const at = instantOf(Date.now());
    out(JSON.stringify({ version: VERSION, command: name, account, region, stack, at, result }));
  } else if (lines.length > 0) {
    out(lines.join('\n'));
  }
  for (const note of notes) {
    err(note);
  }
  return code;
}

/** A role that cannot be read gives no hint, and nothing else. */
async function boundaries({ parts }: World): Promise<readonly string[]> {
  try {
    return await parts.boundaries();
  } catch {
    return [];
  }
}
