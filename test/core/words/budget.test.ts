import { describe, expect, it } from 'vitest';
import { hourlyLimit, waitsForBudget } from '../../../functions/core/words/budget.ts';
import { aDecision, NOW, POLICY } from '../../fakes/cases.ts';

describe('a decision that waits for the hourly limit', () => {
  it('says from when on it is tried again, on the clocks of the zone', () => {
    const decision = aDecision({ carriedOutAt: null, heldUp: { since: NOW, seconds: 0 } });
    expect(waitsForBudget({ decision }, POLICY, NOW)).toBe(
      'waits until 17:00 UTC or later for the hourly limit',
    );
    const berlin = { digest: { at: { hour: 7, minute: 0 }, zone: 'Europe/Berlin' as const } };
    expect(waitsForBudget({ decision }, berlin, NOW)).toContain('17:00 UTC (18:00 in Europe/Berlin)');
  });

  it('says nothing if it does not wait, or not any more', () => {
    const before = aDecision({ heldUp: { since: null, seconds: 3600 } });
    for (const decision of [null, aDecision(), before]) {
      expect(waitsForBudget({ decision }, POLICY, NOW)).toBeNull();
    }
  });

  it('names the limit', () => {
    expect(hourlyLimit({ changesPerHour: 20 })).toBe(
      'at most 20 keys are changed an hour, the oldest decision first',
    );
    expect(hourlyLimit({ changesPerHour: 1 })).toContain('at most 1 key is changed an hour');
  });
});
