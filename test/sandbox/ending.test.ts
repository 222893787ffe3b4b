import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ENDLESS = fileURLToPath(new URL('endless.ts', import.meta.url));

/** Runs it to its end, and sends it these signals once it runs, one right after the other. */
async function ending(signals: readonly NodeJS.Signals[], ...args: readonly string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', ENDLESS, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (said === '') {
      for (const signal of signals) {
        child.kill(signal);
      }
    }
    said += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, lines: said.trimEnd().split('\n') };
}

describe('what a launcher says when it is stopped', () => {
  it.each<[string, NodeJS.Signals[], number]>([
    ['Ctrl-C', ['SIGINT'], 130],
    // npm hands on to its child what the terminal has sent to both.
    ['Ctrl-C under npm', ['SIGINT', 'SIGINT'], 130],
    ['TERM', ['SIGTERM'], 143],
  ])(
    'after %s is one word, when all is stopped; what fails meanwhile is no news',
    async (_, signals, code) => {
      expect(await ending(signals)).toEqual({ code, lines: ['running', 'Stopped.'] });
    },
  );

  it('when its world dies is why, and nothing of what fails for that reason', async () => {
    const { code, lines } = await ending([], 'dies');
    expect(code).toBe(1);
    expect(lines.filter((line) => !/^\s+at /.test(line))).toEqual(['running', 'Error: moto ended']);
  });
});
