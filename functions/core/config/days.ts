import type { Instant } from '../model/time.ts';

/**
 * The day in UTC, `2026-11-30`. Annotations have no times of day: each change of one is an evaluation that AWS Config bills.
 */
export function isoDay(at: Instant): string {
  return at.slice(0, 10);
}
