import { describe, expect, test } from 'vitest';
import { graceEnd } from '../../../functions/core/case/dates.ts';
import {
  isEnded,
  isUntold,
  latestEnd,
  renews,
  warningDue,
  withGranted,
} from '../../../functions/core/case/exception.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { aDecision, granted, NEWER, NOW, noneKept, notNow, OLDER, POLICY, THIRD } from '../../fakes/cases.ts';

describe('the exceptions that are remembered', () => {
  test('are the latest ten, with their number in a row', () => {
    let exceptions = withGranted({}, notNow());
    for (let i = 0; i < 11; i += 1) {
      exceptions = withGranted({ exceptions }, notNow());
    }
    expect(exceptions.map(({ count }) => count)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  test('are renewed by one that leaves a key of the last', () => {
    const exceptions = [granted(notNow(), 4), granted(notNow({ spare: [OLDER, THIRD] }), 2)];
    expect(renews({ exceptions }, [NEWER, THIRD])?.count).toBe(2);
    expect(renews({ exceptions }, [NEWER])).toBeNull();
    expect(renews({}, [NEWER])).toBeNull();
    expect(withGranted({ exceptions }, notNow({ spare: [NEWER, 'x'] })).at(-1)?.count).toBe(1);
  });
});

describe('the end of an exception', () => {
  test('is at its very moment, and only of an exception', () => {
    const until = plus(NOW, 1);
    expect(isEnded(notNow({ until }), NOW)).toBe(false);
    expect(isEnded(notNow({ until }), until)).toBe(true);
    expect(isEnded(aDecision(), until)).toBe(false);
    expect(isEnded(noneKept(), until)).toBe(false);
  });

  test.each([
    // By the clock of UTC: a day is 24 hours also where summer time begins or ends in between.
    ['2027-03-27T07:00:00.000Z', '2027-06-25T07:00:00.000Z'],
    ['2027-10-30T07:00:00.000Z', '2028-01-28T07:00:00.000Z'],
    ['2027-12-01T07:00:00.000Z', '2028-02-29T07:00:00.000Z'],
    ['2028-02-29T23:59:59.999Z', '2028-05-29T23:59:59.999Z'],
    ['2026-12-01T00:00:00.000Z', '2027-03-01T00:00:00.000Z'],
  ])('of an answer given at %s is at the latest at %s', (at, end) => {
    expect(latestEnd(at, POLICY)).toBe(end);
  });
});

test('people are warned 8 and 2 days before, so that a daily digest tells them a week and a day before', () => {
  const until = plus(NOW, 30 * DAY);
  const due = (warnedAt?: string) =>
    warningDue(notNow({ until, ...(warnedAt === undefined ? {} : { warnedAt }) }));
  expect(due()).toBe(plus(until, -8 * DAY));
  expect(due(plus(until, -8 * DAY))).toBe(plus(until, -2 * DAY));
  expect(due(plus(until, -2 * DAY))).toBeNull();
  expect(warningDue(notNow({ at: NOW, until: plus(NOW, 8 * DAY) }))).toBe(plus(NOW, 6 * DAY));
  expect(warningDue(notNow({ at: NOW, until: plus(NOW, 2 * DAY) }))).toBeNull();
});

test('people are told at once of an exception that deactivates nothing, because no other mail tells of it', () => {
  const { warnedAt: _warnedAt, ...untold } = notNow({ until: plus(NOW, 30 * DAY) });
  expect([isUntold(untold), warningDue(untold)]).toEqual([true, untold.at]);
  const off = { ...untold, deactivate: ['AKIAI44QH8DHBEXAMPLE'] };
  expect([isUntold(off), warningDue(off)]).toEqual([false, plus(NOW, 22 * DAY)]);
});

test('a key that is kept inactive has a grace period until then at least, whatever pauses add to the other', () => {
  const end = (inactiveUntil: string | undefined, pauses: { from: string; to: string | null }[] = []) =>
    graceEnd(
      {
        deactivated: NOW,
        graceEnds: plus(NOW, 7 * DAY),
        ...(inactiveUntil === undefined ? {} : { inactiveUntil }),
      },
      POLICY,
      { ...UNRESTRICTED, pauses },
      plus(NOW, DAY),
    );
  expect(end(undefined)).toBe(plus(NOW, 7 * DAY));
  expect(end(plus(NOW, HOUR))).toBe(plus(NOW, 7 * DAY));
  expect(end(plus(NOW, 30 * DAY))).toBe(plus(NOW, 30 * DAY));
  const paused = [{ from: plus(NOW, MINUTE), to: plus(NOW, HOUR + MINUTE) }];
  expect(end(plus(NOW, 30 * DAY), paused)).toBe(plus(NOW, 30 * DAY));
  expect(end(plus(NOW, 7 * DAY), paused)).toBe(plus(NOW, 7 * DAY + HOUR));
});
