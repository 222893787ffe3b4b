import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../functions/app/evaluate.ts';
import { reconcile } from '../../functions/app/reconcile.ts';
import { Unreadable } from '../../functions/app/ports.ts';
import { DAY, HOUR, plus, secondsBetween } from '../../functions/core/time.ts';
import { ACCOUNT, NEWER, NOW, OLDER } from './fakes/cases.ts';
import { intoGrace, later, NAME, trueKey, worldWith } from './fakes/acts.ts';
import { account, oneKey, twoKeys, users, withConfig } from './fakes/rule.ts';

describe('one run of the rule', () => {
  it('says of everybody what IAM says, and nothing again without a change', async () => {
    const { m, run, shown, config } = account(
      ...users(3, (n) => (n === 0 ? [] : n === 1 ? oneKey(n) : twoKeys(n))),
    );
    expect(await run()).toMatchObject({ users: 3, read: 1, unread: 0, put: 2, woken: 1 });
    expect(shown()).toEqual({ AIDA00000001: 'COMPLIANT', AIDA00000002: 'NON_COMPLIANT' });
    expect(config.shown.get('AIDA00000002')?.annotation).toContain('Not on record yet');
    m.clock.move(5 * HOUR);
    expect(await run()).toMatchObject({ put: 0 });
    m.clock.move(7 * DAY);
    expect(await run()).toMatchObject({ put: 2 });
  });

  it.each([
    ['a day', DAY, [0, 7, 14, 21]],
    ['six hours', 6 * HOUR, [0, 6.75, 13.5, 20.25]],
  ])(
    'puts everything once a week with a schedule of %s, though runs take their time',
    async (_, every, days) => {
      const { m, run, world, config } = account(...users(3, oneKey));
      const began = m.clock.now();
      const { put } = world.rule;
      world.rule.put = (evaluations) => {
        m.clock.move(20);
        return put(evaluations);
      };
      const putOn: number[] = [];
      for (let at = 0; at < 22 * DAY; at += every) {
        m.clock.move(secondsBetween(m.clock.now(), plus(began, at)));
        const before = config.puts.length;
        await run();
        if (config.puts.length > before) putOn.push(at / DAY);
      }
      expect(putOn).toEqual(days);
    },
  );

  it('makes a case of what events lost, at the first run with a new report', async () => {
    const [user] = users(1, oneKey);
    if (user === undefined) throw new Error('nobody');
    const { m, run, config, shown } = account(user);
    const began = m.clock.now();
    await run();
    user.keys = twoKeys(0);
    m.clock.move(3 * HOUR);
    expect(await run()).toMatchObject({ read: 0, put: 0, ids: [] });
    expect(config.puts.every(({ factsAt }) => factsAt === began)).toBe(true);
    m.clock.move(2 * HOUR);
    expect(await run()).toMatchObject({ read: 1, put: 1, ids: [user.userId] });
    expect(shown()).toEqual({ [user.userId]: 'NON_COMPLIANT' });
    await m.wake(user.userName);
    await later(m, 120);
    expect(m.mails).toHaveLength(2);
    await run();
    expect(config.shown.get(user.userId)?.annotation).toContain('Waiting for a decision');
  });

  it('follows a case through grace to its end', async () => {
    const { m } = worldWith();
    const { run, config, shown } = withConfig(m);
    await intoGrace(m);
    await run();
    const [userId = ''] = Object.keys(shown());
    expect(config.shown.get(userId)).toMatchObject({
      compliance: 'COMPLIANT',
      annotation: expect.stringMatching(
        /^1 active key: \.\.\.MPLE\. \.\.\.3QXK is off and will be deleted \d{4}-/,
      ),
    });
    for (let days = 0; days < 10; days += 1) await later(m, DAY);
    expect(m.caseOf(userId)?.phase).toBe('closed');
    await run();
    expect(config.shown.get(userId)).toMatchObject({ compliance: 'COMPLIANT', annotation: null });
  });

  it('wakes an open case of a user who needs none', async () => {
    const { m, user } = worldWith();
    const { run } = withConfig(m);
    await m.wake(NAME);
    expect((await run()).ids).toEqual([]);
    user.keys = user.keys.filter(({ id }) => id === NEWER);
    expect((await run()).ids).toEqual([user.userId]);
  });

  it.each([101, 250])('puts %i users in calls of a hundred at most', async (count) => {
    const { run, shown } = account(...users(count, (n) => (n % 5 === 0 ? twoKeys(n) : oneKey(n))));
    expect(await run()).toMatchObject({ users: count, put: count, woken: Math.ceil(count / 5) });
    expect(Object.values(shown()).filter((one) => one === 'NON_COMPLIANT')).toHaveLength(
      Math.ceil(count / 5),
    );
  });

  const eightKeys = () =>
    Array.from({ length: 8 }, (_, n) => ({
      ...trueKey(`AKIAEIGHT000000${n}`, 100, n < 2 ? null : 1),
      status: n < 2 ? ('Inactive' as const) : ('Active' as const),
    }));

  it.each(['with', 'without'])(
    'sees eight keys in a report of two slots %s the column about more',
    async (tells) => {
      const { run, config, column } = account(...users(1, eightKeys));
      column.more = tells === 'with';
      expect(await run()).toMatchObject({ read: 1, ids: ['AIDA00000000'] });
      expect(config.shown.get('AIDA00000000')?.annotation).toMatch(/^6 active keys: /);
    },
  );

  it('without that column reads whoever has two keys at first and once a week', async () => {
    const [user] = users(1, () => eightKeys().slice(0, 2));
    if (user === undefined) throw new Error('nobody');
    const { m, run, shown, column } = account(user);
    column.more = false;
    expect(await run()).toMatchObject({ read: 1, put: 1, woken: 0 });
    user.keys = eightKeys();
    for (let days = 1; days < 7; days += 1) {
      m.clock.move(DAY);
      expect(await run()).toMatchObject({ read: 0, put: 0 });
    }
    m.clock.move(DAY);
    expect(await run()).toMatchObject({ read: 1, ids: [user.userId] });
    expect(shown()).toEqual({ [user.userId]: 'NON_COMPLIANT' });
  });
});

it('a user taken off by a look stays off, although the report still has the old key', async () => {
  const [user] = users(1, oneKey);
  if (user === undefined) throw new Error('nobody');
  const { m, run, shown, config } = account(user);
  await run();
  m.clock.move(600);
  user.keys = twoKeys(0);
  await m.wake(user.userName);
  await run();
  expect(shown()).toEqual({ [user.userId]: 'NON_COMPLIANT' });
  m.clock.move(600);
  user.keys = [];
  await m.wake(user.userName);
  await later(m, 120);
  expect(m.caseOf(user.userId)?.phase).toBe('closed');
  await run();
  expect(shown()).toEqual({});
  const puts = config.puts.length;
  for (let minutes = 0; minutes < 400; minutes += 10) {
    m.clock.move(600);
    await run();
    expect(shown()).toEqual({});
  }
  expect(config.puts).toHaveLength(puts);
  user.keys = oneKey(0);
  m.clock.move(5 * HOUR);
  await run();
  expect(shown()).toEqual({ [user.userId]: 'COMPLIANT' });
});

describe('who is to be woken is, whatever becomes of AWS Config', () => {
  /**
   * Of 160 users whom Config shows as compliant, 150 have a second key of which no event came; beside them an open case of
   * a user who needs none, and one of a user who is gone.
   */
  async function estate() {
    const all = users(160, oneKey);
    const a = account(...all);
    await a.run();
    a.m.clock.move(5 * HOUR);
    for (const [n, user] of all.entries()) if (n < 150) user.keys = twoKeys(n);
    const [settled, leaver] = all.slice(-2);
    if (settled === undefined || leaver === undefined) throw new Error('nobody');
    for (const user of [settled, leaver]) {
      user.keys = twoKeys(999);
      await a.m.wake(user.userName);
    }
    settled.keys = settled.keys.slice(0, 1);
    a.m.iam.users.delete(leaver.userId);
    const wanted = all.filter((user) => user === settled || user === leaver || user.keys.length > 1);
    return { ...a, wanted: wanted.map(({ userId }) => userId) };
  }

  const wokenIn = ({ m }: Awaited<ReturnType<typeof estate>>) =>
    m.wakes.sent
      .splice(0)
      .map(({ userId }) => userId)
      .sort();

  it.each(['put', 'held'] as const)('when %s fails', async (call) => {
    const sick = await estate();
    const { m, world, run, shown, wanted } = sick;
    const before = shown();
    const denied = new Error('AccessDenied');
    let calls = 0;
    const { rule } = world;
    const refuse = () => {
      calls += 1;
      return Promise.reject(denied);
    };
    world.rule = { ...rule, [call]: refuse };
    const error = await run().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ cause: denied });
    expect(String(error)).toContain('AWS Config could not be asked or told: Error: AccessDenied.');
    expect([wokenIn(sick), calls, shown()]).toEqual([wanted, 1, before]);
    expect(m.log.lines.join().includes('count EvaluationsFailed')).toBe(call === 'put');
    world.rule = rule;
    const { ids } = await run();
    expect([...ids].sort()).toEqual(wanted);
    expect(Object.values(shown()).filter((one) => one === 'NON_COMPLIANT')).toHaveLength(150);
  });

  it('when Config goes away under the first call', async () => {
    const sick = await estate();
    sick.config.state.diesAfterPuts = 0;
    await expect(sick.run()).rejects.toThrow('The run was killed');
    expect(wokenIn(sick)).toEqual(sick.wanted);
  });

  it('and the run says what went wrong, beside what else went wrong', async () => {
    const { run, world, slow } = account(...users(150, twoKeys));
    const { keys } = world.iam;
    world.iam.keys = (name) => {
      slow.remaining -= 10_000;
      return keys(name);
    };
    world.rule.put = () => Promise.reject(new Error('Throttling'));
    await expect(run()).rejects.toThrow(
      /Throttling\. AWS Config did not take 100 evaluations; .* There was no time to read 50 users/,
    );
  });
});

describe('a user with an open case who is deleted', () => {
  it.each(['before', 'after'])('%s the list is woken, so that the case ends', async (when) => {
    const { m, user } = worldWith();
    const { run, after, shown } = withConfig(m);
    await m.wake(NAME);
    await run();
    expect(shown()).toEqual({ [user.userId]: 'NON_COMPLIANT' });
    if (when === 'before') m.iam.users.clear();
    else after.listing = () => m.iam.users.clear();
    expect((await run()).ids).toEqual([user.userId]);
    expect(shown()).toEqual({});
  });
});

describe('what happens in the middle of a run', () => {
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
    if (user === undefined) throw new Error('nobody');
    const { run, shown, after } = account(user);
    after.listing = () => {
      user.userName = 'renamed';
    };
    expect(await run()).toMatchObject({ read: 1, unread: 0 });
    expect(shown()).toEqual({ [user.userId]: 'NON_COMPLIANT' });
  });

  it('a user whose name leads to somebody else is not reported, and counted', async () => {
    const [user] = users(1, twoKeys);
    if (user === undefined) throw new Error('nobody');
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
      if (name === 'user-1') throw new Unreadable('denied', 'ListAccessKeys');
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
      if (line === null) expect(end).toBeNull();
      else expect(end).toContain(line);
      expect(Object.keys(shown())).toHaveLength(of - denied);
      expect(m.wakes.sent).toHaveLength(of - denied);
      expect(m.log.lines.join()).toContain('count UsersUnread');
      await run();
      expect(Object.keys(shown())).toHaveLength(of);
    },
  );

  it('a user who cannot be read any more keeps the old result', async () => {
    const [user] = users(1, twoKeys);
    if (user === undefined) throw new Error('nobody');
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

  it('what Config does not take is put again, and fails the run only if that does not help', async () => {
    const { m, run, shown, config } = account(...users(2, oneKey));
    config.refusing.set('AIDA00000000', 2);
    expect(await run()).toMatchObject({ put: 2 });
    config.shown.clear();
    config.refusing.set('AIDA00000001', 3);
    await expect(run()).rejects.toThrow('AWS Config did not take 1 evaluations');
    expect(m.log.lines.join()).toContain('count EvaluationsFailed');
    expect(shown()).toEqual({ AIDA00000000: 'COMPLIANT' });
    expect(await run()).toMatchObject({ put: 1 });
  });

  it('killed half way, the next run finishes the job', async () => {
    const { m, run, shown, config } = account(...users(250, (n) => (n < 150 ? twoKeys(n) : oneKey(n))));
    config.state.diesAfterPuts = 100;
    await expect(run()).rejects.toThrow('killed');
    expect(Object.keys(shown())).toHaveLength(100);
    m.wakes.sent.splice(0);
    config.state.diesAfterPuts = Number.POSITIVE_INFINITY;
    expect(await run()).toMatchObject({ put: 150, woken: 150 });
    expect(Object.keys(shown())).toHaveLength(250);
  });

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
    for (let runs = 0; runs < 20; runs += 1) await hurried();
    expect(read.size).toBe(250);
    expect(config.puts).toHaveLength(250);
  });

  it('users who cannot be read, and so are never shown, do not keep the others from being read', async () => {
    const all = users(300, twoKeys);
    const { m, run, slow, world, shown } = account(...all);
    const settled = all.slice(260);
    for (const user of all.slice(0, 260)) m.iam.users.delete(user.userId);
    await run();
    for (const user of all) m.iam.users.set(user.userId, user);
    for (const user of settled) user.keys = user.keys.slice(0, 1);
    const { keys } = world.iam;
    world.iam.keys = async (name) => {
      slow.remaining -= 9_000;
      if (!settled.some(({ userName }) => userName === name))
        throw new Unreadable('denied', 'ListAccessKeys');
      return keys(name);
    };
    for (let runs = 0; runs < 8; runs += 1) {
      m.clock.move(HOUR);
      slow.remaining = 15 * 60_000;
      await run().catch(() => undefined);
    }
    expect(Object.values(shown())).toEqual(Array(40).fill('COMPLIANT'));
  });

  it('two runs at once come to the same view', async () => {
    const { world, run, shown } = account(...users(150, (n) => (n % 2 === 0 ? twoKeys(n) : oneKey(n))));
    await Promise.all([evaluate(world, ACCOUNT), run()]);
    const expected = users(150, () => []).map(({ userId }, n) => [
      userId,
      n % 2 === 0 ? 'NON_COMPLIANT' : 'COMPLIANT',
    ]);
    expect(shown()).toEqual(Object.fromEntries(expected));
  });
});

it('an excluded user stays NON_COMPLIANT with the reason', async () => {
  const exclude = { tag: { key: 'keep', value: 'off' }, users: [] };
  const { m, user } = worldWith(undefined, { exclude });
  user.tags = { keep: 'off' };
  const { run, config } = withConfig(m);
  await run();
  expect(config.shown.get(user.userId)).toMatchObject({
    compliance: 'NON_COMPLIANT',
    annotation: expect.stringContaining('Excluded by the settings'),
  });
});

it('the facts are never later than the look, and never from before Config knew better', async () => {
  const { m, user } = worldWith([trueKey(OLDER, 600, 43)]);
  const { run, config } = withConfig(m);
  await run();
  m.clock.move(HOUR);
  user.keys = [...user.keys, trueKey(NEWER, 0, null)];
  await m.wake(NAME);
  await run();
  const second = config.shown.get(user.userId);
  expect(second).toMatchObject({ compliance: 'NON_COMPLIANT', factsAt: plus(NOW, HOUR) });
  m.clock.move(HOUR);
  user.keys = user.keys.slice(0, 1);
  await m.wake(NAME);
  await run();
  expect(config.shown.get(user.userId)).toMatchObject({
    compliance: 'COMPLIANT',
    factsAt: plus(NOW, 2 * HOUR),
  });
});

it('of two looks at once the one that found a violation wins, though it began earlier', async () => {
  const [user] = users(1, twoKeys);
  if (user === undefined) throw new Error('nobody');
  const { m, run, shown, config, world } = account(user);
  await run();
  user.keys = oneKey(0);
  m.clock.move(10);
  let goOn = () => {};
  const gate = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const { user: byName } = world.iam;
  const slow = { ...world, iam: { ...world.iam, user: (name: string) => gate.then(() => byName(name)) } };
  const first = evaluate(slow, ACCOUNT);
  await setTimeout(0);
  m.clock.move(2);
  await run();
  expect(config.shown.get(user.userId)).toMatchObject({ compliance: 'COMPLIANT', factsAt: plus(NOW, 12) });
  m.clock.move(6);
  user.keys = twoKeys(1);
  goOn();
  await first;
  expect(shown()).toEqual({ [user.userId]: 'NON_COMPLIANT' });
  expect(config.shown.get(user.userId)?.factsAt).toBe(plus(NOW, 18));
});

it('a compliant or keyless user is shown as of the time before the look, a violation as of the time after', async () => {
  const [user] = users(1, twoKeys);
  if (user === undefined) throw new Error('nobody');
  const { m, run, config, world } = account(user);
  const { user: byName, keys } = world.iam;
  world.iam.user = (name) => {
    m.clock.move(1);
    return byName(name);
  };
  world.iam.keys = (name) => {
    m.clock.move(2);
    return keys(name);
  };
  for (const found of [twoKeys(0), oneKey(0), []]) {
    user.keys = found;
    await run();
  }
  expect(config.puts.map(({ compliance, factsAt }) => [compliance, factsAt])).toEqual([
    ['NON_COMPLIANT', plus(NOW, 3)],
    ['COMPLIANT', plus(NOW, 3)],
    ['NOT_APPLICABLE', plus(NOW, 6)],
  ]);
});

it('a wake for a user without a case names them, so that reconcile need not search all users', async () => {
  const [user] = users(1, twoKeys);
  if (user === undefined) throw new Error('nobody');
  const { m, world } = account(user);
  await evaluate(world, ACCOUNT);
  expect(m.wakes.sent).toMatchObject([{ userId: user.userId, userName: user.userName }]);
  m.iam.reader.nameOf = async () => {
    throw new Error('searched all users');
  };
  for (const wake of m.wakes.sent.splice(0)) await reconcile(m.world, wake);
  expect(m.caseOf(user.userId)).not.toBeNull();
});
