import { defineConfig } from 'vitest/config';

/** What explores longer in `npm run check:deep`: every call, every pair of calls, more plays, more seeds. */
export default defineConfig({
  test: {
    include: [
      'test/exploration/*.{test,slow,deep}.ts',
      'test/properties/*.test.ts',
      'test/releases/unknown-fields.test.ts',
      'test/e2e/deployed.test.ts',
      'test/slow/disturbed-story.slow.ts',
      'test/slow/burst.deep.ts',
      'test/browser/torture/{torture,chromium,reader}.browser.ts',
    ],
    environment: 'node',
    env: { SOLEKEY_DEPTH: 'all' },
    testTimeout: 1_800_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
});
