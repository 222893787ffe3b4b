import { describe, expect, it } from 'vitest';
import {
  ASSUMED,
  costTable,
  dollarsFor,
  evaluationsAMonth,
  type Load,
  naiveEvaluationsAMonth,
} from '../../../functions/core/config/cost.ts';
import { DAY, HOUR } from '../../../functions/core/model/time.ts';

const account = (users: number, more: Partial<Load> = {}): Load => ({
  users,
  every: DAY,
  ...ASSUMED,
  ...more,
});

describe('evaluations a month', () => {
  it.each([
    ['nobody', account(0), 0],
    ['nothing changes: each user once in thirty days', account(750, { violating: 0, changing: 0 }), 760],
    ['all violating: each once a day, which is often enough', account(10, { violating: 1 }), 304],
    ['one in ten changes each day', account(750, { violating: 0, changing: 0.1 }), 760 + 2280],
    ['the assumed account of 200', account(200), 440],
    ['the assumed account of 5,000', account(5000), 10_985],
  ])('%s', (_, load, wanted) => {
    expect(evaluationsAMonth(load)).toBe(wanted);
  });

  it('hardly grow with the number of runs, as those of a rule that puts everything do', () => {
    const hourly = account(200, { every: HOUR });
    expect(evaluationsAMonth(hourly)).toBe(443);
    expect(naiveEvaluationsAMonth(account(200))).toBe(6080);
    expect(naiveEvaluationsAMonth(hourly)).toBe(24 * 6080);
  });

  it.each([
    ['a day: every thirtieth day', DAY, 30],
    ['twelve hours', 12 * HOUR, 29.5],
    ['an hour', HOUR, 29.5],
  ])('count on the month as the schedule makes it, %s', (_, every, days) => {
    const load = account(91, { every, violating: 0, changing: 0 });
    expect(evaluationsAMonth(load)).toBe(Math.ceil((91 * 30.4) / days));
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
    '| 200 | 24 hours | 440 | 0.44 | 6,080 | 6.08 |',
    '| 5,000 | 24 hours | 10,985 | 10.98 | 152,000 | 141.60 |',
    '| 200 | hour | 443 | 0.44 | 145,920 | 136.74 |',
    '| 5,000 | hour | 11,069 | 11.07 | 3,648,000 | 1,994.00 |',
  ]);
});
