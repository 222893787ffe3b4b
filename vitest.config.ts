import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/sequencer.ts';

const within = (rooms: readonly string[]) => rooms.map((room) => `test/${room}/**/*.test.ts`);

/** Tests of the functions and of what reads what they stored, which alone must reach every branch of the core. */
const MEASURED = within(['core', 'contracts', 'app', 'web', 'ops', 'releases']);

/** Tests of what holds the functions. */
const AROUND = within(['infra', 'docs', 'lint']);

/** What explores, and the adapters. Coverage would make an exploration three times as long. */
const SHARING = [
  ...within(['exploration', 'properties']),
  // Not those that change the environment or a clock, or use a client that the others replace.
  'test/adapters/!(clients|clock|environment|environment-credentials|log|once|settings).test.ts',
];

export default defineConfig({
  test: {
    environment: 'node',
    // One more than there are cores: the tests against the emulators wait more than they compute. Never more than three:
    // in a container more cores are counted than may be used, and then the emulators starve beside the workers.
    maxWorkers: Math.min(availableParallelism() + 1, 3),
    sequence: { sequencer: LongestFirst },
    // Long enough for a machine that does much besides; what hangs still fails.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Tests without `isolate` change nothing that their modules share: a worker loads the modules once for many files. CDK
    // alone takes seconds.
    projects: [
      { extends: true, test: { name: 'measured', include: MEASURED, isolate: false } },
      { extends: true, test: { name: 'around', include: AROUND, isolate: false } },
      { extends: true, test: { name: 'sharing', include: SHARING, isolate: false } },
      {
        extends: true,
        test: {
          name: 'alone',
          include: ['test/**/*.test.ts'],
          exclude: [...MEASURED, ...AROUND, ...SHARING],
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['functions/core/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { branches: 100 },
    },
  },
});
