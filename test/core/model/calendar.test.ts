import { describe, expect, it } from 'vitest';
import { daysAfter, isDay, lastMinute } from '../../../functions/core/model/calendar.ts';

describe('a day of the calendar', () => {
  it.each(['2026-11-23', '2028-02-29', '2000-02-29', '2026-12-31', '0001-01-01'])('%s is one', (text) => {
    expect(isDay(text)).toBe(true);
  });

  it.each([
    '2027-02-29',
    '2027-02-31',
    '2100-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-11-00',
    '2026-11-31',
    '2026-1-2',
    '31.1.2027',
    '2026-11-23T00:00',
    ' 2026-11-23',
    '',
  ])('"%s" is none', (text) => {
    expect(isDay(text)).toBe(false);
  });

  it('is counted on across months and leap years', () => {
    expect([daysAfter('2028-02-28', 1), daysAfter('2027-02-28', 1)]).toEqual(['2028-02-29', '2027-03-01']);
    expect(daysAfter('2027-01-01', -1)).toBe('2026-12-31');
  });
});

describe('the last minute of a day', () => {
  it.each([
    ['UTC', '2027-01-31', '2027-01-31T23:59:00.000Z'],
    ['Europe/Berlin', '2027-01-31', '2027-01-31T22:59:00.000Z'],
    // The days on which the clocks are changed, and those before.
    ['Europe/Berlin', '2027-03-27', '2027-03-27T22:59:00.000Z'],
    ['Europe/Berlin', '2027-03-28', '2027-03-28T21:59:00.000Z'],
    ['Europe/Berlin', '2027-10-31', '2027-10-31T22:59:00.000Z'],
    ['America/New_York', '2026-11-30', '2026-12-01T04:59:00.000Z'],
    // Midnight is skipped: the day of the fourth begins at one.
    ['America/Sao_Paulo', '2018-11-03', '2018-11-04T02:59:00.000Z'],
    ['Asia/Kathmandu', '2028-02-29', '2028-02-29T18:14:00.000Z'],
  ])('in %s, %s', (zone, day, end) => {
    expect(lastMinute(day, zone)).toBe(end);
  });

  it('is none of a day that a zone left out', () => {
    expect(lastMinute('2011-12-30', 'Pacific/Apia')).toBeNull();
  });
});
