import { describe, expect, test } from 'vitest';
import { atDepth } from '../depth.ts';
import { ACTS, callsOf, lastLearning, MOMENTS, playedInside } from './inside.ts';

/** Of the calls of a pass every act comes before one in so many, each act before others; and before the last that counts. */
const SHARE = atDepth({ sample: 24, share: 6, all: 1 });

describe('somebody acts in the middle of a pass', () => {
  test.each(Object.entries(MOMENTS))('in which %s', { timeout: 300_000 }, async (_name, moment) => {
    const calls = await callsOf(moment);
    const seen = new Set<string>();
    const failures: string[] = [];
    for (const [which, [what, act]] of Object.entries(ACTS).entries()) {
      const last = lastLearning(calls, act);
      for (const n of [...calls.keys()].filter((at) => at === last || (at + which) % SHARE === 0)) {
        await playedInside(moment, calls, act, n, seen).catch((error: unknown) => {
          failures.push(
            `${what}, before ${calls[n]} (${n}): ${error instanceof Error ? error.message : error}`,
          );
        });
      }
    }
    expect(failures.length, failures.join('\n')).toBe(0);
  });
});
