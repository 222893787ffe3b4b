import { describe, expect, it } from 'vitest';
import { DAY, HOUR, plus, secondsBetween } from '../../../functions/core/model/time.ts';
import { homeRegion, isRegion, regionsToRead } from '../../../functions/core/usage/regions.ts';
import { coveredBack, coveredByAll, REACH, windowsAt } from '../../../functions/core/usage/windows.ts';
import { NOW } from '../../fakes/cases.ts';

describe('windows', () => {
  it('are five, the newest first, without overlap and without a gap of more than a second', () => {
    const windows = windowsAt(plus(NOW, 0.3), null);
    expect(windows).toHaveLength(5);
    expect(windows[0]?.to).toBe(plus(NOW, 1));
    for (const [index, { from, to }] of windows.entries()) {
      expect(secondsBetween(from, plus(NOW, 1))).toBe(REACH[index]);
      const older = windows[index + 1];
      expect(older === undefined ? 1 : secondsBetween(older.to, from)).toBe(1);
      expect(from < to).toBe(true);
    }
  });

  it.each([
    [0, 1],
    [2 * HOUR, 2],
    [3 * DAY, 3],
    [400 * DAY, 5],
  ])('of a key that is %d seconds old are %d', (age, count) => {
    expect(windowsAt(NOW, plus(NOW, -age))).toHaveLength(count);
  });

  it('are one at least, even if the clock is behind the creation', () => {
    expect(windowsAt(NOW, plus(NOW, DAY))).toHaveLength(1);
  });

  it('of a deactivated key reach back from its end, as far as CloudTrail keeps events', () => {
    const ended = plus(NOW, -7 * DAY);
    const windows = windowsAt(NOW, null, ended);
    expect(windows[0]).toEqual({ from: plus(ended, -HOUR), to: ended });
    expect(windows[3]?.from).toBe(plus(ended, -30 * DAY));
    expect(windows[4]).toEqual({ from: plus(NOW, -90 * DAY), to: plus(ended, -30 * DAY - 1) });
    expect(windowsAt(NOW, null, plus(NOW, -60 * DAY + 1))).toHaveLength(5);
    expect(windowsAt(NOW, null, plus(NOW, -60 * DAY + 1))[4]?.to).toBe(plus(NOW, -90 * DAY));
    expect(windowsAt(NOW, null, plus(NOW, -60 * DAY))).toHaveLength(4);
    expect(windowsAt(NOW, null, plus(NOW, -90 * DAY - 1))).toEqual([]);
  });
});

describe('what pages cover', () => {
  const [hour, day] = windowsAt(NOW, null).map((window) => ({ window, oldest: null, more: false }));
  if (hour === undefined || day === undefined) {
    throw new Error('no windows');
  }

  it('reaches back to the start of the last window, or to the first page that is not all', () => {
    expect(coveredBack([hour, day], NOW)).toBe(day.window.from);
    const oldest = plus(NOW, -600);
    expect(coveredBack([{ ...hour, more: true, oldest }, day], NOW)).toBe(oldest);
    expect(coveredBack([hour, { ...day, more: true }], NOW)).toBe(day.window.to);
    expect(coveredBack([], NOW)).toBe(NOW);
  });

  it('is what every Region covers', () => {
    expect(coveredByAll([plus(NOW, -DAY), plus(NOW, -HOUR), plus(NOW, -DAY)], NOW)).toBe(plus(NOW, -HOUR));
    expect(coveredByAll([], NOW)).toBe(NOW);
  });
});

describe('Regions', () => {
  it.each([
    'us-east-1',
    'eu-central-2',
    'us-gov-west-1',
    'eu-isoe-west-1',
    'ap-southeast-3',
    'eusc-de-east-1',
  ])('%s is one', (region) => {
    expect(isRegion(region)).toBe(true);
  });

  it.each(['N/A', '', 'aws-global', 'evil.example.com/us-east-1', 'us-east-1\n', 'US-EAST-1'])(
    '%j is none',
    (text) => {
      expect(isRegion(text)).toBe(false);
    },
  );

  it.each([
    ['eu-west-1', 'us-east-1'],
    ['cn-northwest-1', 'cn-north-1'],
    ['us-gov-east-1', 'us-gov-west-1'],
    ['us-isob-east-1', 'us-isob-east-1'],
    ['us-iso-west-1', 'us-iso-east-1'],
    ['eusc-de-east-1', 'eusc-de-east-1'],
  ])('of the partition of %s: global calls are in %s', (region, home) => {
    expect(homeRegion(region)).toBe(home);
  });

  it('to read are the home Region first, and each once', () => {
    expect(regionsToRead('us-east-1', ['eu-west-1', 'N/A', 'us-east-1', 'eu-west-1'])).toEqual([
      'us-east-1',
      'eu-west-1',
    ]);
  });
});
