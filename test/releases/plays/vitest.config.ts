import { defineConfig } from 'vitest/config';

/** Run by `npm run freeze` alone: it writes what plays store, and tests nothing. */
export default defineConfig({
  test: { include: ['test/releases/plays/*.freeze.ts'], environment: 'node', testTimeout: 120_000 },
});
