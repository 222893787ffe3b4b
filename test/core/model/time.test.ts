import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  earliest,
  epochMillis,
  hourAfter,
  hourOf,
  instantOf,
  latest,
  plus,
  secondsBetween,
  utcParts,
} from '../../../functions/core/model/time.ts';

const A = '2026-11-23T14:05:00.000Z';
const B = '2026-11-24T00:00:00.000Z';

describe('instants', () => {
  it('have one format, so that comparing texts compares moments', () => {
    const millis = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) });
    fc.assert(
      fc.property(millis, millis, (a, b) => {
        expect(epochMillis(instantOf(a))).toBe(a);
        expect(instantOf(a) < instantOf(b)).toBe(a < b);
      }),
    );
  });

  it('move by seconds, also backwards and by parts of one', () => {
    expect(plus(A, 90)).toBe('2026-11-23T14:06:30.000Z');
    expect(plus(A, -0.0015)).toBe('2026-11-23T14:04:59.999Z');
    expect(secondsBetween(A, plus(A, 12.5))).toBe(12.5);
    expect(secondsBetween(B, A)).toBeLessThan(0);
  });

  it('are compared leaving out what is not there', () => {
    expect(earliest(null, B, A, null)).toBe(A);
    expect(earliest(A, B)).toBe(A);
    expect(earliest()).toBe(null);
    expect(earliest(null)).toBe(null);
    expect(latest(A, null, B)).toBe(B);
    expect(latest(B, A)).toBe(B);
    expect(latest(A)).toBe(A);
  });

  it('have parts in UTC', () => {
    expect(utcParts(A)).toEqual({ year: 2026, month: 10, day: 23, clock: '14:05' });
  });
  it('lie in a clock hour, after which comes the next', () => {
    expect(hourOf('2026-12-31T23:59:59.999Z')).toBe('2026-12-31T23');
    expect(hourAfter('2026-12-31T23:00:00.000Z')).toBe('2027-01-01T00:00:00.000Z');
  });
});
