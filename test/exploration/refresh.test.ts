import { describe, expect, it } from 'vitest';
import { type RefreshWorld, refresh } from '../../functions/app/reconcile/refresh.ts';
import type { RefreshWish } from '../../functions/app/wake.ts';
import type { Refreshed } from '../../functions/core/config/refresh.ts';
import {
  HOUR,
  type Instant,
  MINUTE,
  plus,
  type Seconds,
  secondsBetween,
} from '../../functions/core/model/time.ts';
import { ACCOUNT, NOW } from '../fakes/cases.ts';
import { memoryLog, standingClock } from '../fakes/ports.ts';
import { tapped } from './tap.ts';

const FAULTS = ['before', 'after', 'lost', 'late'] as const;
const REMOTE = ['store', 'starter', 'sender'] as const;

/** What the queue does with a message whose handler failed: it brings it again after a while. */
const COMES_BACK: Seconds = 6 * MINUTE;

class Killed extends Error {}

/** Three changes of verdicts, half a minute apart; AWS Config is busy at first. `through` stands before each call. */
async function played(
  through: (site: string, make: () => Promise<unknown>) => Promise<unknown>,
  clock = standingClock(NOW),
) {
  const starts: Instant[] = [];
  const queue: { readonly at: Instant; readonly wish: RefreshWish }[] = [];
  let item: Refreshed | null = null;
  const plain: RefreshWorld = {
    view: { refreshEvery: MINUTE, maxRunsPerDay: 24 },
    clock,
    log: memoryLog(),
    store: {
      last: async () => item,
      record: async (_account, seen, next) => {
        if (item?.at === seen?.at) {
          item = next;
        }
      },
    },
    starter: {
      start: async () => {
        // One start a minute, and none while the rule runs, which it does in the first minute.
        if (clock.now() < plus(starts.at(-1) ?? NOW, MINUTE)) {
          return 'busy';
        }
        starts.push(clock.now());
        return 'started';
      },
    },
    sender: {
      ask: async (wish, delay) => {
        queue.push({ at: plus(clock.now(), delay), wish });
      },
    },
  };
  const ports = REMOTE.map((name) => [name, tapped(name, plain[name], through)] as const);
  const world = { ...plain, ...Object.fromEntries(ports) } as RefreshWorld;
  for (const n of [0, 1, 2]) {
    const since = plus(NOW, n * 30);
    queue.push({ at: since, wish: { kind: 'refresh', account: ACCOUNT, since, hops: 0 } });
  }
  for (let handled = 0; queue.length > 0; handled += 1) {
    if (handled === 60) {
      throw new Error('wishes without end');
    }
    queue.sort((a, b) => (a.at < b.at ? -1 : 1));
    const [next] = queue.splice(0, 1);
    if (next === undefined) {
      break;
    }
    clock.move(Math.max(0, secondsBetween(clock.now(), next.at)));
    await refresh(world, next.wish).catch((error: unknown) => {
      if (!(error instanceof Killed)) {
        throw error;
      }
      queue.push({ ...next, at: plus(clock.now(), COMES_BACK) });
    });
  }
  return starts;
}

async function sitesOf(): Promise<string[]> {
  const sites: string[] = [];
  await played((site, make) => {
    sites.push(site);
    return make();
  });
  return sites;
}

const sites = await sitesOf();
const strikes = sites.flatMap((site, at) =>
  FAULTS.map((fault): [string, number, (typeof FAULTS)[number]] => [`${fault} ${site} (${at})`, at, fault]),
);

describe('a wish for AWS Config whose handling breaks at any call', () => {
  it('is tried at every kind of call', () => {
    expect(new Set(sites.map((site) => site.split('.')[0]))).toEqual(new Set(REMOTE));
  });

  it.each(strikes)(
    '%s: a run begins after the last change, and at most one too many',
    async (_, at, fault) => {
      const calm = await played((_site, make) => make());
      let n = 0;
      const clock = standingClock(NOW);
      const starts = await played(async (_site, make) => {
        if (n++ !== at) {
          return make();
        }
        if (fault === 'before') {
          throw new Killed();
        }
        const answer = await make();
        if (fault !== 'late') {
          throw new Killed();
        }
        clock.move(30);
        return answer;
      }, clock);
      const [last = ''] = starts.slice(-1);
      expect(last >= plus(NOW, 60)).toBe(true);
      expect(last < plus(NOW, HOUR)).toBe(true);
      expect(starts.length).toBeLessThanOrEqual(calm.length + 1);
    },
  );
});
