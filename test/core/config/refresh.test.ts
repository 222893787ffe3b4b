import { describe, expect, it } from 'vitest';
import { busyPause, MOST_HOPS, type Refreshed, refreshTurn } from '../../../functions/core/config/refresh.ts';
import { HOUR, MINUTE, plus, type Seconds } from '../../../functions/core/model/time.ts';
import { NOW } from '../../fakes/cases.ts';

const VIEW = { refreshEvery: MINUTE, maxRunsPerDay: 3 };
const CHANGED = plus(NOW, -30);
const ran = (secondsAgo: Seconds, runs = 1): Refreshed => {
  const at = plus(NOW, -secondsAgo);
  return { at, day: at.slice(0, 10), runs };
};
const start = (runs: number) => ({ turn: 'start', next: { at: NOW, day: NOW.slice(0, 10), runs } });

describe('whether AWS Config is asked to run the rule', () => {
  it.each<[string, Refreshed | null, unknown]>([
    ['never before: yes', null, start(1)],
    ['a run since the change: no need', ran(10), { turn: 'shown' }],
    ['a run just before the change: too soon', ran(40), { turn: 'wait', seconds: 20 }],
    ['a run a minute ago: yes', ran(60), start(2)],
    ['as often as allowed today: not today', ran(600, 3), { turn: 'spent' }],
    ['as often as allowed yesterday: yes', ran(24 * 3600, 3), start(1)],
  ])('%s', (_, last, turn) => {
    expect(refreshTurn(last, CHANGED, NOW, VIEW)).toEqual(turn);
  });

  it('a run of the very same moment may have looked before the change', () => {
    expect(refreshTurn({ ...ran(30), at: CHANGED }, CHANGED, NOW, VIEW).turn).toBe('wait');
  });

  it('never, where no run is allowed', () => {
    expect(refreshTurn(null, CHANGED, NOW, { ...VIEW, maxRunsPerDay: 0 })).toEqual({ turn: 'spent' });
  });
});

describe('how long a wish rests when the rule is busy', () => {
  const rests = (refreshEvery: Seconds) =>
    Array.from({ length: MOST_HOPS }, (_, hops) => busyPause({ ...VIEW, refreshEvery }, hops));

  it('doubles, up to the 15 minutes for which SQS holds a message back', () => {
    expect(rests(MINUTE)).toEqual([60, 120, 240, 480, 900, 900, 900, 900]);
    expect(new Set(rests(HOUR))).toEqual(new Set([15 * MINUTE]));
  });
});
