import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { isFree } from '../../sandbox/world/ports.ts';
import { descendantsOf, leftAfter, NOTHING } from '../sandbox/leftovers.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NODE = [process.execPath, '--import', 'tsx', 'sandbox/stay.ts'];
const RUNNING = 'It runs until you press Ctrl-C.';
const RUNNING_WITHIN_MS = 200_000;
const CTRL_C = '\x03';

/** Terminals come from `script` of util-linux, which every Debian has; elsewhere there is another of that name. */
const SCRIPT =
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true;
if (!SCRIPT) {
  process.stdout.write(
    'Skipped, as there is no `script` of util-linux here: Ctrl-C and a closed terminal.\n',
  );
}

const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) {
    child.kill('SIGKILL');
  }
});

/** `npm run sandbox` as it runs: the real launcher, with everything below it. */
class Running {
  readonly #child: ChildProcess;
  said = '';

  constructor(command: string, args: readonly string[]) {
    this.#child = spawn(command, args, {
      cwd: ROOT,
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, SHELL: '/bin/sh' },
    });
    started.push(this.#child);
    this.#child.stdin?.on('error', () => undefined);
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.said += text;
    });
  }

  /** In a terminal of its own, whose keyboard is this child's standard input. */
  static inTerminal(): Running {
    const command = `exec ${NODE.map((word) => `'${word}'`).join(' ')}`;
    return new Running('script', ['--quiet', '--return', '--flush', '--command', command, '/dev/null']);
  }

  async ready(): Promise<this> {
    for (const until = Date.now() + RUNNING_WITHIN_MS; !this.said.includes(RUNNING); ) {
      if (this.#child.exitCode !== null || Date.now() > until) {
        throw new Error(`the sandbox did not come up:\n${this.said}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(this.pids.length).toBeGreaterThanOrEqual(6); // guards, emulators, and workers of functions
    expect(this.ports).toHaveLength(4);
    expect(await Promise.all(this.ports.map(isFree))).toEqual([false, false, false, false]);
    return this;
  }

  get pids(): number[] {
    return descendantsOf(this.#child.pid ?? -1);
  }

  /** ministack, moto, the gateway and the pages, as the launcher said. */
  get ports(): number[] {
    const emulators = /ministack (\d+), moto (\d+), the gateway in front of them (\d+)/.exec(this.said) ?? [];
    const pages = /pages behind links: http:\/\/127\.0\.0\.1:(\d+)/.exec(this.said) ?? [];
    return [...emulators.slice(1), ...pages.slice(1)].map(Number);
  }

  async answers(): Promise<boolean[]> {
    const [ministack, moto, , pages] = this.ports;
    const urls = [`${ministack}/_ministack/health`, `${moto}/sandbox/health`, `${pages}/`];
    return Promise.all(urls.map(async (url) => (await fetch(`http://127.0.0.1:${url}`)).ok));
  }

  type(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  /** Of a terminal: what closing its window does, the launcher gets SIGHUP. Of the launcher: no chance to say so. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  async end(): Promise<number | null> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode === null && signalCode === null) {
      await once(this.#child, 'exit');
    }
    return this.#child.exitCode;
  }
}

/** Ends it, and says what is left of it five seconds later. */
async function leftOf(running: Running, end: () => void): Promise<unknown> {
  const { pids, ports } = running;
  const since = Date.now();
  end();
  await running.end();
  return leftAfter(since, pids, ports);
}

describe('nothing outlives the real launcher', () => {
  it.skipIf(!SCRIPT)('two at once in terminals: one is closed, the other goes on until Ctrl-C', async () => {
    const [closed, other] = await Promise.all([Running.inTerminal().ready(), Running.inTerminal().ready()]);
    expect(await leftOf(closed, () => closed.kill())).toEqual(NOTHING);
    expect(await other.answers()).toEqual([true, true, true]);
    expect(await leftOf(other, () => other.type(CTRL_C))).toEqual(NOTHING);
    expect(await other.end()).toBe(130);
    expect(other.said.trimEnd().split(/\r?\n/).slice(-2)).toEqual([
      expect.stringContaining(RUNNING),
      expect.stringMatching(/^(\^C)?Stopped\.$/),
    ]);
  });

  it('killed without a chance to say so', async () => {
    const [command = '', ...args] = NODE;
    const running = await new Running(command, args).ready();
    expect(await leftOf(running, () => running.kill())).toEqual(NOTHING);
  });
});
