import { defineConfig } from 'vitest/config';
import { NarrowestFirst } from './narrowest-first.ts';

/** The tests by which mutants of the core are judged: what takes seconds and plays none of it is left out. */
export default defineConfig({
  test: {
    include: ['test/core/**/*.test.ts', 'test/app/**/*.test.ts'],
    exclude: [
      'test/app/survey/**',
      'test/app/reconcile/iam-calls.test.ts',
      'test/app/mishaps/toggled.test.ts',
      'test/core/config/**',
      'test/core/messages/**',
      'test/core/model/**',
      'test/core/words/**',
    ],
    environment: 'node',
    // Each mutant is one more run: the modules are loaded once for all files.
    isolate: false,
    sequence: { sequencer: NarrowestFirst },
    testTimeout: 60_000,
  },
});
