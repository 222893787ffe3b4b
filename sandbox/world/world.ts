import { mkdirSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Gateway, type GatewayOptions, startGateway } from '../gateway/server.ts';
import { type EmulatorOptions, type Emulators, startEmulators } from './emulators.ts';
import { choosePorts, type WorldPorts } from './ports.ts';
import type { Say } from './say.ts';
import { prepareVenv } from './venv.ts';

export interface WorldOptions {
  readonly say: Say;
  /** The directory of the virtual environment and the runs, e.g. `<repo>/.sandbox`. */
  readonly directory: string;
  readonly region?: string;
  readonly account?: string;
  /** Chosen by the caller if the public address must be known before the world starts. */
  readonly ports?: WorldPorts;
  /** Additional environment variables for deployed functions. */
  readonly env?: EmulatorOptions['env'];
  readonly services?: GatewayOptions['services'];
  readonly pages?: GatewayOptions['pages'];
  readonly watch?: GatewayOptions['watch'];
}

export interface World {
  readonly gateway: Gateway;
  readonly emulators: Emulators;
  readonly ports: WorldPorts;
  readonly region: string;
  readonly account: string;
  /** The directory with this run's logs, which stay after it. */
  readonly runDirectory: string;
  stop(): Promise<void>;
}

/** Starts an empty AWS on this machine: one account, no users, nothing deployed. Several worlds can run at once. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { say, directory } = options;
  const region = options.region ?? 'us-east-1';
  const account = options.account ?? '123456789012';
  const python = await prepareVenv({ directory, env: process.env, say });
  const ports = options.ports ?? (await choosePorts());
  const runDirectory = join(directory, `run-${ports.gateway}`);
  await removeOldRuns(directory);
  await rm(runDirectory, { recursive: true, force: true });
  mkdirSync(runDirectory, { recursive: true });
  const gateway = await startGateway({
    port: ports.gateway,
    account,
    ministackUrl: `http://127.0.0.1:${ports.ministack}`,
    motoUrl: `http://127.0.0.1:${ports.moto}`,
    say,
    ...(options.services ? { services: options.services } : {}),
    ...(options.pages ? { pages: options.pages } : {}),
    ...(options.watch ? { watch: options.watch } : {}),
  });
  const emulators = await startEmulators({
    python,
    region,
    account,
    ports,
    runDirectory,
    ...(options.env ? { env: options.env } : {}),
  }).catch(async (error: unknown) => {
    await gateway.stop();
    throw error;
  });
  emulators.died.then((line) => say(line));
  return {
    gateway,
    emulators,
    ports,
    region,
    account,
    runDirectory,
    async stop() {
      await gateway.stop();
      await emulators.stop();
    },
  };
}

const A_DAY_MS = 86_400_000;

/** Removes logs of runs that are more than a day old, so that the directory does not grow forever. */
async function removeOldRuns(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const path = join(directory, name);
    if (name.startsWith('run-') && Date.now() - (await stat(path)).mtimeMs > A_DAY_MS) {
      await rm(path, { recursive: true, force: true });
    }
  }
}
