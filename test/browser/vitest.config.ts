import { defineConfig } from 'vitest/config';

/** `npm run test:browser`: the pages in a real browser, and what programs that open links can do with them. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.browser.ts'],
    environment: 'node',
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // Each has a browser of its own, and the emulators besides.
    fileParallelism: false,
  },
});
