import { describe, expect, it } from 'vitest';
import { DUE_AFTER, dueTurns, MOST_TURNS, TURNS, turnOf } from '../../../functions/core/inventory/turn.ts';
import { DAY, HOUR, type Instant, plus } from '../../../functions/core/model/time.ts';
import { NOW } from '../../fakes/cases.ts';

const stored = (at: (turn: number) => Instant | undefined) =>
  new Map(
    Array.from({ length: TURNS }, (_, turn) => [turn, at(turn)] as const).flatMap(([turn, when]) =>
      when === undefined ? [] : [[turn, when] as const],
    ),
  );

describe('the turn of a user', () => {
  it('is always the same, and turns are alike in size', () => {
    const arns = Array.from({ length: 5000 }, (_, n) => `arn:aws:iam::123456789012:user/svc/user-${n}`);
    const sizes = new Map<number, number>();
    for (const arn of arns) {
      expect(turnOf(arn)).toBe(turnOf(arn));
      sizes.set(turnOf(arn), (sizes.get(turnOf(arn)) ?? 0) + 1);
    }
    expect(sizes.size).toBe(TURNS);
    expect(Math.max(...sizes.values())).toBeLessThan(60);
    expect([...sizes.keys()].every((turn) => turn >= 0 && turn < TURNS)).toBe(true);
  });
});

describe('turns that are due', () => {
  it('are at first the first few', () => {
    expect(dueTurns(new Map(), NOW)).toEqual([0, 1, 2, 3]);
    expect(MOST_TURNS).toBe(4);
  });

  it('are those never read, before the oldest', () => {
    const all = stored((turn) => (turn === 90 ? undefined : plus(NOW, turn === 7 ? -9 * DAY : -8 * DAY)));
    expect(dueTurns(all, NOW)).toEqual([90, 7, 0, 1]);
  });

  it('are none before a week is almost over', () => {
    expect(
      dueTurns(
        stored(() => plus(NOW, -DUE_AFTER)),
        NOW,
      ),
    ).toEqual([]);
    expect(
      dueTurns(
        stored(() => plus(NOW, -DUE_AFTER - 1)),
        NOW,
      ),
    ).toHaveLength(MOST_TURNS);
  });

  it('are all read within two days, then each within a week again, although hours are missed', () => {
    const read = new Map<number, Instant>();
    const gaps: number[] = [];
    for (let hour = 0; hour < 28 * 24; hour += 1) {
      const at = plus(NOW, hour * HOUR);
      const missed = hour % 7 === 3;
      for (const turn of missed ? [] : dueTurns(read, at)) {
        const before = read.get(turn);
        gaps.push(...(before === undefined ? [] : [(Date.parse(at) - Date.parse(before)) / 3_600_000]));
        read.set(turn, at);
      }
      if (hour === 50) {
        expect(read.size).toBe(TURNS);
      }
    }
    expect(Math.max(...gaps)).toBeLessThanOrEqual(7 * 24);
    expect(gaps.length).toBeGreaterThanOrEqual(2 * TURNS);
  });
});
