import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/sequencer.ts';

/** Tests that change nothing their modules share: one worker loads the modules once for many files. CDK alone takes seconds. */
const ROOMS = ['core', 'contracts', 'app', 'web', 'infra', 'docs', 'lint', 'ops', 'releases'];
const SHARING = ROOMS.map((room) => `test/${room}/**/*.test.ts`);

export default defineConfig({
  test: {
    environment: 'node',
    // One more than there are cores: the tests against the emulators wait more than they compute.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    testTimeout: 20_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'shared', include: SHARING, isolate: false } },
      { extends: true, test: { name: 'alone', include: ['test/**/*.test.ts'], exclude: SHARING } },
    ],
    coverage: {
      provider: 'v8',
      include: ['functions/core/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { branches: 100 },
    },
  },
});
