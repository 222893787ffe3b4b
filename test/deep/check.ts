/** `npm run check:deep`: everything that explores longer, one after the other, whatever the one before found. */
import { spawnSync } from 'node:child_process';

/** Seeds of the disturbed story that `check:slow` does not play. */
const SEEDS = Array.from({ length: 22 }, (_, n) => n + 4).join(',');

const EXPLORE = ['run', '--config', 'test/deep/vitest.config.ts', '--reporter=verbose'];

const PARTS: Readonly<Record<string, readonly string[]>> = {
  'one-line faults': ['--import', 'tsx', 'test/faults/check.ts'],
  mutants: ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', 'test/mutants/stryker.json'],
  explorations: ['node_modules/vitest/vitest.mjs', ...EXPLORE],
};

const results = Object.entries(PARTS).map(([part, args]) => {
  const began = Date.now();
  const env = { ...process.env, SEEDS };
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env });
  return { part, status, minutes: Math.round((Date.now() - began) / 60_000) };
});
for (const { part, status, minutes } of results) {
  process.stderr.write(`${part}: ${status === 0 ? 'passed' : 'failed'} after ${minutes} minutes\n`);
}
process.exitCode = results.every(({ status }) => status === 0) ? 0 : 1;
