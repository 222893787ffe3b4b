import { writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { Launched } from '../launch/launch.ts';
import { startGuarded } from '../world/processes.ts';
import { findPython } from '../world/python.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The end of a command of ours: everything it printed, and its exit code. */
export interface Ended {
  readonly said: string;
  readonly code: number | null;
}

/**
 * Runs a command of ops/ against the sandbox in a process of its own, which gets nothing from us but AWS's address and
 * credentials.
 */
export async function runCommand(
  { gatewayUrl, world }: Launched,
  command: readonly string[],
  accessKeyId: string,
): Promise<Ended> {
  const { executable: python } = await findPython(process.env);
  let said = '';
  const child = startGuarded({
    python,
    name: 'command',
    command: [
      ...['/bin/sh', '-c', 'cd "$0" && exec "$@"', ROOT],
      ...[process.execPath, '--import', 'tsx', ...command],
    ],
    env: {
      PATH: [dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
      // The reader's own AWS profile, region and credentials must not be used.
      HOME: world.runDirectory,
      AWS_ENDPOINT_URL: gatewayUrl,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: 'sandbox',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    output: (text) => {
      said += text;
    },
  });
  const code = await child.ended;
  return { said: said.trim(), code };
}

/** Runs the operator's command and returns what is in force then. Throws if it fails. */
export async function runControl(launched: Launched, command: 'pause' | 'resume'): Promise<string> {
  const said = await control(launched, command, '--reason', 'a part of the story');
  return said.split('\n').find((line) => /^(?:Not paused|Paused)/.test(line)) ?? said;
}

/** Runs an operator's command that changes nothing in force, and returns its lines. Throws if it fails. */
export function readControl(launched: Launched, command: 'status' | 'check', user?: string): Promise<string> {
  return control(launched, command, ...(user === undefined ? [] : [user]));
}

async function control(launched: Launched, ...command: readonly string[]): Promise<string> {
  const { assembly, world } = launched;
  const options = ['--stack', assembly.stackName, '--region', world.region];
  const { said, code } = await runCommand(
    launched,
    [join('ops', 'control.ts'), ...command, ...options],
    'operator',
  );
  if (code !== 0) {
    throw new Error(`ops/control.ts ${command.join(' ')} ended with ${code}: ${said}`);
  }
  return said;
}

/**
 * Exports the public key of records with the operator's command, and checks everything that is stored with it. The result is that
 * of `npm run verify`.
 */
export async function verifyRecords(launched: Launched): Promise<Ended> {
  const { assembly, world } = launched;
  const file = join(world.runDirectory, 'public.pem');
  await writeFile(file, await publicPem(launched));
  const options = ['--stack', assembly.stackName, '--region', world.region];
  return runCommand(launched, [join('ops', 'verify', 'main.ts'), '--key', file, ...options], 'operator');
}

/** The public key of records, as the operator's command prints it. */
export async function publicPem(launched: Launched): Promise<string> {
  const said = await control(launched, 'public-key');
  const [pem = ''] = /-----BEGIN PUBLIC KEY-----[\s\S]*-----END PUBLIC KEY-----/.exec(said) ?? [];
  return `${pem}\n`;
}

/** A decision that is not carried out yet, as `decisions --json` has it. */
export interface WaitingDecision {
  readonly userName: string;
  readonly by: string;
  /** The last four characters of each key. */
  readonly deactivate: readonly string[];
  readonly waitsFor: string;
  readonly waitsUntil: string | null;
}

const DECISIONS = z.object({
  result: z.object({
    decisions: z.array(
      z.object({
        userName: z.string(),
        by: z.string(),
        deactivate: z.array(z.string()),
        waitsFor: z.string(),
        waitsUntil: z.string().nullable(),
      }),
    ),
  }),
});

/** The decisions that are not carried out yet, by the operator's command. */
export async function waitingDecisions(launched: Launched): Promise<readonly WaitingDecision[]> {
  const said = await control(launched, 'decisions', '--json');
  // Notes for people go to stderr, which is read together with it.
  const line = said.split('\n').find((one) => one.startsWith('{')) ?? said;
  return DECISIONS.parse(JSON.parse(line)).result.decisions;
}
