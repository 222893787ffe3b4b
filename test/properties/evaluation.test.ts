import fc from 'fast-check';
import { expect, it } from 'vitest';
import { atDepth } from '../depth.ts';
import { anyLife, lifeWith } from './life.ts';

const RUNS = { numRuns: atDepth({ sample: 120, share: 300, all: 1_000 }) };

/** Less than that of any kind would prove nothing; about twice as many are expected: few users are read live. */
const ENOUGH = RUNS.numRuns / 6;

it('a result never claims more than the facts behind it, whenever keys come and go', async () => {
  const seen = { report: 0, look: 0, violation: 0 };
  await fc.assert(
    fc.asyncProperty(anyLife, async (life) => {
      const { plays, puts, reports, compliedAt, hadMore, listedAt } = lifeWith('the later facts');
      for (const scene of life) {
        await plays(scene);
      }
      for (const { userId, compliance, factsAt, putAt } of puts) {
        const line = `${compliance} of ${userId} as of ${factsAt}, put at ${putAt}`;
        if (compliance === 'NON_COMPLIANT') {
          const last = listedAt(userId).findLast((at) => at <= factsAt) ?? '';
          expect(compliedAt(userId, last), line).toBe(false);
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
  expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(ENOUGH);
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
