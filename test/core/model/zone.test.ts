import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, instantOf, MINUTE, plus, secondsBetween } from '../../../functions/core/model/time.ts';
import { inZone, isZone, nextDaily } from '../../../functions/core/model/zone.ts';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  // Half an hour of summer time.
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  // Changes at midnight, so that 00:30 is skipped or shown twice.
  'America/Havana',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
] as const;

const zones = fc.constantFrom(...ZONES);
const times = fc.record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) });
const moments = fc
  .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) })
  .map((millis) => instantOf(millis));

const clockOf = ({ hour, minute }: { hour: number; minute: number }) =>
  `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
const dateIn = (at: string, zone: string) => {
  const { year, month, day } = inZone(at, zone);
  return Date.UTC(year, month, day);
};
const offset = (at: string, zone: string) => {
  const { clock } = inZone(at, zone);
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return dateIn(at, zone) / 1000 + hour * HOUR + minute * MINUTE - Date.parse(`${at.slice(0, 16)}Z`) / 1000;
};

describe('the next time that clocks show', () => {
  it('is later, at most about a day, and the clocks show it, unless they skip it that day', () => {
    fc.assert(
      fc.property(moments, times, zones, (at, time, zone) => {
        const next = nextDaily(at, time, zone);
        const ahead = secondsBetween(at, next);
        expect(ahead).toBeGreaterThan(0);
        expect(ahead).toBeLessThanOrEqual(DAY + HOUR);
        const shown = inZone(next, zone).clock;
        if (shown !== clockOf(time)) {
          const forward = offset(next, zone) - offset(plus(next, -DAY), zone);
          expect(forward).toBeGreaterThan(0);
          const [hour = 0, minute = 0] = shown.split(':').map(Number);
          expect((hour - time.hour) * HOUR + (minute - time.minute) * MINUTE).toBe(forward);
        }
      }),
    );
  });

  it('is one moment a day of the zone, and none is passed over', () => {
    fc.assert(
      fc.property(moments, times, zones, (at, time, zone) => {
        const first = nextDaily(at, time, zone);
        const second = nextDaily(first, time, zone);
        expect(dateIn(second, zone) - dateIn(first, zone)).toBe(DAY * 1000);
        // Asked at any moment between the two, it is the second.
        const between = plus(first, Math.floor(secondsBetween(first, second) / 2));
        expect(nextDaily(between, time, zone)).toBe(second);
        expect(nextDaily(plus(second, -0.001), time, zone)).toBe(second);
      }),
    );
  });

  it('in UTC is what arithmetic says', () => {
    fc.assert(
      fc.property(moments, times, (at, { hour, minute }) => {
        const today = plus(`${at.slice(0, 10)}T00:00:00.000Z`, hour * HOUR + minute * MINUTE);
        expect(nextDaily(at, { hour, minute }, 'UTC')).toBe(today > at ? today : plus(today, DAY));
      }),
    );
  });

  it.each([
    ['before the clocks go forward', '2026-03-28T12:00:00.000Z', 7, 0, 'Europe/Berlin', '2026-03-29T05:00'],
    ['before they go back', '2026-10-24T12:00:00.000Z', 7, 0, 'Europe/Berlin', '2026-10-25T06:00'],
    ['that they skip', '2026-03-28T12:00:00.000Z', 2, 30, 'Europe/Berlin', '2026-03-29T01:30'],
    ['that they show twice', '2026-10-24T12:00:00.000Z', 2, 30, 'Europe/Berlin', '2026-10-25T00:30'],
    ['between the two', '2026-10-25T01:00:00.000Z', 2, 30, 'Europe/Berlin', '2026-10-26T01:30'],
    ['half an hour forward', '2026-10-03T12:00:00.000Z', 2, 15, 'Australia/Lord_Howe', '2026-10-03T15:45'],
    ['half an hour back', '2026-04-04T10:00:00.000Z', 1, 45, 'Australia/Lord_Howe', '2026-04-04T14:45'],
    ['Newfoundland, winter', '2026-01-10T12:00:00.000Z', 7, 0, 'America/St_Johns', '2026-01-11T10:30'],
    ['Newfoundland, forward', '2026-03-07T12:00:00.000Z', 7, 0, 'America/St_Johns', '2026-03-08T09:30'],
    ['no summer time', '2026-07-01T01:29:59.999Z', 7, 0, 'Asia/Kolkata', '2026-07-01T01:30'],
    ['exactly now', '2026-07-01T01:30:00.000Z', 7, 0, 'Asia/Kolkata', '2026-07-02T01:30'],
    ['a day that Samoa left out', '2011-12-29T18:00:00.000Z', 7, 0, 'Pacific/Apia', '2011-12-30T17:00'],
  ])('%s', (_, at, hour, minute, zone, minuteOfNext) => {
    expect(nextDaily(at, { hour, minute }, zone)).toBe(`${minuteOfNext}:00.000Z`);
  });
});

describe('an instant in a zone', () => {
  it.each([
    ['2026-11-23T23:05:00.000Z', 'Europe/Berlin', 24, '00:05'],
    ['2026-07-01T14:05:00.000Z', 'Europe/Berlin', 1, '16:05'],
    ['2026-07-01T14:05:00.000Z', 'America/New_York', 1, '10:05'],
    ['2026-07-01T14:05:00.000Z', 'Australia/Lord_Howe', 2, '00:35'],
    ['2026-07-01T14:05:00.000Z', 'America/St_Johns', 1, '11:35'],
    ['2026-07-01T14:05:00.000Z', 'Asia/Kolkata', 1, '19:35'],
    ['2026-07-01T14:05:00.000Z', 'UTC', 1, '14:05'],
  ])('%s in %s is shown by calendar and clock', (at, zone, day, clock) => {
    expect(inZone(at, zone)).toMatchObject({ day, clock });
  });

  it('shows no other seconds than UTC does, whatever the zone', () => {
    fc.assert(
      fc.property(moments, zones, (at, zone) => {
        expect(Math.abs(offset(at, zone))).toBeLessThanOrEqual(14 * HOUR);
        expect(Math.abs(offset(at, zone) % (15 * MINUTE))).toBe(0);
      }),
    );
  });
});

describe('the name of a zone', () => {
  it.each([...ZONES, 'europe/berlin', 'Etc/UTC'])('%s is one', (zone) => {
    expect(isZone(zone)).toBe(true);
  });

  it.each(['', 'Europe/Bonn', '+01:00', 'UTC+1', ' UTC', 'Berlin'])('"%s" is none', (zone) => {
    expect(isZone(zone)).toBe(false);
  });
});
