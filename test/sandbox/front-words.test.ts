import { describe, expect, it } from 'vitest';
import { inWords, timeAndAge } from '../../sandbox/front/words.ts';

describe('times on pages of the sandbox', () => {
  it.each([
    ['PT5M', '5 minutes'],
    ['PT1H', '1 hour'],
    ['P1DT12H', '1 day 12 hours'],
    ['PT20S', '20 seconds'],
    ['often', 'often'],
  ])('%s: %s', (duration, words) => {
    expect(inWords(duration)).toBe(words);
  });

  it.each([
    ['2026-11-24T10:00:30.000Z', '10:00:00 UTC (30 seconds ago)'],
    ['2026-11-24T10:01:10.000Z', '10:00:00 UTC (1 minute ago)'],
    ['2026-11-24T12:00:00.000Z', '10:00:00 UTC (2 hours ago)'],
    ['2026-11-24T09:59:59.000Z', '10:00:00 UTC (0 seconds ago)'],
  ])('seen at %s: %s', (now, words) => {
    expect(timeAndAge(Date.parse('2026-11-24T10:00:00.000Z'), Date.parse(now))).toBe(words);
  });
});
