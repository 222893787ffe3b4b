import { describe, expect, it } from 'vitest';
import { refresh, type RefreshWorld } from '../../functions/app/refresh.ts';
import type { Refreshed } from '../../functions/core/refresh.ts';
import { HOUR, type Instant, MINUTE, type Seconds } from '../../functions/core/time.ts';
import { intoGrace, intoQuestion, later, NAME, worldWith } from './fakes/acts.ts';
import { ACCOUNT, NOW } from './fakes/cases.ts';
import { memoryLog, standingClock } from './fakes/ports.ts';

function rule(maxRunsPerDay = 24) {
  const clock = standingClock(NOW);
  const log = memoryLog();
  const state = { item: null as Refreshed | null, busy: false, broken: false };
  const starts: Instant[] = [];
  const sent: { since: Instant; delay: Seconds }[] = [];
  const world: RefreshWorld = {
    view: { refreshEvery: MINUTE, maxRunsPerDay },
    clock,
    log,
    store: {
      last: async () => state.item,
      record: async (_account, seen, next) => {
        if (state.item?.at === seen?.at) state.item = next;
      },
    },
    starter: {
      start: async () => {
        if (state.broken) throw new Error('no rule of this name');
        if (state.busy) return 'busy';
        starts.push(clock.now());
        return 'started';
      },
    },
    sender: {
      ask: async (_account, since, delay) => {
        sent.push({ since, delay });
      },
    },
  };
  const wish = (since = clock.now()) => refresh(world, { kind: 'refresh', account: ACCOUNT, since });
  /** Time passes, and wishes that were sent on come in again, until none is left. */
  const settle = async () => {
    for (let rounds = 0; sent.length > 0; rounds += 1) {
      if (rounds === 20) throw new Error('wishes without end');
      const wishes = sent.splice(0);
      clock.move(Math.max(...wishes.map(({ delay }) => delay)));
      for (const { since } of wishes) await wish(since);
    }
  };
  return { world, clock, log, state, starts, sent, wish, settle };
}

describe('a wish that AWS Config shows a change', () => {
  it('of many at once starts one run', async () => {
    const { wish, settle, starts, clock } = rule();
    const since = clock.now();
    clock.move(1);
    for (let n = 0; n < 50; n += 1) await wish(since);
    await settle();
    expect(starts).toHaveLength(1);
  });

  it('that comes after a run began has another, a minute later', async () => {
    const { wish, settle, starts, clock } = rule();
    await wish();
    clock.move(10);
    await wish();
    await settle();
    expect(starts).toEqual([NOW, '2026-11-23T16:11:00.000Z']);
  });

  it('waits while the rule runs, and is not taken for granted', async () => {
    const { wish, settle, starts, state, sent } = rule();
    state.busy = true;
    await wish();
    expect(sent).toHaveLength(1);
    state.busy = false;
    await settle();
    expect(starts).toHaveLength(1);
  });

  it.each(['last', 'start', 'record'])(
    'is not lost when its bearer dies after %s, and comes again',
    async (after) => {
      const { world, wish, settle, starts, clock } = rule();
      const { last, record } = world.store;
      const { start } = world.starter;
      const dying =
        <A extends unknown[], T>(work: (...args: A) => Promise<T>) =>
        async (...args: A): Promise<T> => {
          await work(...args);
          throw new Error('died');
        };
      if (after === 'last') world.store.last = dying(last);
      if (after === 'start') world.starter.start = dying(start);
      if (after === 'record') world.store.record = dying(record);
      const since = clock.now();
      await expect(wish(since)).rejects.toThrow('died');
      Object.assign(world.store, { last, record });
      world.starter.start = start;
      clock.move(MINUTE);
      await wish(since);
      await settle();
      expect(starts.some((at) => at >= since)).toBe(true);
    },
  );

  it('is given up, and counted, when the runs of the day are used up', async () => {
    const { wish, settle, starts, clock, log } = rule(2);
    for (let n = 0; n < 5; n += 1) {
      await wish();
      await settle();
      clock.move(HOUR);
    }
    expect(starts).toHaveLength(2);
    expect(log.lines.filter((line) => line === 'count RefreshBudgetSpent')).toHaveLength(3);
    clock.move(24 * HOUR);
    await wish();
    expect(starts).toHaveLength(3);
  });

  it('comes again when AWS Config gives no answer', async () => {
    const { wish, state, starts } = rule();
    state.broken = true;
    await expect(wish()).rejects.toThrow('no rule of this name');
    state.broken = false;
    await wish();
    expect(starts).toHaveLength(1);
  });
});

describe('a pass wishes it', () => {
  it('for each change of what AWS Config shows, and not for others', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    expect(m.asked).toEqual([{ since: NOW, delay: MINUTE }]);
    await later(m, 3 * HOUR);
    expect(m.asked).toHaveLength(1);
  });

  it('for what became of the keys', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    expect(m.asked).toHaveLength(2);
  });

  it('not where AWS Config has no view of us', async () => {
    const { m } = worldWith(undefined, { config: null });
    await intoGrace(m);
    expect(m.asked).toEqual([]);
    expect(m.log.lines.join()).not.toContain('RefreshRefused');
  });

  it('and is no less right when the wish is not taken', async () => {
    const { m } = worldWith();
    m.world.refreshes.ask = async () => {
      throw new Error('SQS is away');
    };
    await intoQuestion(m);
    expect(m.log.lines.join()).toContain('count RefreshRefused');
  });

  it('however it ends', async () => {
    const { m } = worldWith();
    m.world.wakes.send = async () => undefined;
    m.state.snsAway = true;
    await m.wake(NAME);
    m.table.cases.commit = async () => {
      throw new Error('the table is away');
    };
    m.clock.move(MINUTE);
    await expect(m.wake(NAME)).rejects.toThrow('the table is away');
    expect(m.asked).toHaveLength(1);
  });
});
