import { closeSync, mkdirSync, mkdtempSync, openSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorldPorts } from './ports.ts';
import { type Guarded, startGuarded } from './processes.ts';

const HEALTHY_WITHIN_MS = 30_000;
const MINISTACK = fileURLToPath(new URL('../python/ministack_world.py', import.meta.url));
const MOTO = fileURLToPath(new URL('../python/moto_world.py', import.meta.url));

export interface EmulatorOptions {
  /** The virtual environment's Python, from prepareVenv. */
  readonly python: string;
  readonly region: string;
  readonly account: string;
  readonly ports: WorldPorts;
  /** The directory for the emulators' logs. */
  readonly runDirectory: string;
  /** Additional environment variables for ministack, which every deployed function inherits. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Signed requests as counted by an emulator itself, whether or not they came through the gateway. */
export interface SeenRequests {
  /** Name of the calling function, otherwise the access key id. */
  readonly caller: string;
  readonly service: string;
  readonly count: number;
}

export interface Emulators {
  readonly ministackUrl: string;
  readonly motoUrl: string;
  readonly pids: readonly number[];
  readonly logs: { readonly ministack: string; readonly moto: string };
  /** Resolves if an emulator ends unexpectedly, with a line that says which one and why. */
  readonly died: Promise<string>;
  /** The requests that arrived at both emulators so far. */
  seen(): Promise<readonly SeenRequests[]>;
  stop(): Promise<void>;
}

/**
 * An environment without the reader's variables. ministack passes its own environment on to every function, so it
 * must not contain credentials, proxies or profiles of a real account. The first directory on the PATH is that of the
 * current Node, so functions run on the reader's version.
 */
function cleanEnvironment(home: string): Record<string, string> {
  const path = [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter);
  return { PATH: path, HOME: home, TMPDIR: home, LANG: 'C.UTF-8', PYTHONUNBUFFERED: '1', NO_PROXY: '*' };
}

function ministackEnvironment(options: EmulatorOptions): Record<string, string> {
  return {
    GATEWAY_PORT: String(options.ports.ministack),
    BIND_HOST: '127.0.0.1',
    IOT_MTLS_ENABLED: '0',
    MINISTACK_HOST: '127.0.0.1',
    MINISTACK_REGION: options.region,
    MINISTACK_ACCOUNT_ID: options.account,
    // All AWS calls of deployed functions go through the gateway, which counts and routes them.
    AWS_ENDPOINT_URL: `http://127.0.0.1:${options.ports.gateway}`,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...options.env,
  };
}

/**
 * HOME and temporary files of an emulator, outside the repository: functions run from there, and near our
 * node_modules they would find packages that AWS does not have. The package.json makes modules CommonJS by default,
 * as in an empty /var/task.
 */
function scratchFor(name: string): string {
  const scratch = mkdtempSync(join(tmpdir(), `solekey-${name}-`));
  writeFileSync(join(scratch, 'package.json'), '{}');
  return scratch;
}

/** Starts both emulators on loopback and waits until they answer. */
export async function startEmulators(options: EmulatorOptions): Promise<Emulators> {
  const { ports, python, runDirectory } = options;
  mkdirSync(runDirectory, { recursive: true });
  const logs = { ministack: join(runDirectory, 'ministack.log'), moto: join(runDirectory, 'moto.log') };
  const start = (
    name: 'ministack' | 'moto',
    script: string,
    args: string[],
    env: Record<string, string>,
  ): Guarded => {
    const log = openSync(logs[name], 'a');
    const scratch = scratchFor(name);
    const command = [python, script, ...args];
    try {
      return startGuarded({
        python,
        name,
        command,
        env: { ...cleanEnvironment(scratch), ...env },
        output: log,
        scratch,
      });
    } finally {
      closeSync(log); // the child has its own copy
    }
  };
  const ministack = start('ministack', MINISTACK, [], ministackEnvironment(options));
  // Without them nobody could be given AdministratorAccess.
  const policies = { MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' };
  const moto = start('moto', MOTO, [String(ports.moto), options.account], policies);

  let stopping = false;
  const stop = async () => {
    stopping = true;
    await Promise.all([ministack.stop(), moto.stop()]);
  };
  const death = async (child: Guarded, log: string) => {
    await child.ended;
    return stopping
      ? new Promise<string>(() => undefined)
      : `${child.name} ended: ${await tail(log)} (${log})`;
  };
  const died = Promise.race([death(ministack, logs.ministack), death(moto, logs.moto)]);

  const ministackUrl = `http://127.0.0.1:${ports.ministack}`;
  const motoUrl = `http://127.0.0.1:${ports.moto}`;
  try {
    await Promise.all([
      answering('ministack', `${ministackUrl}/_ministack/health`, died),
      answering('moto', `${motoUrl}/sandbox/health`, died),
    ]);
  } catch (error) {
    await stop();
    throw error;
  }
  const seen = async () => {
    const urls = [`${ministackUrl}/_sandbox/requests`, `${motoUrl}/sandbox/requests`];
    const answers = await Promise.all(urls.map(async (url) => (await fetch(url)).json()));
    return answers.flat() as SeenRequests[];
  };
  return { ministackUrl, motoUrl, pids: [ministack.pid, moto.pid], logs, died, seen, stop };
}

async function tail(log: string): Promise<string> {
  const lines = (await readFile(log, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-3).join(' | ');
}

async function answering(name: string, url: string, died: Promise<string>): Promise<void> {
  const deadline = Date.now() + HEALTHY_WITHIN_MS;
  let ended: string | undefined;
  died.then((line) => {
    ended = line;
  });
  while (Date.now() < deadline) {
    if (ended !== undefined) {
      throw new Error(ended);
    }
    const healthy = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      (answer) => answer.ok,
      () => false,
    );
    if (healthy) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${name} did not answer within ${HEALTHY_WITHIN_MS / 1000} s at ${url}`);
}
