import { defineConfig } from 'vitest/config';

/** `npm run check:slow`: what takes too long for every run of the tests. */
export default defineConfig({
  test: {
    include: [
      'test/**/*.slow.ts',
      'test/exploration/{crash,disorder,inside,interleaving,lockout}.test.ts',
      'test/properties/*.test.ts',
      'test/app/channel/at-once.test.ts',
      'test/releases/unknown-fields.test.ts',
    ],
    environment: 'node',
    env: { SOLEKEY_DEPTH: 'share' },
    testTimeout: 360_000,
    hookTimeout: 360_000,
    // Each of these runs a whole world of its own; two at once only make both slow.
    fileParallelism: false,
  },
});
