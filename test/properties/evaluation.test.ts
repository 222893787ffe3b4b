import fc from 'fast-check';
import { expect, it } from 'vitest';
import { atDepth } from '../depth.ts';
import { anyLife, lifeWith } from './life.ts';

const RUNS = { numRuns: atDepth({ sample: 120, share: 300, all: 1_000 }) };

/**
 * Results in a life, by what they rest on: half of what is expected. Fewer would prove nothing. A look is rare, because a run
 * reads only those whom neither the report nor their open case speaks for.
 */
const ENOUGH = { report: 1.2, look: 0.15, violation: 0.7 };

it('a result never claims more than the facts behind it, whenever keys come and go', async () => {
  const seen = { report: 0, look: 0, violation: 0 };
  await fc.assert(
    fc.asyncProperty(anyLife, async (life) => {
      const { plays, puts, reports, compliedAt, hadMore, listedAt, readAt } = lifeWith('the later facts');
      for (const scene of life) {
        await plays(scene);
      }
      for (const { userId, compliance, factsAt, putAt } of puts) {
        const line = `${compliance} of ${userId} as of ${factsAt}, put at ${putAt}`;
        if (compliance === 'NON_COMPLIANT') {
          // It rests on the rule's own reading, or on that from which the case is open.
          const last = [listedAt, readAt].map((read) => read(userId).findLast((at) => at <= factsAt) ?? '');
          expect(
            last.every((at) => compliedAt(userId, at)),
            line,
          ).toBe(false);
          expect(factsAt <= putAt, line).toBe(true);
          seen.violation += 1;
        }
        if (compliance !== 'COMPLIANT') {
          continue;
        }
        if (reports.has(factsAt)) {
          expect(compliedAt(userId, factsAt) || hadMore(userId, factsAt), line).toBe(true);
          seen.report += 1;
          continue;
        }
        // A look counts from before it began: the keys it found are those of the next listing, and that came before the put.
        const next = listedAt(userId).find((at) => at >= factsAt) ?? '9999';
        expect(next <= putAt, line).toBe(true);
        expect(compliedAt(userId, next), line).toBe(true);
        seen.look += 1;
      }
    }),
    RUNS,
  );
  for (const kind of ['report', 'look', 'violation'] as const) {
    expect(seen[kind], JSON.stringify(seen)).toBeGreaterThan(ENOUGH[kind] * RUNS.numRuns);
  }
}, 60_000);

it('runs one after the other come to the same view, whether AWS Config shows the later facts or the last put', async () => {
  await fc.assert(
    fc.asyncProperty(anyLife, async (life) => {
      const [assumed, feared] = [lifeWith('the later facts'), lifeWith('the last put')];
      for (const scene of life) {
        await assumed.plays(scene);
        await feared.plays(scene);
        expect(feared.shown()).toEqual(assumed.shown());
      }
    }),
    RUNS,
  );
}, 60_000);
