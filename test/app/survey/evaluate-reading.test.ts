import { describe, expect, it } from 'vitest';
import { Unreadable } from '../../../functions/app/ports.ts';
import { evaluate } from '../../../functions/app/survey/evaluate.ts';
import { DAY, HOUR } from '../../../functions/core/model/time.ts';
import { ACCOUNT } from '../../fakes/cases.ts';
import { account, twoKeys, users } from '../../fakes/rule.ts';

describe('what happens while users are read', () => {
  it('a user deleted after the list is taken off, and never called compliant', async () => {
    const [user] = users(1, twoKeys);
    const { m, run, shown, after, config } = account(...(user === undefined ? [] : [user]));
    await run();
    after.listing = () => m.iam.users.clear();
    await run();
    expect(shown()).toEqual({});
    expect(config.puts.map(({ compliance }) => compliance)).toEqual(['NON_COMPLIANT', 'NOT_APPLICABLE']);
  });

  it('a user renamed after the list is read under the new name', async () => {
    const [user] = users(1, twoKeys);
    if (user === undefined) {
      throw new Error('nobody');
    }
    const { run, shown, after } = account(user);
    after.listing = () => {
      user.userName = 'renamed';
    };
    expect(await run()).toMatchObject({ read: 1, unread: 0 });
    expect(shown()).toEqual({ [user.userId]: 'NON_COMPLIANT' });
  });

  it('a user whose name leads to somebody else is not reported, and counted', async () => {
    const [user] = users(1, twoKeys);
    if (user === undefined) {
      throw new Error('nobody');
    }
    const { m, world, run, shown } = account(user);
    const { user: byName } = world.iam;
    world.iam.user = async (name) => {
      const found = await byName(name);
      return found === null ? null : { ...found, userId: 'AIDAOTHER' };
    };
    expect(await run()).toMatchObject({ read: 1, unread: 1, put: 0, woken: 0 });
    expect(shown()).toEqual({});
    expect(m.log.lines.join()).toContain('count UsersUnread');
  });

  it('a user who cannot be read is not reported, and counted; the others are', async () => {
    const { m, world, run, shown } = account(...users(2, twoKeys));
    const { keys } = world.iam;
    world.iam.keys = async (name) => {
      if (name === 'user-1') {
        throw new Unreadable('denied', 'ListAccessKeys');
      }
      return keys(name);
    };
    expect(await run()).toMatchObject({ read: 2, unread: 1, put: 1 });
    expect(shown()).toEqual({ AIDA00000000: 'NON_COMPLIANT' });
    expect(m.log.lines.join()).toContain('count UsersUnread');
  });

  it.each([
    [2, 2, null],
    [6, 3, null],
    [5, 3, '3 of 5 users could not be read'],
    [3, 3, '3 of 3 users could not be read'],
  ])(
    'of %i users to be read %i cannot be: the run ends with %s, after everything else',
    async (of, denied, line) => {
      const { m, world, run, shown } = account(...users(of, twoKeys));
      const { keys } = world.iam;
      let left = denied;
      world.iam.keys = async (name) => {
        if (left > 0) {
          left -= 1;
          throw new Unreadable('denied', 'ListAccessKeys');
        }
        return keys(name);
      };
      const end = await evaluate(world, ACCOUNT).then(
        () => null,
        (error: unknown) => String(error),
      );
      if (line === null) {
        expect(end).toBeNull();
      } else {
        expect(end).toContain(line);
      }
      expect(Object.keys(shown())).toHaveLength(of - denied);
      expect(m.wakes.sent).toHaveLength(of - denied);
      expect(m.log.lines.join()).toContain('count UsersUnread');
      await run();
      expect(Object.keys(shown())).toHaveLength(of);
    },
  );

  it('a user who cannot be read any more keeps the old result', async () => {
    const [user] = users(1, twoKeys);
    if (user === undefined) {
      throw new Error('nobody');
    }
    const { m, world, run, config } = account(user);
    await run();
    const before = config.shown.get(user.userId);
    m.clock.move(DAY);
    world.iam.keys = async () => {
      throw new Unreadable('denied', 'ListAccessKeys');
    };
    expect(await run()).toMatchObject({ unread: 1, put: 0 });
    expect(config.shown.get(user.userId)).toEqual(before);
  });

  it('keys that vanish between two calls leave the user unread', async () => {
    const { world, run } = account(...users(1, twoKeys));
    world.iam.keys = async () => null;
    expect(await run()).toMatchObject({ read: 1, unread: 1, put: 0 });
  });

  it('a last use that cannot be read shortens the sentence, not the verdict', async () => {
    const { world, run, config } = account(...users(1, twoKeys));
    world.iam.lastUsed = async () => {
      throw new Unreadable('throttled', 'GetAccessKeyLastUsed');
    };
    await run();
    expect(config.shown.get('AIDA00000000')).toMatchObject({
      compliance: 'NON_COMPLIANT',
      annotation: expect.not.stringContaining('used'),
    });
  });

  it.each(['user', 'lastUsed'] as const)('a defect in reading (%s) fails the run', async (method) => {
    const { world, run } = account(...users(1, twoKeys));
    world.iam[method] = async () => {
      throw new TypeError('a defect');
    };
    await expect(run()).rejects.toThrow('a defect');
  });
});

describe('when time is too short for all users', () => {
  it('without time for all users, later runs come to everybody', async () => {
    const all = users(250, twoKeys);
    const { m, run, shown, slow, world, config } = account(...all);
    const { keys } = world.iam;
    let read = new Set<string>();
    world.iam.keys = async (name) => {
      read.add(name);
      slow.remaining -= 9_000;
      return keys(name);
    };
    const hurried = async () => {
      m.clock.move(HOUR);
      slow.remaining = 15 * 60_000;
      await expect(run()).rejects.toThrow('There was no time to read 150 users');
    };
    for (const count of [100, 175, 250]) {
      await hurried();
      expect(Object.keys(shown())).toHaveLength(count);
    }
    read = new Set();
    for (let runs = 0; runs < 20; runs += 1) {
      await hurried();
    }
    expect(read.size).toBe(250);
    expect(config.puts).toHaveLength(250);
  });

  it('users who cannot be read, and so are never shown, do not keep the others from being read', async () => {
    const all = users(300, twoKeys);
    const { m, run, slow, world, shown } = account(...all);
    const settled = all.slice(260);
    for (const user of all.slice(0, 260)) {
      m.iam.users.delete(user.userId);
    }
    await run();
    for (const user of all) {
      m.iam.users.set(user.userId, user);
    }
    for (const user of settled) {
      user.keys = user.keys.slice(0, 1);
    }
    const { keys } = world.iam;
    world.iam.keys = async (name) => {
      slow.remaining -= 9_000;
      if (!settled.some(({ userName }) => userName === name)) {
        throw new Unreadable('denied', 'ListAccessKeys');
      }
      return keys(name);
    };
    for (let runs = 0; runs < 8; runs += 1) {
      m.clock.move(HOUR);
      slow.remaining = 15 * 60_000;
      await run().catch(() => undefined);
    }
    expect(Object.values(shown())).toEqual(Array(40).fill('COMPLIANT'));
  });
});
