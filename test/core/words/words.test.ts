import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LastUsed } from '../../../functions/core/model/observation.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { UTC } from '../../../functions/core/model/zone.ts';
import {
  day,
  dayAndMonth,
  fromNow,
  inWords,
  lastUse,
  list,
  moment,
  momentFromNow,
  printable,
  timeOfDay,
  usedWords,
  whereUsed,
} from '../../../functions/core/words/words.ts';
import { key, NEWER, used } from '../../fakes/cases.ts';

const NOW = '2026-11-23T16:10:00.000Z';

describe('moments', () => {
  it('are named in UTC', () => {
    expect(day('2026-11-30T23:59:59.999Z')).toBe('30 Nov 2026');
    expect(dayAndMonth('2026-01-02T00:00:00.000Z')).toBe('2 Jan');
    expect(timeOfDay('2026-01-02T04:05:59.000Z')).toBe('04:05 UTC');
    expect(moment('2026-11-30T14:06:00.000Z', UTC)).toBe('30 Nov 2026, 14:06 UTC');
  });

  it.each([
    [0, 'just now'],
    [-1, 'just now'],
    [1.9, 'just now'],
    [40, 'in 40 seconds'],
    [59.6, 'in 1 minute'],
    [-90, '2 minutes ago'],
    [59.9 * MINUTE, 'in 1 hour'],
    [3 * HOUR, 'in 3 hours'],
    [DAY, 'in 24 hours'],
    [47.4 * HOUR, 'in 47 hours'],
    [47.6 * HOUR, 'in 2 days'],
    [6 * DAY + HOUR, 'in 6 days'],
    [-43 * DAY, '43 days ago'],
  ])('%s seconds from now: %s', (seconds, words) => {
    expect(fromNow(plus(NOW, seconds), NOW)).toBe(words);
  });
});

describe('a zone beside UTC', () => {
  it.each([
    [
      'in winter',
      '2026-11-23T14:05:00.000Z',
      'Europe/Berlin',
      '23 Nov 2026, 14:05 UTC (15:05 in Europe/Berlin)',
    ],
    [
      'on the next day',
      '2026-12-31T23:05:00.000Z',
      'Europe/Berlin',
      '31 Dec 2026, 23:05 UTC (1 Jan, 00:05 in Europe/Berlin)',
    ],
    [
      'on the day before',
      '2026-03-01T04:59:00.000Z',
      'America/New_York',
      '1 Mar 2026, 04:59 UTC (28 Feb, 23:59 in America/New_York)',
    ],
    [
      'before the clocks go forward',
      '2026-03-29T00:59:59.999Z',
      'Europe/Berlin',
      '29 Mar 2026, 00:59 UTC (01:59 in Europe/Berlin)',
    ],
    [
      'after the clocks went forward',
      '2026-03-29T01:00:00.000Z',
      'Europe/Berlin',
      '29 Mar 2026, 01:00 UTC (03:00 in Europe/Berlin)',
    ],
    [
      'before the clocks go back',
      '2026-10-25T00:59:00.000Z',
      'Europe/Berlin',
      '25 Oct 2026, 00:59 UTC (02:59 in Europe/Berlin)',
    ],
    [
      'after the clocks went back',
      '2026-10-25T01:00:00.000Z',
      'Europe/Berlin',
      '25 Oct 2026, 01:00 UTC (02:00 in Europe/Berlin)',
    ],
    [
      'half an hour',
      '2026-07-01T14:05:00.000Z',
      'Asia/Kolkata',
      '1 Jul 2026, 14:05 UTC (19:35 in Asia/Kolkata)',
    ],
    [
      'three quarters',
      '2026-07-01T14:05:00.000Z',
      'Asia/Kathmandu',
      '1 Jul 2026, 14:05 UTC (19:50 in Asia/Kathmandu)',
    ],
    [
      'a whole day ahead',
      '2026-07-01T10:00:00.000Z',
      'Pacific/Kiritimati',
      '1 Jul 2026, 10:00 UTC (2 Jul, 00:00 in Pacific/Kiritimati)',
    ],
    ['the same clocks', '2026-11-23T14:05:00.000Z', 'Europe/London', '23 Nov 2026, 14:05 UTC'],
    [
      'the same clocks but in summer',
      '2026-07-01T14:05:00.000Z',
      'Europe/London',
      '1 Jul 2026, 14:05 UTC (15:05 in Europe/London)',
    ],
    ['UTC', '2026-11-23T23:05:00.000Z', UTC, '23 Nov 2026, 23:05 UTC'],
  ])('%s', (_name, at, zone, words) => {
    expect(moment(at, zone)).toBe(words);
    const far = words.endsWith(')') ? words.replace(/\)$/, ', in 2 days)') : `${words} (in 2 days)`;
    expect(momentFromNow(at, plus(at, -2 * DAY), zone)).toBe(far);
  });

  it('is in the words about a use of today', () => {
    const lastUsed = used(plus(NOW, -2 * HOUR));
    expect(lastUse(lastUsed, NOW, NOW, 'Europe/Berlin')).toBe(
      'today 14:10 UTC (15:10 in Europe/Berlin), S3 in eu-west-1',
    );
    expect(lastUse(used('2026-11-23T23:30:00.000Z'), NOW, NOW, 'Europe/Berlin')).toContain(
      'today 23:30 UTC (24 Nov, 00:30 in Europe/Berlin)',
    );
    expect(
      usedWords(key(NEWER, 'Active', { lastUsed: used(plus(NOW, -9 * DAY)) }), NOW, 'Europe/Berlin'),
    ).toBe('last used 14 Nov 2026 (9 days ago), S3 in eu-west-1');
  });
});

describe('lengths of time', () => {
  it.each([
    [0, '0 seconds'],
    [0.2, '0 seconds'],
    [1, '1 second'],
    [5, '5 seconds'],
    [MINUTE, '1 minute'],
    [90 * MINUTE, '90 minutes'],
    [DAY, '24 hours'],
    [36 * HOUR, '36 hours'],
    [7 * DAY, '7 days'],
    [400 * DAY, '400 days'],
    [DAY + HOUR + MINUTE + 1, '1 day, 1 hour, 1 minute and 1 second'],
    [4 * DAY + 2 * MINUTE, '4 days and 2 minutes'],
  ])('%s seconds: %s', (seconds, words) => {
    expect(inWords(seconds)).toBe(words);
  });
});

describe('last use', () => {
  const used = (at: string, service = 's3', region = 'eu-west-1'): LastUsed => ({
    kind: 'used',
    at,
    service,
    region,
  });
  it.each<[string, LastUsed, string]>([
    ['today 14:02 UTC, S3 in eu-west-1', used('2026-11-23T14:02:00.000Z'), plus(NOW, -21 * DAY)],
    ['11 Oct 2026 (43 days ago), STS', used('2026-10-11T14:02:00.000Z', 'sts', 'N/A'), plus(NOW, -600 * DAY)],
    ['22 Nov 2026 (17 hours ago)', used('2026-11-22T23:02:00.000Z', 'N/A', 'N/A'), plus(NOW, -600 * DAY)],
    ['not used yet (created 2 hours ago; IAM may lag)', { kind: 'never' }, plus(NOW, -2 * HOUR)],
    ['never', { kind: 'never' }, plus(NOW, -DAY)],
    ['unknown', { kind: 'not-read' }, plus(NOW, -DAY)],
  ])('%s', (words, lastUsed, created) => {
    expect(lastUse(lastUsed, created, NOW, UTC)).toBe(words);
  });

  it('names the service as people do, and nothing that IAM does not know', () => {
    expect(whereUsed({ service: 'dynamodb', region: 'us-east-1' })).toBe('DynamoDB in us-east-1');
    expect(whereUsed({ service: 'constructor', region: 'N/A' })).toBe('constructor');
    expect(whereUsed({ service: 'N/A', region: 'us-east-1' })).toBe('us-east-1');
    expect(whereUsed({ service: '\u0007', region: '' })).toBe('');
  });
});

it.each<[LastUsed, string]>([
  [{ kind: 'used', at: plus(NOW, -HOUR), service: 'STS', region: 'N/A' }, 'last used today 15:10 UTC, STS'],
  [{ kind: 'never' }, 'never used'],
  [{ kind: 'not-read' }, 'last use unknown'],
])('a use as a part of a sentence: %j', (lastUsed, words) => {
  const key = { id: 'AKIA', status: 'Active' as const, created: plus(NOW, -9 * DAY), lastUsed };
  expect(usedWords(key, NOW, UTC)).toBe(words);
  const young = { ...key, created: plus(NOW, -HOUR) };
  if (lastUsed.kind === 'never') {
    expect(usedWords(young, NOW, UTC)).toBe('not used yet (created 1 hour ago; IAM may lag)');
  }
});

describe('lists', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('%j', (items, words) => {
    expect(list(items)).toBe(words);
  });
});

describe('texts that others chose', () => {
  it.each([
    ['ci-deploy', 'ci-deploy'],
    ['  a   b', '  a   b'],
    ['a\r\nBcc: b\u2028c', 'a Bcc: b c'],
    ['a\u202eb\u200bc\u0007d', 'abc d'],
    ['Jörg \u{1f511}\ud800…', 'Jorg ??...'],
    ['x'.repeat(21), `${'x'.repeat(17)}...`],
    ['\u{1f511}'.repeat(20), '?'.repeat(20)],
  ])('%j becomes %j', (text, shown) => {
    expect(printable(text, 20)).toBe(shown);
  });

  it('are cut even where there is no room for dots', () => {
    expect(printable('abcdef', 2)).toBe('..');
  });

  it('are short, printable and on one line, whatever they were', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(30), (text, max) => {
        const shown = printable(text, max);
        expect(/^[\x20-\x7e]*$/.test(shown) && shown.length <= max).toBe(true);
      }),
    );
  });
});
