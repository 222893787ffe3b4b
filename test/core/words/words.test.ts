import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LastUsed } from '../../../functions/core/model/observation.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import {
  day,
  dayAndMonth,
  fromNow,
  inWords,
  lastUse,
  list,
  moment,
  printable,
  timeOfDay,
  usedWords,
  whereUsed,
} from '../../../functions/core/words/words.ts';

const NOW = '2026-11-23T16:10:00.000Z';

describe('moments', () => {
  it('are named in UTC', () => {
    expect(day('2026-11-30T23:59:59.999Z')).toBe('30 Nov 2026');
    expect(dayAndMonth('2026-01-02T00:00:00.000Z')).toBe('2 Jan');
    expect(timeOfDay('2026-01-02T04:05:59.000Z')).toBe('04:05 UTC');
    expect(moment('2026-11-30T14:06:00.000Z')).toBe('30 Nov 2026, 14:06 UTC');
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
    expect(lastUse(lastUsed, created, NOW)).toBe(words);
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
  expect(usedWords(key, NOW)).toBe(words);
  const young = { ...key, created: plus(NOW, -HOUR) };
  if (lastUsed.kind === 'never') {
    expect(usedWords(young, NOW)).toBe('not used yet (created 1 hour ago; IAM may lag)');
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
