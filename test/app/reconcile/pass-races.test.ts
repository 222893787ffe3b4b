import { describe, expect, it } from 'vitest';
import { reconcile } from '../../../functions/app/reconcile/reconcile.ts';
import type { World } from '../../../functions/app/reconcile/world.ts';
import type { Commit } from '../../../functions/app/store-ports.ts';
import { foldHistory } from '../../../functions/core/case/history.ts';
import { DAY, MINUTE } from '../../../functions/core/model/time.ts';
import {
  BOTH,
  decide,
  intoQuestion,
  later,
  NAME,
  scene,
  trueKey,
  worldWith,
  writesOf,
} from '../../fakes/acts.ts';
import { ACCOUNT, NEWER, OLDER, THIRD, USER_ID } from '../../fakes/cases.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

const OFF = 'MPLE Active, 3QXK Inactive';

async function decided() {
  const { m, user } = worldWith();
  await intoQuestion(m);
  expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
  m.wakes.sent.length = 0;
  return { m, user, writes: writesOf(m) };
}

const look = (world: World) =>
  reconcile(world, { kind: 'user', account: ACCOUNT, userId: USER_ID, attempt: 0 });

/** The world as one pass sees it, when something happens right before its n-th call of the table or of IAM. */
function interrupted(
  m: MemoryWorld,
  n: number,
  happens: () => Promise<unknown>,
): { readonly world: World; reached(): boolean } {
  let calls = 0;
  let reached = false;
  const step = async () => {
    calls += 1;
    if (calls !== n) {
      return;
    }
    reached = true;
    await happens();
  };
  const before =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await step();
      return call(...args);
    };
  const { cases, iam, iamWrites } = m.world;
  const world: World = {
    ...m.world,
    cases: {
      ...cases,
      load: before(cases.load),
      commit: before<[Commit], 'done' | 'stale' | 'over-budget'>(cases.commit),
      reschedule: before(cases.reschedule),
    },
    iam: { ...iam, user: before(iam.user), keys: before(iam.keys) },
    iamWrites: { setStatus: before(iamWrites.setStatus), remove: before(iamWrites.remove) },
  };
  return { world, reached: () => reached };
}

/** Every place at which a pass over a decided case can be interrupted: more than it has calls. */
const PLACES = Array.from({ length: 16 }, (_, index) => index + 1);

describe('two passes over one user at the same time', () => {
  it.each(PLACES)(
    'the other runs right before call %i: one write, one history, one set of mails',
    async (n) => {
      const { m, writes } = await decided();
      const first = interrupted(m, n, () => look(m.world));
      await look(first.world);
      if (!first.reached()) {
        expect(n, 'the pass has more calls than are tried').toBeGreaterThan(10);
      }
      await later(m, 90);
      await later(m, 10 * MINUTE);
      expect(writes).toEqual(['deactivate 3QXK of ci-deploy']);
      expect(scene(m)).toBe(`grace | ${OFF} | deactivated to ${BOTH}`);
      expect(m.mails.filter(({ subject }) => subject.includes(' deactivated, undo'))).toHaveLength(2);
      const head = m.table.rows.get(USER_ID)?.lastHash ?? null;
      expect(foldHistory(m.table.history.get(USER_ID) ?? [], head)).toEqual(m.caseOf(USER_ID));
      expect(m.table.decisions).toHaveLength(1);
    },
  );

  it.each(PLACES)(
    'the owner switches the kept key off right before read or write %i of a pass',
    async (n) => {
      const { m, user } = await decided();
      const first = interrupted(m, n, async () => {
        user.keys = user.keys.map((key) => (key.id === NEWER ? { ...key, status: 'Inactive' } : key));
      });
      // At the very moment of the write nothing can be read any more; up to then S3 holds.
      const world = { ...first.world, iamWrites: m.world.iamWrites };
      m.iam.watchers.push(() => expect(user.keys[0]?.status, 'S3').toBe('Active'));
      await look(world);
      await later(m, 90);
      for (let day = 0; day < 20; day += 1) {
        await later(m, DAY);
      }
      if (first.reached()) {
        expect(user.keys.map(({ id }) => id)).toContain(OLDER);
      }
    },
  );
});

describe('a table that is contested', () => {
  it('a conflict without a winner is tried again in the same pass', async () => {
    const { m, writes } = await decided();
    let conflicts = 3;
    m.world.cases = {
      ...m.table.cases,
      commit: async (change) => (conflicts-- > 0 ? 'stale' : m.table.cases.commit(change)),
    };
    expect(await look(m.world)).toBe('done');
    expect(writes).toHaveLength(1);
    expect(scene(m)).toContain(`grace | ${OFF}`);
  });

  it('a conflict without end fails the wake, and changes no key', async () => {
    const { m, writes } = await decided();
    m.world.cases = { ...m.table.cases, commit: async () => 'stale' };
    await expect(look(m.world)).rejects.toThrow('found no end');
    expect(writes).toEqual([]);
  });

  it('a table that fails after the claim leaves a lease, and the next pass looks before it acts', async () => {
    const { m, writes } = await decided();
    const { load } = m.table.cases;
    let loads = 0;
    const failing = async (...args: Parameters<typeof load>): ReturnType<typeof load> => {
      loads += 1;
      if (loads === 2) {
        throw new Error('DynamoDB is away');
      }
      return load(...args);
    };
    m.world.cases = { ...m.table.cases, load: failing };
    await expect(look(m.world)).rejects.toThrow('away');
    expect(writes).toHaveLength(1);
    await later(m, 90);
    expect(writes).toHaveLength(1);
    expect(scene(m)).toBe(`grace | ${OFF} | deactivated to ${BOTH}`);
  });

  it('a key that appears while a pass is at work is never touched by the decision before it', async () => {
    for (const n of PLACES) {
      const { m, user, writes } = await decided();
      const first = interrupted(m, n, async () => void user.keys.push(trueKey(THIRD, 0, null)));
      await look(first.world);
      await later(m, 90);
      await m.wake(NAME);
      expect(writes.filter((write) => write.includes('R7WZ'))).toEqual([]);
      if (first.reached()) {
        expect(['awaiting-decision', 'rotating']).toContain(m.caseOf(USER_ID)?.phase);
      }
    }
  });
});

it('a wake by name meets the same guards', async () => {
  const { m, writes } = await decided();
  await Promise.all([m.wake(NAME), m.wake(NAME), m.wake(NAME)]);
  await later(m, 90);
  await later(m, 15 * MINUTE);
  expect(writes).toEqual(['deactivate 3QXK of ci-deploy']);
});
