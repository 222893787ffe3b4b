import { expect, it } from 'vitest';
import { type Reconciled, reconcile } from '../../../functions/app/reconcile/reconcile.ts';
import { refresh } from '../../../functions/app/reconcile/refresh.ts';
import type { News, RefreshWish, Wake } from '../../../functions/app/wake.ts';
import { MINUTE, type Seconds } from '../../../functions/core/model/time.ts';
import { intoQuestion, NAME, trueKey, worldWith } from '../../fakes/acts.ts';
import { ACCOUNT, NEWER, NOW, OLDER, THIRD, USER_ID } from '../../fakes/cases.ts';
import { memoryLog } from '../../fakes/ports.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

/** Far below the 16 runs at which Lambda's guard, which is off for reconcile, would end a chain. */
const LONGEST_CHAIN = 4;

/**
 * Delivers a message and all that follow from it, in their time; returns how many messages follow one another at most. The
 * sweep never runs, because its wakes begin new chains.
 */
async function longestChain(m: MemoryWorld, first: Wake, news: News | null = null): Promise<number> {
  let longest = 0;
  const deliver = async (wake: Wake, delay: Seconds, length: number, told: News | null): Promise<void> => {
    longest = Math.max(longest, length);
    expect(length, 'a chain without end').toBeLessThan(50);
    m.clock.move(delay);
    const before = m.wakes.delayed.length;
    await (reconcile(m.world, wake, told) satisfies Promise<Reconciled>);
    const follow = [
      ...m.wakes.sent.splice(0).map((next) => ({ wake: next, delay: 0 })),
      ...m.wakes.delayed.splice(before),
    ];
    for (const next of follow) {
      await deliver(next.wake, next.delay, length + 1, null);
    }
  };
  await deliver(first, 0, 0, news);
  return longest;
}

const wake = (more: Partial<Wake>): Wake => ({
  kind: 'user',
  account: ACCOUNT,
  userName: NAME,
  attempt: 0,
  ...more,
});
const never = { keyId: THIRD, status: 'Active' as const };

it.each<[string, number]>([
  ['an event whose first mail is due a minute later', MINUTE],
  ['an event whose first mail is due as late as a message can be', 15 * MINUTE],
  ['an event whose first mail the sweep brings', 15 * MINUTE + 1],
])('%s leads to a chain that ends', async (_what, notifyAfter) => {
  const { m } = worldWith(undefined, { notifyAfter });
  expect(await longestChain(m, wake({}))).toBe(notifyAfter > 15 * MINUTE ? 0 : 1);
  expect(m.mails).toHaveLength(notifyAfter > 15 * MINUTE ? 0 : 2);
});

it.each<[string, (m: MemoryWorld) => void | Promise<void>, Partial<Wake>]>([
  ['IAM never shows what the event said', () => undefined, { expects: never }],
  ['nobody knows the user', (m) => void m.iam.users.clear(), { expects: never }],
  [
    'another pass never gives up its lease',
    async (m) => {
      await intoQuestion(m);
      const row = m.table.rows.get(USER_ID);
      const lease = { until: '2027-01-01T00:00:00.000Z', by: 'another' };
      if (row !== undefined) {
        m.table.rows.set(USER_ID, { ...row, case: { ...row.case, lease } });
      }
    },
    {},
  ],
  [
    'each notice is put off again',
    (m) => {
      const { move } = m.clock;
      m.clock.move = (seconds) => {
        move(seconds);
        const user = m.iam.users.get(USER_ID);
        user?.keys.splice(
          0,
          3,
          trueKey(NEWER, 21, 1),
          trueKey(`AKIA${'0'.repeat(15)}${m.mails.length}`, 0, null),
        );
      };
    },
    {},
  ],
])('where %s, a chain ends by count', async (_what, prepare, more) => {
  const { m } = worldWith();
  await prepare(m);
  m.wakes.delayed.splice(0);
  expect(await longestChain(m, wake(more), { origin: null })).toBeLessThanOrEqual(LONGEST_CHAIN);
});

it('the holder of a former name is woken by one message, which wakes nobody else', async () => {
  const { m, user } = worldWith();
  await intoQuestion(m);
  user.userName = 'ci-renamed';
  const other = 'AIDAOTHEREXAMPLE00001';
  const keys = [trueKey(THIRD, 0, null), trueKey('AKIAI44QH8DHBEXAMPL4', 0, null)];
  m.iam.users.set(other, { userId: other, userName: NAME, path: '/', tags: {}, keys });
  m.wakes.delayed.splice(0);
  expect(await longestChain(m, wake({}))).toBeLessThanOrEqual(LONGEST_CHAIN);
  expect(m.caseOf(USER_ID)?.userName).toBe('ci-renamed');
});

it('a wish that AWS Config looks is sent on eight times at most', async () => {
  const sent: RefreshWish[] = [];
  const world = {
    view: { refreshEvery: 60, maxRunsPerDay: 24 },
    store: { last: async () => null, record: async () => undefined },
    starter: { start: async () => 'busy' as const },
    sender: {
      async ask(wish: RefreshWish) {
        sent.push(wish);
      },
    },
    clock: { now: () => NOW },
    log: memoryLog(),
  };
  const first: RefreshWish = { kind: 'refresh', account: ACCOUNT, since: NOW, hops: 0 };
  await refresh(world, first);
  for (let read = 0; read < sent.length && read < 50; read += 1) {
    await refresh(world, sent[read] ?? first);
  }
  expect(sent).toHaveLength(8);
});

it('a first mail that cannot be asked for comes with the sweep, and that is counted', async () => {
  const { m } = worldWith();
  m.wakes.broken = true;
  await m.wake(NAME);
  expect(m.log.lines).toContain('count WakeNotSent');
  m.wakes.broken = false;
  m.clock.move(5 * MINUTE);
  await m.sweep();
  expect(m.mails).toHaveLength(2);
});

it('is asked for once: a second evaluation in the meantime sends no second message', async () => {
  const { m } = worldWith();
  await m.wake(NAME);
  m.clock.move(10);
  await m.wake(NAME);
  expect(m.wakes.delayed).toEqual([
    { wake: { kind: 'user', account: ACCOUNT, userId: USER_ID, attempt: 1 }, delay: MINUTE },
  ]);
  expect(m.caseOf(USER_ID)?.keys.map(({ id }) => id)).toEqual([NEWER, OLDER]);
});
