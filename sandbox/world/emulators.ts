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
  /** Where the emulators' logs go. */
  readonly runDirectory: string;
  /** More environment for ministack, which every deployed function inherits. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Signed requests that an emulator saw arrive, whichever way they came. */
export interface SeenRequests {
  /** The function that called, else the access key id. */
  readonly caller: string;
  readonly service: string;
  readonly count: number;
}

export interface Emulators {
  readonly ministackUrl: string;
  readonly motoUrl: string;
  readonly pids: readonly number[];
  readonly logs: { readonly ministack: string; readonly moto: string };
  /** Resolves when an emulator ended although nobody asked, with a line that says which and why. */
  readonly died: Promise<string>;
  /** What arrived at both so far, as they count it themselves. */
  seen(): Promise<readonly SeenRequests[]>;
  stop(): Promise<void>;
}

/**
 * Nothing of the reader's environment reaches an emulator, because ministack hands its own on to every function:
 * credentials, proxies and profiles of a real account must not be there. The first directory of the PATH is this very
 * Node's, so functions run on the version the reader has.
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
    // Every AWS call of a deployed function goes through the gateway, which counts it and knows where it belongs.
    AWS_ENDPOINT_URL: `http://127.0.0.1:${options.ports.gateway}`,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...options.env,
  };
}

/**
 * HOME and temporary files of an emulator, outside the repository: functions run from there, and near our node_modules
 * they would find packages that AWS does not have. Its package.json says CommonJS, as an empty /var/task does.
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
  const moto = start('moto', MOTO, [String(ports.moto), options.account], {});

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
