import { describe, expect, it, test } from 'vitest';
import { paused, resumed } from '../../../functions/core/model/control.ts';
import { type Control, UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import {
  causeToPause,
  RESTORES_TO_PAUSE,
  refusalsToPause,
  type Setback,
  type SetbackKind,
} from '../../../functions/core/model/setbacks.ts';
import { HOUR, type Instant, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { NOW } from '../../fakes/cases.ts';

const TWENTY = { changesPerHour: 20 };
const AN_HOUR_AGO = plus(NOW, -HOUR);
const JUST = plus(NOW, -1);

/** One setback of each of so many users. */
const of = (users: number, kind: SetbackKind, at: Instant = JUST): Setback[] =>
  Array.from({ length: users }, (_, n) => ({ at, kind, userId: `AIDA${n}` }));

const cause = (setbacks: readonly Setback[], control: Control = UNRESTRICTED, policy = TWENTY) =>
  causeToPause(setbacks, control, policy, NOW);

describe('a cause to pause', () => {
  it.each(['refused', 'restore'] as const)('five users with %s within an hour, and not four', (kind) => {
    expect(cause(of(4, kind))).toBe(null);
    expect(cause(of(5, kind))).toEqual({ kind, users: 5 });
    expect(cause(of(7, kind))).toEqual({ kind, users: 7 });
  });

  it('users count, not setbacks: one whom IAM refuses is tried again and again', () => {
    const again = Array.from(
      { length: 30 },
      (_, n): Setback => ({ ...of(1, 'refused')[0], at: plus(JUST, -n) }) as Setback,
    );
    expect(cause(again)).toBe(null);
    expect(cause([...again, ...of(5, 'refused')])).toEqual({ kind: 'refused', users: 5 });
  });

  it('each kind by itself: they say different things', () => {
    const other = of(4, 'restore').map((one) => ({ ...one, userId: `${one.userId}-other` }));
    expect(cause([...of(4, 'refused'), ...other])).toBe(null);
  });

  it('restores first, if there are too many of both', () => {
    expect(cause([...of(6, 'refused'), ...of(5, 'restore')])).toEqual({ kind: 'restore', users: 5 });
  });

  it('the hour is a rolling one, and its end is outside', () => {
    expect(cause(of(5, 'restore', AN_HOUR_AGO))).toBe(null);
    expect(cause(of(5, 'restore', plus(AN_HOUR_AGO, 0.001)))).not.toBe(null);
    const [first, ...rest] = of(5, 'restore');
    expect(cause([{ ...first, at: AN_HOUR_AGO } as Setback, ...rest])).toBe(null);
  });

  it('none while the account is paused, whoever paused it', () => {
    expect(cause(of(9, 'restore'), paused(UNRESTRICTED, JUST))).toBe(null);
    expect(cause(of(9, 'restore'), paused(UNRESTRICTED, JUST, 'x'))).toBe(null);
  });

  it('what happened before the last resume does not count, what happens after it does', () => {
    const at = plus(NOW, -10 * MINUTE);
    const control = resumed(paused(UNRESTRICTED, plus(at, -MINUTE), 'x'), at);
    expect(cause(of(9, 'restore', at), control)).toBe(null);
    expect(cause(of(5, 'restore', plus(at, 0.001)), control)).toEqual({ kind: 'restore', users: 5 });
  });

  it('a resume longer than an hour ago changes nothing', () => {
    const control = resumed(paused(UNRESTRICTED, plus(NOW, -9 * HOUR)), plus(NOW, -8 * HOUR));
    expect(cause(of(5, 'restore', AN_HOUR_AGO), control)).toBe(null);
    expect(cause(of(5, 'restore'), control)).not.toBe(null);
  });
});

test('refusals: a quarter of the changes of an hour, five at least; restores: five, however many changes are allowed', () => {
  expect([1, 19, 20, 21, 24, 25, 1_000].map((changesPerHour) => refusalsToPause({ changesPerHour }))).toEqual(
    [5, 5, 5, 6, 6, 7, 250],
  );
  const fast = { changesPerHour: 1_000 };
  expect(cause(of(249, 'refused'), UNRESTRICTED, fast)).toBe(null);
  expect(cause(of(250, 'refused'), UNRESTRICTED, fast)).toEqual({ kind: 'refused', users: 250 });
  expect(cause(of(RESTORES_TO_PAUSE, 'restore'), UNRESTRICTED, fast)).not.toBe(null);
});
