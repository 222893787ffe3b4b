import { describe, expect, it } from 'vitest';
import type { ListedKey } from '../../../functions/app/ports.ts';
import { DAY, MINUTE, secondsBetween } from '../../../functions/core/model/time.ts';
import {
  BOTH,
  decide,
  dueIn,
  eventsOf,
  intoGrace,
  intoQuestion,
  later,
  NAME,
  restore,
  scene,
  trueKey,
  worldWith,
  writesOf,
} from '../../fakes/acts.ts';
import { NEWER, OLDER, THIRD, USER_ID } from '../../fakes/cases.ts';
import { DENIED, type WriteFault } from '../../fakes/iam.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

const ON = 'MPLE Active, 3QXK Active';
const OFF = 'MPLE Active, 3QXK Inactive';

/** Decided, and not yet carried out. */
async function decided() {
  const { m, user } = worldWith();
  await intoQuestion(m);
  expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
  m.wakes.sent.length = 0;
  return { m, user, writes: writesOf(m) };
}

describe('a write without an answer', () => {
  it.each<[string, WriteFault, string]>([
    ['that never arrived', 'lost-before', ON],
    ['that arrived', 'lost-after', OFF],
  ])('%s: the lease runs out, then a look finds out, and it ends well', async (_what, fault, keys) => {
    const { m } = await decided();
    m.iam.faults.push(fault);
    await m.wake(NAME);
    expect(scene(m)).toBe(`approved | ${keys} | silence`);
    expect(dueIn(m)).toBe(90);
    await later(m, 89);
    expect(scene(m)).toBe(`approved | ${keys} | silence`);
    await later(m, 1);
    expect(scene(m)).toBe(`grace | ${OFF} | deactivated to ${BOTH}`);
  });

  it('of a deletion that arrived is not repeated: the key is seen gone', async () => {
    const { m } = worldWith();
    const writes = writesOf(m);
    await intoGrace(m);
    await later(m, 6 * DAY);
    await later(m, DAY);
    m.iam.faults.push('lost-after');
    await later(m, MINUTE);
    expect(scene(m)).toContain('deleting | MPLE Active');
    await later(m, 90);
    await later(m, MINUTE);
    expect(scene(m)).toBe(`closed(remediated) | MPLE Active | closed to ${BOTH}`);
    expect(writes).toHaveLength(2);
  });
});

describe('a write that IAM refuses', () => {
  it('is tried again after 1, 2, 4 … 60 times settle, and changes nothing until then', async () => {
    const { m, writes } = await decided();
    m.iam.faults.push(...Array.from({ length: 8 }, (): WriteFault => 'refused'));
    const waits: (number | null)[] = [];
    await m.wake(NAME);
    for (let look = 0; look < 8; look += 1) {
      waits.push(dueIn(m));
      expect(scene(m)).toBe(`approved | ${ON} | silence`);
      await later(m, dueIn(m) ?? 0);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((times) => times * MINUTE));
    expect(scene(m)).toBe(`grace | ${OFF} | deactivated to ${BOTH}`);
    expect(m.table.rows.get(USER_ID)?.failures).toBe(0);
    expect(writes).toEqual(['deactivate 3QXK of ci-deploy']);
  });

  it('success in between starts the count anew', async () => {
    const { m } = await decided();
    m.iam.faults.push('refused', 'refused');
    await m.wake(NAME);
    await later(m, MINUTE);
    expect(dueIn(m)).toBe(2 * MINUTE);
    await later(m, 2 * MINUTE);
    expect(m.table.rows.get(USER_ID)?.failures).toBe(0);
    await restore(m, 'sec-lead', OLDER);
    m.iam.faults.push('refused');
    await m.sweep();
    expect(dueIn(m)).toBe(MINUTE);
    await later(m, MINUTE);
    expect(scene(m)).toContain(`${ON} | deactivated,restored to`);
  });

  it('is in the history, with why', async () => {
    const { m } = await decided();
    m.iam.faults.push('refused');
    await m.wake(NAME);
    expect(eventsOf(m)).toEqual(expect.arrayContaining(['deactivating', 'deactivation-refused']));
    const events = (m.table.history.get(USER_ID) ?? []).flatMap((entry) => entry.events);
    expect(events).toContainEqual({ code: 'deactivation-refused', keyId: OLDER, iam: DENIED });
  });
});

describe('a write that is not made', () => {
  const leaving = (m: MemoryWorld, millis: number) => {
    m.world.clock = { now: m.clock.now, remaining: () => millis };
  };

  it.each([
    [9_999, false],
    [10_000, true],
  ])('with %d ms of the invocation left: made %s', async (millis, made) => {
    const { m, writes } = await decided();
    leaving(m, millis);
    await m.wake(NAME);
    expect(writes.length > 0).toBe(made);
    expect(m.caseOf(USER_ID)?.phase).toBe(made ? 'grace' : 'approved');
  });

  it('when time ran out while looking', async () => {
    const { m, writes } = await decided();
    let asked = 0;
    m.world.clock = { now: m.clock.now, remaining: () => (++asked === 1 ? 30_000 : 5_000) };
    await m.wake(NAME);
    expect(writes).toEqual([]);
    expect(eventsOf(m)).toContain('deactivation-not-made no-time-left');
  });

  it('is made by the next pass, soon', async () => {
    const { m } = await decided();
    leaving(m, 5_000);
    await m.wake(NAME);
    expect(dueIn(m)).toBe(MINUTE);
    leaving(m, 30_000);
    await later(m, MINUTE);
    expect(scene(m)).toBe(`grace | ${OFF} | deactivated to ${BOTH}`);
  });

  it.each([
    [5, true],
    [6, false],
  ])('when the look after the claim took %d s: made %s', async (seconds, made) => {
    const { m, writes } = await decided();
    m.world.iam = {
      ...m.iam.reader,
      async keys(name) {
        m.clock.move(seconds);
        return m.iam.reader.keys(name);
      },
    };
    await m.wake(NAME);
    expect(writes.length > 0).toBe(made);
  });

  /** What happens between the claim and the look that follows it. */
  const between = (m: MemoryWorld, change: () => void) => {
    m.world.cases = {
      ...m.table.cases,
      async commit(wanted) {
        const done = await m.table.cases.commit(wanted);
        if (wanted.next.lease !== null) {
          change();
        }
        return done;
      },
    };
  };

  it.each<[string, (m: MemoryWorld) => unknown]>([
    ['the kept key is off', (m) => flip(m, NEWER)],
    ['the target is off already', (m) => flip(m, OLDER)],
    ['the user is gone', (m) => m.iam.users.delete(USER_ID)],
    ['IAM cannot be read', ({ iam }) => Object.assign(iam.state, { unreadable: true })],
    ['a third key is there', (m) => m.iam.users.get(USER_ID)?.keys.push(trueKey(THIRD, 0, null))],
  ])('when the look after the claim shows that %s', async (_what, change) => {
    const { m, writes } = await decided();
    between(m, () => change(m));
    await m.wake(NAME);
    expect(writes).toEqual([]);
    expect(m.log.lines.some((line) => line.includes('A claimed write was not made'))).toBe(true);
  });

  it.each([
    [4, true],
    [5, false],
  ])('when the change window closes in 5 s, and the look took %d s: made %s', async (seconds, made) => {
    const { m, writes } = await decided();
    let looks = 0;
    m.world.iam = {
      ...m.iam.reader,
      async keys(name) {
        // The first look is that of the pass, the second one that after the claim.
        looks += 1;
        m.clock.move(looks === 2 ? seconds : 0);
        return m.iam.reader.keys(name);
      },
    };
    m.clock.move(secondsBetween(m.clock.now(), '2026-11-23T16:59:55.000Z'));
    const hours = { from: { hour: 9, minute: 0 }, to: { hour: 17, minute: 0 } };
    m.world.policy = { ...m.world.policy, changeWindow: { days: ['mon', 'tue'], ...hours, zone: 'UTC' } };
    await m.wake(NAME);
    expect(writes.length > 0).toBe(made);
    if (made) {
      return;
    }
    expect(eventsOf(m)).toContain('deactivation-not-made window-closed');
    await later(m, MINUTE);
    // Nobody is told that IAM refused anything, and it is made when the window opens.
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'approved', progress: {} });
    await later(m, dueIn(m) ?? 0);
    expect(m.clock.now().slice(0, 16)).toBe('2026-11-24T09:00');
    expect(writes).toEqual(['deactivate 3QXK of ci-deploy']);
  });

  it('goes out under the name that the look after the claim found', async () => {
    const { m, user, writes } = await decided();
    between(m, () => {
      user.userName = 'ci-renamed';
    });
    await m.wake(NAME);
    expect(writes).toEqual(['deactivate 3QXK of ci-renamed']);
  });
});

function flip(m: MemoryWorld, id: string): void {
  const key = m.iam.users.get(USER_ID)?.keys.find((one) => one.id === id);
  if (key) {
    key.status = 'Inactive';
  }
}

describe('a restore', () => {
  it('is bound by no budget, no pause, and tried until it is seen', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    m.table.state.control = { pauses: [{ from: m.clock.now(), to: null }], revoked: [] };
    m.iam.faults.push('refused', 'lost-before');
    await restore(m, 'platform-lead', OLDER);
    await m.sweep();
    await later(m, MINUTE);
    expect(scene(m)).toContain(OFF);
    await later(m, 90);
    expect(scene(m)).toBe(`awaiting-decision | ${ON} | restored to ${BOTH}`);
  });

  it('of a key that the owner deleted meanwhile ends: nobody tries to bring back what is gone', async () => {
    const { m, user } = worldWith();
    await intoGrace(m);
    m.iam.faults.push('lost-before');
    await restore(m, 'platform-lead', OLDER);
    await m.sweep();
    user.keys = user.keys.slice(0, 1);
    await later(m, 90);
    await later(m, MINUTE);
    expect(m.caseOf(USER_ID)?.phase).toBe('closed');
  });

  it('while people are asked about other keys is looked at soon, until IAM shows it', async () => {
    const { m, user } = worldWith();
    await intoGrace(m);
    user.keys.push(trueKey(THIRD, 0, null));
    await m.wake(NAME);
    await later(m, MINUTE);
    expect(scene(m)).toContain('asked-again');
    const late = async (name: string) =>
      (await m.iam.reader.keys(name))?.map(
        (key): ListedKey => (key.id === OLDER ? { ...key, status: 'Inactive' } : key),
      ) ?? null;
    m.world.iam = { ...m.iam.reader, keys: late };
    expect(await restore(m, 'sec-lead', OLDER)).toBe('recorded');
    await m.sweep();
    expect(dueIn(m)).toBe(MINUTE);
    m.world.iam = m.iam.reader;
    await later(m, MINUTE);
    expect(scene(m)).toBe(`awaiting-decision | ${ON}, R7WZ Active | restored to ${BOTH}`);
  });
});
