import { afterEach, describe, expect, it, vi } from 'vitest';
import { lambdaClock } from '../../functions/adapters/clock.ts';

afterEach(() => vi.useRealTimers());

describe('the clock of an invocation', () => {
  it('tells the time in the one format, and what is left, anew each time', () => {
    vi.useFakeTimers({ now: new Date('2026-11-23T16:10:00Z') });
    let left = 30_000;
    const clock = lambdaClock({ getRemainingTimeInMillis: () => left });
    expect([clock.now(), clock.remaining()]).toEqual(['2026-11-23T16:10:00.000Z', 30_000]);
    vi.advanceTimersByTime(1_500);
    left = 28_500;
    expect([clock.now(), clock.remaining()]).toEqual(['2026-11-23T16:10:01.500Z', 28_500]);
  });
});
