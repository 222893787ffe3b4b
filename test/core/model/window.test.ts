import { describe, expect, it, test } from 'vitest';
import { HOUR, MINUTE, plus, weekdayOf } from '../../../functions/core/model/time.ts';
import { type ChangeWindow, isOpenAt, openingAt, WEEKDAYS } from '../../../functions/core/model/window.ts';
import { clockSpans } from '../../../functions/core/model/zone.ts';

const BERLIN = 'Europe/Berlin';
const at = (text: string) => ({ hour: Number(text.slice(0, 2)), minute: Number(text.slice(3)) });

/** The spans of a day with times in short: `07:00-14:00`, on the day before or after with its date. */
function spans(day: string, from: string, to: string, zone = BERLIN): string[] {
  const short = (instant: string) => (instant.startsWith(day) ? instant.slice(11, 16) : instant.slice(5, 16));
  return clockSpans(day, at(from), at(to), zone).map((span) => `${short(span.from)}-${short(span.to)}`);
}

describe('the times of a day, in UTC', () => {
  it.each([
    ['in winter', '2026-11-24', '09:00', '16:00', ['08:00-15:00']],
    ['in summer', '2026-07-14', '09:00', '16:00', ['07:00-14:00']],
    ['a whole day', '2026-11-24', '00:00', '24:00', ['11-23T23:00-23:00']],
    ['a day of 25 hours', '2026-10-25', '00:00', '24:00', ['10-24T22:00-23:00']],
    ['a day of 23 hours', '2027-03-28', '00:00', '24:00', ['03-27T23:00-22:00']],
    ['after the change', '2026-10-25', '09:00', '16:00', ['08:00-15:00']],
    ['before the change', '2026-10-25', '00:30', '01:30', ['10-24T22:30-10-24T23:30']],
    ['over an hour shown twice', '2026-10-25', '01:00', '04:00', ['10-24T23:00-03:00']],
    ['from within an hour shown twice', '2026-10-25', '02:30', '04:00', ['00:30-01:00', '01:30-03:00']],
    [
      'until within an hour shown twice',
      '2026-10-25',
      '01:00',
      '02:30',
      ['10-24T23:00-00:30', '01:00-01:30'],
    ],
    ['within an hour shown twice', '2026-10-25', '02:15', '02:45', ['00:15-00:45', '01:15-01:45']],
    ['all of an hour shown twice', '2026-10-25', '02:00', '03:00', ['00:00-02:00']],
    ['from after an hour shown twice', '2026-10-25', '03:00', '04:00', ['02:00-03:00']],
    ['until an hour shown twice', '2026-10-25', '01:00', '02:00', ['10-24T23:00-00:00']],
    ['over a skipped hour', '2027-03-28', '01:00', '04:00', ['00:00-02:00']],
    ['from within a skipped hour', '2027-03-28', '02:30', '04:00', ['01:00-02:00']],
    ['until within a skipped hour', '2027-03-28', '01:00', '02:30', ['00:00-01:00']],
    ['within a skipped hour', '2027-03-28', '02:15', '02:45', []],
  ])('%s', (_what, day, from, to, expected) => {
    expect(spans(day, from, to)).toEqual(expected);
  });

  it('on other clocks: half an hour, far east, far west', () => {
    // Lord Howe changes its clocks by half an hour: at 02:00 on 4 Oct 2026 they skip to 02:30.
    expect(spans('2026-10-04', '01:00', '03:00', 'Australia/Lord_Howe')).toEqual(['10-03T14:30-10-03T16:00']);
    expect(spans('2026-11-24', '09:00', '16:00', 'Pacific/Kiritimati')).toEqual(['11-23T19:00-02:00']);
    expect(spans('2026-11-24', '09:00', '16:00', 'Pacific/Pago_Pago')).toEqual(['20:00-11-25T03:00']);
  });
});

/** A clock of a zone that shows the day of the week, too. */
const clock = (timeZone: string) =>
  new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });

/** What somebody with such a clock would say. */
function says(face: Intl.DateTimeFormat, instant: string, { days, from, to }: ChangeWindow): boolean {
  const parts = face.formatToParts(Date.parse(instant));
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  const minutes = Number(of('hour')) * 60 + Number(of('minute'));
  const listed = days.some((day) => day === of('weekday').toLowerCase());
  return listed && minutes >= from.hour * 60 + from.minute && minutes < to.hour * 60 + to.minute;
}

describe('a window', () => {
  const office: ChangeWindow = {
    days: ['tue', 'wed', 'thu'],
    from: at('09:00'),
    to: at('16:00'),
    zone: BERLIN,
  };

  it.each([
    ['before it', '2026-11-24T07:59:59.999Z', false, '2026-11-24T08:00'],
    ['as it opens', '2026-11-24T08:00:00.000Z', true, '2026-11-24T08:00'],
    ['just before it closes', '2026-11-24T14:59:59.999Z', true, '2026-11-24T08:00'],
    ['as it closes', '2026-11-24T15:00:00.000Z', false, '2026-11-25T08:00'],
    ['over a weekend', '2026-11-26T15:00:00.000Z', false, '2026-12-01T08:00'],
  ])('%s', (_what, instant, isOpen, opens) => {
    expect(isOpenAt(instant, office)).toBe(isOpen);
    expect(openingAt(instant, office).from.slice(0, 16)).toBe(opens);
  });

  it.each([
    ['Berlin, at night', { days: ['sun', 'mon'], from: at('02:30'), to: at('03:15'), zone: BERLIN }],
    ['Berlin, whole days', { days: ['sat', 'sun'], from: at('00:00'), to: at('24:00'), zone: BERLIN }],
    ['New York', { days: ['sun'], from: at('01:15'), to: at('02:45'), zone: 'America/New_York' }],
    ['Lord Howe', { days: [...WEEKDAYS], from: at('01:45'), to: at('02:15'), zone: 'Australia/Lord_Howe' }],
    ['Apia', { days: ['fri', 'sat'], from: at('23:00'), to: at('24:00'), zone: 'Pacific/Apia' }],
  ] as const)('is open while the clocks show its time, also around their changes: %s', (_where, window) => {
    const face = clock(window.zone);
    const saysAClock = (instant: string) => says(face, instant, window);
    for (const start of [
      '2026-10-23',
      '2026-10-02',
      '2026-11-01',
      '2027-03-13',
      '2027-03-27',
      '2027-04-03',
    ]) {
      for (let minutes = 0; minutes < 3 * 24 * 60; minutes += 22.5) {
        const instant = plus(`${start}T00:00:00.000Z`, minutes * MINUTE);
        const { from, to } = openingAt(instant, window);
        expect(isOpenAt(instant, window), instant).toBe(saysAClock(instant));
        expect(saysAClock(from) && from < to && instant < to, instant).toBe(true);
        expect(saysAClock(plus(to, -0.001)), instant).toBe(true);
        // Days that touch each other are two spans.
        expect(saysAClock(plus(from, -0.001)) && window.to.hour < 24, instant).toBe(false);
      }
    }
  });

  it('that the clocks skip opens a week later', () => {
    const skipped: ChangeWindow = { days: ['sun'], from: at('02:15'), to: at('02:45'), zone: BERLIN };
    expect(openingAt('2027-03-21T02:00:00.000Z', skipped).from).toBe('2027-04-04T00:15:00.000Z');
  });

  it('without a day never opens', () => {
    const never = { ...office, days: [] };
    const now = '2026-11-24T08:00:00.000Z';
    expect(isOpenAt(now, never)).toBe(false);
    expect(openingAt(now, never)).toEqual({ from: plus(now, 21 * 24 * HOUR), to: plus(now, 21 * 24 * HOUR) });
  });
});

test('the days of the week', () => {
  const monday = '2026-11-23T00:00:00.000Z';
  const days = [...WEEKDAYS.keys()].map((n) => weekdayOf(plus(monday, n * 24 * HOUR)));
  expect(days).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(weekdayOf('2026-11-29T23:59:59.999Z')).toBe(6);
});
