import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { isFree } from '../../sandbox/world/ports.ts';
import { descendantsOf, leftAfter, NOTHING } from './leftovers.ts';

const LAUNCHER = fileURLToPath(new URL('launcher.ts', import.meta.url));

const launchers: ChildProcess[] = [];
afterAll(() => {
  for (const launcher of launchers) {
    launcher.kill('SIGKILL');
  }
});

interface Launched {
  readonly launcher: ChildProcess;
  readonly pids: readonly number[];
  readonly worker: number;
  readonly ports: readonly number[];
}

async function launch(manner: string): Promise<Launched> {
  const child = spawn(process.execPath, ['--import', 'tsx', LAUNCHER, manner], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  launchers.push(child);
  let said = '';
  for await (const text of child.stdout) {
    said += String(text);
    if (said.includes('\n')) {
      break;
    }
  }
  const { worker, ports } = JSON.parse(said) as { readonly worker: number; readonly ports: number[] };
  return { launcher: child, pids: descendantsOf(child.pid ?? -1), worker, ports };
}

describe('nothing outlives the launcher', () => {
  it.for([
    ['SIGKILL', 'careless'],
    ['SIGHUP', 'careless'],
    ['SIGINT', 'orderly'],
    ['SIGTERM', 'orderly'],
  ] as const)(
    'after %s, when the launcher is %s, workers of functions included',
    async ([signal, manner]) => {
      const { launcher, pids, worker, ports } = await launch(manner);
      expect(pids).toContain(worker);
      expect(await Promise.all(ports.map(isFree))).toEqual([false, false, false]);
      const since = Date.now();
      launcher.kill(signal);
      if (launcher.exitCode === null && launcher.signalCode === null) {
        await once(launcher, 'exit');
      }
      expect(await leftAfter(since, pids, ports)).toEqual(NOTHING);
      expect(manner === 'orderly' ? launcher.exitCode : launcher.signalCode).toBe(
        manner === 'orderly' ? { SIGINT: 130, SIGTERM: 143 }[signal as 'SIGINT' | 'SIGTERM'] : signal,
      );
    },
  );
});
