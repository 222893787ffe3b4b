import { describe, expect, it } from 'vitest';
import { lostHeads, readAgain, vouchedHeads } from '../../../functions/core/records/lost-heads.ts';

const head = (userId: string, version: number, hash = 'h') => ({ userId, version, hash });
const daily = { number: 3, heads: [head('B', 2), head('A', 4)] };
const restored = { entry: 9, at: '2026-11-27T12:00:00.000Z', by: 'arn', reason: 'x', ledger: 0 };

describe('users whose history went back since the last daily anchor', () => {
  it('are nobody without one, and where all histories are the same or longer', () => {
    expect(lostHeads(null, [head('A', 1)], [])).toEqual([]);
    expect(lostHeads(daily, [head('A', 4), head('B', 3, 'i'), head('C', 1)], [])).toEqual([]);
  });

  it('are named with what became of it', () => {
    expect(lostHeads(daily, [head('A', 4, 'i')], [])).toEqual([
      { userId: 'B', why: 'nothing is left of a history of 2 entries' },
      { userId: 'A', why: 'entry 4 is not the one that was anchored' },
    ]);
    expect(lostHeads(daily, [head('A', 3), head('B', 2)], [])).toEqual([
      { userId: 'A', why: 'the history had 4 entries and has 3' },
    ]);
  });

  it('are explained by a restore after that anchor, and by no earlier one', () => {
    expect(lostHeads(daily, [], [{ ...restored, anchor: 3 }])).toEqual([]);
    expect(lostHeads(daily, [], [{ ...restored, anchor: 2 }])).toHaveLength(2);
  });
});

describe('users who could not be vouched for', () => {
  const named = ['A', 'C', 'D'].map((userId) => ({ userId, why: 'x' }));
  const now = [head('A', 6), head('B', 9), head('C', 2)];
  const whole = (userId: string, upTo: number) => ({ userId, after: 0, upTo, hashes: new Map() });

  it('are read again from the last anchored head on, which must be the same', () => {
    expect(readAgain(named, now, daily, [])).toEqual([
      { userId: 'A', after: 3, upTo: 6, hashes: new Map([[4, 'h']]) },
      whole('C', 2),
    ]);
  });

  it('are read from the beginning where no anchored head counts', () => {
    const all = [whole('A', 6), whole('C', 2)];
    expect(readAgain(named, now, null, [])).toEqual(all);
    expect(readAgain(named, now, daily, [{ ...restored, anchor: 3 }])).toEqual(all);
  });
});

describe('the heads of an anchor', () => {
  it('are those of now, but the last ones anchored of users who cannot be vouched for', () => {
    const unvouched = [{ userId: 'A', why: 'x' }];
    const now = [head('C', 1), head('A', 1), head('B', 3)];
    expect(vouchedHeads(now, daily, unvouched)).toEqual([head('A', 4), head('B', 3), head('C', 1)]);
    expect(vouchedHeads(now, null, unvouched)).toEqual([head('B', 3), head('C', 1)]);
    expect(vouchedHeads(daily.heads.toReversed(), null, [])).toEqual([head('A', 4), head('B', 2)]);
  });
});
