import { describe, expect, it } from 'vitest';
import { isWorthPutting } from '../../functions/core/evaluation.ts';
import {
  ASSUMED,
  costTable,
  dollarsFor,
  evaluationsAMonth,
  type Load,
  naiveEvaluationsAMonth,
  PUT_AGAIN_AFTER,
} from '../../functions/core/evaluation-cost.ts';
import { DAY, HOUR, instantOf, plus } from '../../functions/core/time.ts';
import { PLAINLY_COMPLIANT } from '../../functions/core/verdict.ts';

const account = (users: number, more: Partial<Load> = {}): Load => ({
  users,
  every: DAY,
  ...ASSUMED,
  ...more,
});

describe('evaluations a month', () => {
  it.each([
    ['nobody', account(0), 0],
    ['nothing changes: each user once a week', account(700, { violating: 0, changing: 0 }), 3040],
    [
      'all violating: each once a day, which is often enough for the week',
      account(10, { violating: 1 }),
      304,
    ],
    ['one in ten changes each day', account(700, { violating: 0, changing: 0.1 }), 3040 + 2128],
    ['the assumed account of 200', account(200), 1092],
    ['the assumed account of 5,000', account(5000), 27_300],
  ])('%s', (_, load, wanted) => {
    expect(evaluationsAMonth(load)).toBe(wanted);
  });

  it('do not grow with the number of runs, as those of a rule that puts everything do', () => {
    const hourly = account(200, { every: HOUR });
    expect(evaluationsAMonth(hourly)).toBe(evaluationsAMonth(account(200)));
    expect(naiveEvaluationsAMonth(account(200))).toBe(6080);
    expect(naiveEvaluationsAMonth(hourly)).toBe(24 * 6080);
  });

  it('count on the week after which everything is put again', () => {
    const now = instantOf(Date.UTC(2026, 10, 24));
    const evaluation = { ...PLAINLY_COMPLIANT, userId: 'AIDA', factsAt: now };
    const putAgain = (recorded: string) =>
      isWorthPutting(evaluation, { ...PLAINLY_COMPLIANT, factsAt: recorded, recorded }, now);
    expect(putAgain(plus(now, -PUT_AGAIN_AFTER))).toBe(true);
    expect(putAgain(plus(now, 1 - PUT_AGAIN_AFTER))).toBe(false);
  });
});

describe('dollars', () => {
  it.each([
    [0, 0],
    [1, 0.001],
    [100_000, 100],
    [100_001, 100.0008],
    [500_000, 420],
    [600_000, 470],
  ])('for %i evaluations: %f', (evaluations, wanted) => {
    expect(dollarsFor(evaluations)).toBeCloseTo(wanted, 6);
  });
});

it('the table has a row for each size and schedule, with readable numbers', () => {
  expect(costTable([200, 5000], [DAY, HOUR]).split('\n').slice(2)).toEqual([
    '| 200 | 24 hours | 1,092 | 1.09 | 6,080 | 6.08 |',
    '| 5,000 | 24 hours | 27,300 | 27.30 | 152,000 | 141.60 |',
    '| 200 | hour | 1,092 | 1.09 | 145,920 | 136.74 |',
    '| 5,000 | hour | 27,300 | 27.30 | 3,648,000 | 1,994.00 |',
  ]);
});
