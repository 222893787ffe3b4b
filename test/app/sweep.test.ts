import { describe, expect, it } from 'vitest';
import type { DueCase, DueDigest, DueStore } from '../../functions/app/store-ports.ts';
import { type SweepWorld, sweep } from '../../functions/app/sweep.ts';
import type { Wake } from '../../functions/app/wake.ts';
import { MINUTE, plus } from '../../functions/core/model/time.ts';
import { intoQuestion, NAME, worldWith } from '../fakes/acts.ts';
import { ACCOUNT, NOW, USER_ID } from '../fakes/cases.ts';
import { memoryLog, memoryWakes, standingClock } from '../fakes/ports.ts';

const due = (index: number): DueCase => ({
  account: ACCOUNT,
  userId: `AIDA${index}`,
  wakeAt: plus(NOW, -MINUTE),
});
const wakeOf = ({ account, userId }: DueCase): Wake => ({ kind: 'user', account, userId, attempt: 0 });

/** Some due cases, and everything that the sweep does about them in order. */
function sweeping(found: DueCase[], push: DueStore['push'] = async () => true, digests: DueDigest[] = []) {
  const did: string[] = [];
  const wakes = memoryWakes();
  const log = memoryLog();
  const { send } = wakes;
  const world: SweepWorld = {
    clock: standingClock(NOW),
    log,
    random: () => 0,
    due: {
      async due(now, limit) {
        did.push(`due until ${now}, at most ${limit}`);
        return found.slice(0, limit);
      },
      async push(one, to) {
        did.push(`push ${one.userId} to ${to}`);
        return push(one, to);
      },
      async digests() {
        return digests;
      },
    },
    digests: {
      async ask({ address }, delay) {
        did.push(`ask a digest for ${address} in ${delay}`);
      },
    },
    wakes: {
      async send(list, delay) {
        did.push(`send ${list.length}`);
        await send(list, delay);
      },
    },
  };
  return { world, wakes, log, did };
}

describe('the sweep', () => {
  it('pushes each look ten minutes on before it sends anything', async () => {
    const { world, wakes, did } = sweeping([due(1), due(2)]);
    expect(await sweep(world)).toEqual({ woken: 2 });
    expect(did).toEqual([
      `due until ${NOW}, at most 500`,
      `push AIDA1 to ${plus(NOW, 10 * MINUTE)}`,
      `push AIDA2 to ${plus(NOW, 10 * MINUTE)}`,
      'send 2',
    ]);
    expect(wakes.sent).toEqual([wakeOf(due(1)), wakeOf(due(2))]);
  });

  it('wakes who has been due for longest first, and of several a random one', async () => {
    const late = { ...due(4), wakeAt: plus(NOW, -2 * MINUTE) };
    const { world, wakes } = sweeping([due(1), due(2), due(3), late]);
    const draws = [0.7, 0.2, 0.7, 0.9];
    await sweep({ ...world, random: () => draws.shift() ?? 0 });
    expect(wakes.sent.map(({ userId }) => userId)).toEqual(['AIDA4', 'AIDA2', 'AIDA1', 'AIDA3']);
  });

  it('wakes only what was its own to push: two sweeps at once wake each case once', async () => {
    const { world, wakes } = sweeping([due(1), due(2)], async ({ userId }) => userId === 'AIDA2');
    expect(await sweep(world)).toEqual({ woken: 1 });
    expect(wakes.sent).toEqual([wakeOf(due(2))]);
  });

  it('one case that cannot be pushed keeps nobody else asleep, and is seen', async () => {
    const { world, wakes } = sweeping([due(1), due(2), due(3)], async ({ userId }) => {
      if (userId === 'AIDA2') {
        throw new Error('throttled');
      }
      return true;
    });
    await expect(sweep(world)).rejects.toThrow('throttled');
    expect(wakes.sent).toEqual([wakeOf(due(1)), wakeOf(due(3))]);
  });

  it('takes 500 at most, and says when there is more', async () => {
    const { world, wakes, log } = sweeping(Array.from({ length: 700 }, (_, index) => due(index)));
    expect(await sweep(world)).toEqual({ woken: 500 });
    expect(wakes.sent).toHaveLength(500);
    expect(log.lines.some((line) => line.startsWith('warn More cases are due'))).toBe(true);
  });

  it('has nothing to say when nothing is due', async () => {
    const { world, log } = sweeping([]);
    expect(await sweep(world)).toEqual({ woken: 0 });
    expect(log.lines).toEqual([]);
  });

  it('what could not be sent comes back by itself, ten minutes later', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    m.clock.move(3 * 24 * 60 * MINUTE);
    m.wakes.broken = true;
    await expect(m.sweep()).rejects.toThrow('the queue is away');
    expect(m.table.rows.get(USER_ID)?.wakeAt).toBe(plus(m.clock.now(), 10 * MINUTE));
    m.wakes.broken = false;
    await m.sweep();
    expect(m.mails).toHaveLength(2);
    m.clock.move(10 * MINUTE);
    await m.sweep();
    expect(m.news.at(-1)).toMatchObject({ notice: 'reminder' });
    expect(m.mails).toHaveLength(2);
  });

  it('an outage of reconcile is no storm: one wake per case in ten minutes', async () => {
    const { m } = worldWith();
    await m.wake(NAME);
    const { wakes, clock, log } = m;
    const world = { due: m.table.due, wakes, digests: m.world.digests, clock, log, random: () => 0 };
    for (let minute = 0; minute < 30; minute += 5) {
      m.clock.move(5 * MINUTE);
      await sweep(world);
    }
    expect(wakes.sent).toHaveLength(3);
  });
});
