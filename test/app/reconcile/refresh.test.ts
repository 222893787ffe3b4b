import { describe, expect, it } from 'vitest';
import { type RefreshWorld, refresh } from '../../../functions/app/reconcile/refresh.ts';
import type { RefreshWish } from '../../../functions/app/wake.ts';
import { MOST_HOPS, type Refreshed } from '../../../functions/core/config/refresh.ts';
import {
  HOUR,
  type Instant,
  MINUTE,
  plus,
  type Seconds,
  secondsBetween,
} from '../../../functions/core/model/time.ts';
import { intoGrace, intoQuestion, later, NAME, worldWith } from '../../fakes/acts.ts';
import { ACCOUNT, NOW, POLICY } from '../../fakes/cases.ts';
import { memoryLog, standingClock } from '../../fakes/ports.ts';
import { reachingAll } from '../../fakes/rule.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

/** The longest that SQS holds a message back. */
const LONGEST_DELAY = 15 * MINUTE;

function rule({ maxRunsPerDay = 24, refreshEvery = MINUTE } = {}) {
  const clock = standingClock(NOW);
  const log = memoryLog();
  const state = { item: null as Refreshed | null, busy: false, broken: false };
  const starts: Instant[] = [];
  const sent: { readonly wish: RefreshWish; readonly delay: Seconds }[] = [];
  const world: RefreshWorld = {
    view: { refreshEvery, maxRunsPerDay },
    clock,
    log,
    store: {
      last: async () => state.item,
      record: async (_account, seen, next) => {
        if (state.item?.at === seen?.at) {
          state.item = next;
        }
      },
    },
    starter: {
      start: async () => {
        if (state.broken) {
          throw new Error('no rule of this name');
        }
        if (state.busy) {
          return 'busy';
        }
        starts.push(clock.now());
        return 'started';
      },
    },
    sender: {
      ask: async (wish, delay) => {
        sent.push({ wish, delay: Math.min(delay, LONGEST_DELAY) });
      },
    },
  };
  const wish = (since = clock.now()) => refresh(world, { kind: 'refresh', account: ACCOUNT, since, hops: 0 });
  /** Time passes, and wishes that were sent on come in again, until none is left. */
  const settle = async () => {
    for (let rounds = 0; sent.length > 0; rounds += 1) {
      if (rounds === 20) {
        throw new Error('wishes without end');
      }
      const wishes = sent.splice(0);
      clock.move(Math.max(...wishes.map(({ delay }) => delay)));
      for (const one of wishes) {
        await refresh(world, one.wish);
      }
    }
  };
  return { world, clock, log, state, starts, sent, wish, settle };
}

describe('a wish that AWS Config shows a change', () => {
  it('of many at once starts one run', async () => {
    const { wish, settle, starts, clock } = rule();
    const since = clock.now();
    clock.move(1);
    for (let n = 0; n < 50; n += 1) {
      await wish(since);
    }
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
      if (after === 'last') {
        world.store.last = dying(last);
      }
      if (after === 'start') {
        world.starter.start = dying(start);
      }
      if (after === 'record') {
        world.store.record = dying(record);
      }
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
    const { wish, settle, starts, clock, log } = rule({ maxRunsPerDay: 2 });
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

  it('is given up, and counted, when the rule is busy for more than an hour', async () => {
    const { wish, settle, starts, state, clock, log } = rule();
    state.busy = true;
    const since = clock.now();
    await wish(since);
    await settle();
    expect(starts).toEqual([]);
    expect(log.lines.filter((line) => line === 'count RefreshGivenUp')).toHaveLength(1);
    expect(secondsBetween(since, clock.now())).toBeGreaterThan(HOUR);
  });

  it('is granted after the longest wait between two runs, though SQS holds it back for 15 minutes only', async () => {
    const { wish, settle, starts, clock, log } = rule({ refreshEvery: HOUR });
    await wish();
    clock.move(1);
    await wish();
    await settle();
    expect(starts).toEqual([NOW, plus(NOW, HOUR)]);
    expect(log.lines.join()).not.toContain('RefreshGivenUp');
  });

  it('never makes a chain that Lambda would take for a loop', async () => {
    const { wish, sent, state, clock, world } = rule();
    state.busy = true;
    await wish();
    let wishes = 1;
    for (let next = sent.shift(); next !== undefined; next = sent.shift()) {
      clock.move(next.delay);
      await refresh(world, next.wish);
      wishes += 1;
    }
    expect(wishes).toBe(MOST_HOPS + 1);
    // Before it: one look, four more at what IAM does not show or somebody else is at, and the look at a former holder.
    expect(1 + 4 + 1 + wishes).toBeLessThan(16);
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

  /** Since the latest check, mails have reached everybody, or nobody, since so many seconds ago. */
  const reaching = (m: MemoryWorld, state: 'confirmed' | 'missing', ago: Seconds) => {
    const checkedAt = m.clock.now();
    const { addresses } = reachingAll(POLICY, checkedAt);
    const since = plus(checkedAt, -ago);
    const states = Object.keys(addresses).map((mark) => [mark, { state, since }]);
    m.table.state.subscriptions = { checkedAt, addresses: Object.fromEntries(states) };
  };

  it.each(['confirmed', 'missing'] as const)(
    'when it changed lately whether mails reach anybody (now %s), with the same time in each pass',
    async (state) => {
      const { m } = worldWith();
      await intoQuestion(m);
      m.asked.splice(0);
      m.clock.move(HOUR);
      reaching(m, state, 10 * MINUTE);
      const changed = plus(m.clock.now(), -9 * MINUTE);
      for (const _ of [1, 2, 3]) {
        await m.wake(NAME);
        m.clock.move(5 * MINUTE);
      }
      expect(m.asked.map(({ since }) => since)).toEqual([changed, changed, changed]);
      m.clock.move(2 * HOUR);
      reaching(m, state, 2 * HOUR);
      await m.wake(NAME);
      expect(m.asked).toHaveLength(3);
    },
  );

  it('of the later time, when a case changed as well', async () => {
    const { m } = worldWith();
    reaching(m, 'confirmed', 10 * MINUTE);
    await m.wake(NAME);
    expect(m.asked.map(({ since }) => since)).toEqual([NOW]);
  });

  it('not where health never checked', async () => {
    const { m } = worldWith();
    m.table.state.subscriptions = null;
    await intoQuestion(m);
    expect(m.asked).toHaveLength(1);
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
