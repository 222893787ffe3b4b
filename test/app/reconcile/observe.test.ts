import { describe, expect, it } from 'vitest';
import { type IamReader, Unreadable } from '../../../functions/app/ports.ts';
import { observe, observeClaimed } from '../../../functions/app/reconcile/observe.ts';
import { reconcile } from '../../../functions/app/reconcile/reconcile.ts';
import { DAY, HOUR, MINUTE } from '../../../functions/core/model/time.ts';
import {
  BOTH,
  dueIn,
  intoGrace,
  intoQuestion,
  later,
  NAME,
  scene,
  trueKey,
  twoKeys,
  worldWith,
  writesOf,
} from '../../fakes/acts.ts';
import { ACCOUNT, aCase, NEWER, OLDER, THIRD, USER_ID } from '../../fakes/cases.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

const ON = 'MPLE Active, 3QXK Active';
const OTHER = 'AIDAOTHEREXAMPLE00001';

/** Somebody new under the same name, with keys of their own. */
function recreated(m: MemoryWorld, ...keys: ReturnType<typeof trueKey>[]) {
  m.iam.users.delete(USER_ID);
  m.iam.users.set(OTHER, { userId: OTHER, userName: 'CI-Deploy', path: '/', tags: {}, keys });
}

describe('who is it', () => {
  it('a user renamed in mid-case is found by UserId, and changed under the present name', async () => {
    const { m, user } = worldWith();
    const writes = writesOf(m);
    await intoGrace(m);
    user.userName = 'ci-renamed';
    await later(m, 6 * DAY);
    expect(m.caseOf(USER_ID)?.userName).toBe('ci-renamed');
    for (const seconds of [DAY, MINUTE, MINUTE]) {
      await later(m, seconds);
    }
    expect(scene(m)).toBe(`closed(remediated) | MPLE Active | deletion-announced,closed to ${BOTH}`);
    expect(writes).toEqual(['deactivate 3QXK of ci-deploy', 'delete 3QXK of ci-renamed']);
    expect(m.table.names.get('ci-renamed')).toBe(USER_ID);
  });

  it('a user whose name somebody else has now is found through the keys of the case', async () => {
    const { m, user } = worldWith();
    await intoQuestion(m);
    user.userName = 'ci-renamed';
    m.iam.users.set(OTHER, {
      userId: OTHER,
      userName: NAME,
      path: '/',
      tags: {},
      keys: [trueKey(THIRD, 1, 0)],
    });
    await later(m, 3 * DAY);
    expect(scene(m)).toBe(`awaiting-decision | ${ON} | reminder to `);
    expect(m.caseOf(USER_ID)?.userName).toBe('ci-renamed');
  });

  it('a user that was deleted is gone after two looks, settle apart, and not after one', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    m.iam.users.delete(USER_ID);
    await m.wake(NAME);
    await m.wake(NAME);
    expect(scene(m)).toBe('awaiting-decision | no user | silence');
    await later(m, MINUTE - 1);
    expect(scene(m)).toBe('awaiting-decision | no user | silence');
    await later(m, 1);
    expect(scene(m)).toBe(`closed(user-gone) | no user | closed to ${BOTH}`);
  });

  it('a user that IAM only seemed to have lost is no closed case', async () => {
    const { m, user } = worldWith();
    await intoQuestion(m);
    m.iam.users.delete(USER_ID);
    await m.wake(NAME);
    m.iam.users.set(USER_ID, user);
    await later(m, MINUTE);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'awaiting-decision', missingSince: null });
  });

  it('keys that IAM denies to talk about (they are gone) do not keep a deleted user from being gone', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    m.iam.users.delete(USER_ID);
    const denied = async () => {
      throw new Unreadable('denied', 'GetAccessKeyLastUsed');
    };
    m.world.iam = { ...m.iam.reader, ownerOf: denied };
    await m.wake(NAME);
    await later(m, MINUTE);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'closed', closedAs: 'user-gone' });
  });

  it('a user made anew under the same name is somebody else: the former holder is woken, and nothing is inherited', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    recreated(m, trueKey(THIRD, 0, null));
    await m.wake(NAME);
    expect(m.wakes.sent).toEqual([{ kind: 'user', account: ACCOUNT, userId: USER_ID, attempt: 0 }]);
    expect(m.caseOf(OTHER)).toBeNull();
    await m.sweep();
    await later(m, MINUTE);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'closed', closedAs: 'user-gone' });
  });

  it('the former holder is woken in the same row of looks, which has an end', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    recreated(m, trueKey(THIRD, 0, null));
    await reconcile(m.world, { kind: 'user', account: ACCOUNT, userName: NAME, attempt: 3 });
    expect(m.wakes.sent).toEqual([{ kind: 'user', account: ACCOUNT, userId: USER_ID, attempt: 3 }]);
  });

  it('two cases under one name: each keeps to its own keys', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    recreated(m, trueKey(THIRD, 100, 1), trueKey('AKIAI44QH8DHBEXAMPL4', 200, null));
    await m.wake(NAME);
    await m.sweep();
    await later(m, MINUTE);
    expect(m.caseOf(OTHER)).toMatchObject({ phase: 'awaiting-decision', number: 1 });
    expect(m.caseOf(OTHER)?.keys.map(({ id }) => id)).not.toContain(OLDER);
    expect(m.caseOf(USER_ID)?.closedAs).toBe('user-gone');
    expect(m.table.names.get(NAME)).toBe(OTHER);
  });
});

describe('when IAM cannot be read', () => {
  it('an open case changes nothing, comes later and later, tells people after a day, and goes on when it can', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    m.iam.state.unreadable = true;
    await later(m, DAY);
    const waits: (number | null)[] = [];
    for (let look = 0; look < 8; look += 1) {
      waits.push(dueIn(m));
      await later(m, dueIn(m) ?? 0);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((times) => times * MINUTE));
    expect(scene(m)).toBe(`awaiting-decision | ${ON} | silence`);
    for (let hour = 0; hour < 22; hour += 1) {
      await later(m, HOUR);
    }
    expect(scene(m)).toBe(`held(unknown) | ${ON} | held to ${BOTH}`);
    // The mail went out, but that mends nothing: the looks go on, an hour apart.
    expect(dueIn(m)).toBe(HOUR);
    m.iam.state.unreadable = false;
    await later(m, HOUR);
    expect(m.caseOf(USER_ID)).toMatchObject({
      phase: 'awaiting-decision',
      heldFor: null,
      unknownSince: null,
    });
  });

  it('a user without a case fails the wake, so that the queue brings it again', async () => {
    const { m } = worldWith();
    m.iam.state.unreadable = true;
    await expect(m.wake(NAME)).rejects.toBeInstanceOf(Unreadable);
    expect(m.table.rows.size).toBe(0);
  });

  const about = { account: ACCOUNT, userId: USER_ID, userName: NAME, user: null };
  const failing = (method: keyof IamReader): Partial<IamReader> => ({
    [method]: async () => {
      throw new Unreadable('throttled', method);
    },
  });

  it.each(['user', 'keys'] as const)('%s: one failed part makes the whole look unknown', async (method) => {
    const { m } = worldWith();
    const iam = { ...m.iam.reader, ...failing(method) };
    const open = aCase({ userName: NAME });
    expect(await observe(iam, m.clock, about, open)).toMatchObject({ kind: 'unknown', why: 'throttled' });
    await expect(observe(iam, m.clock, about, null)).rejects.toBeInstanceOf(Unreadable);
    expect((await observeClaimed(iam, m.clock, open)).kind).toBe('unknown');
  });

  it('a last use that cannot be read is unknown, and nothing else is', async () => {
    const { m } = worldWith();
    const iam = { ...m.iam.reader, ...failing('lastUsed') };
    for (const current of [aCase({ userName: NAME }), null]) {
      const seen = await observe(iam, m.clock, about, current);
      expect(seen.kind === 'user' && seen.keys.map(({ lastUsed }) => lastUsed.kind)).toEqual([
        'not-read',
        'not-read',
      ]);
    }
    expect((await observeClaimed(iam, m.clock, aCase())).kind).toBe('user');
    const broken = { ...m.iam.reader, lastUsed: async () => Promise.reject(new TypeError('a bug')) };
    await expect(observe(broken, m.clock, about, aCase())).rejects.toThrow('a bug');
  });

  it.each(['ownerOf', 'nameOf'] as const)(
    '%s: who cannot be looked for is unknown, not missing',
    async (method) => {
      const { m } = worldWith();
      m.iam.users.delete(USER_ID);
      const iam = { ...m.iam.reader, ...failing(method) };
      expect(await observe(iam, m.clock, about, aCase())).toMatchObject({ kind: 'unknown' });
      expect(await observeClaimed(iam, m.clock, aCase())).toMatchObject({ kind: 'unknown' });
    },
  );

  it.each([
    ['keys that vanish between two calls', { keys: async () => null }],
    ['a user list that contradicts GetUser', { user: async () => null, nameOf: async () => NAME }],
  ])('%s are ambiguous', async (_what, parts) => {
    const { m } = worldWith();
    const iam = { ...m.iam.reader, ...parts };
    expect(await observe(iam, m.clock, about, aCase())).toMatchObject({ kind: 'unknown', why: 'ambiguous' });
  });

  it('a fault of our own is no unreadable IAM: it is raised', async () => {
    const { m } = worldWith();
    const keys = async () => {
      throw new TypeError('a bug');
    };
    const iam = { ...m.iam.reader, keys };
    await expect(observe(iam, m.clock, about, aCase())).rejects.toThrow('a bug');
    await expect(observeClaimed(iam, m.clock, aCase())).rejects.toThrow('a bug');
  });
});

describe('how much is read', () => {
  it.each([
    ['one active key, no case: no last uses', [trueKey(NEWER, 1, 0)], null, 'not-read'],
    ['a violation: all last uses', twoKeys(), null, 'used'],
    ['an open case: all last uses', [trueKey(NEWER, 1, 0)], aCase(), 'used'],
  ])('%s', async (_what, keys, current, kind) => {
    const { m } = worldWith(keys);
    const seen = await observe(
      m.iam.reader,
      m.clock,
      { account: ACCOUNT, userId: USER_ID, userName: NAME, user: null },
      current,
    );
    expect(seen.kind === 'user' && seen.keys.map(({ lastUsed }) => lastUsed.kind)).toEqual(
      keys.map(() => kind),
    );
  });
});
