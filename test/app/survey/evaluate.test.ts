import { describe, expect, it } from 'vitest';
import { reconcile } from '../../../functions/app/reconcile/reconcile.ts';
import { evaluate } from '../../../functions/app/survey/evaluate.ts';
import { DAY, HOUR, plus, secondsBetween } from '../../../functions/core/model/time.ts';
import { intoGrace, later, NAME, trueKey, worldWith } from '../../fakes/acts.ts';
import { ACCOUNT, NEWER, used } from '../../fakes/cases.ts';
import { account, oneKey, twoKeys, users, withConfig } from '../../fakes/rule.ts';

describe('one run of the rule', () => {
  it('says of everybody what IAM says, and nothing again without a change', async () => {
    const { m, run, shown, config } = account(
      ...users(3, (n) => (n === 0 ? [] : n === 1 ? oneKey(n) : twoKeys(n))),
    );
    expect(await run()).toMatchObject({ users: 3, read: 1, unread: 0, put: 2, woken: 1 });
    expect(shown()).toEqual({ AIDA00000001: 'COMPLIANT', AIDA00000002: 'NON_COMPLIANT' });
    expect(config.shown.get('AIDA00000002')?.annotation).toContain('Not recorded yet');
    m.clock.move(5 * HOUR);
    expect(await run()).toMatchObject({ put: 0 });
    m.clock.move(30 * DAY);
    // Both, and the account.
    expect(await run()).toMatchObject({ put: 3 });
  });

  it.each([
    ['a day', DAY, [0, 30, 60]],
    ['six hours', 6 * HOUR, [0, 29.75, 59.5]],
  ])(
    'puts everything once in thirty days with a schedule of %s, though runs take their time',
    async (_, every, days) => {
      const { m, run, world, config } = account(...users(3, oneKey));
      const began = m.clock.now();
      const { put } = world.rule;
      world.rule.put = (evaluations) => {
        m.clock.move(20);
        return put(evaluations);
      };
      const putOn: number[] = [];
      for (let at = 0; at < 61 * DAY; at += every) {
        m.clock.move(secondsBetween(m.clock.now(), plus(began, at)));
        const before = config.puts.length;
        await run();
        if (config.puts.length > before) {
          putOn.push(at / DAY);
        }
      }
      expect(putOn).toEqual(days);
    },
  );

  it('makes a case of what events lost, at the first run with a new report', async () => {
    const [user] = users(1, oneKey);
    if (user === undefined) {
      throw new Error('nobody');
    }
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
    expect(config.shown.get(user.userId)?.annotation).toContain(
      'Waiting for Security lead or Platform lead. Proposal: keep ...0000 (medium)',
    );
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
        /^1 active key: \.\.\.MPLE\. \.\.\.3QXK is inactive and will be deleted \d{4}-/,
      ),
    });
    for (let days = 0; days < 10; days += 1) {
      await later(m, DAY);
    }
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
    expect(await run()).toMatchObject({ read: 1, ids: [user.userId] });
    // And while the report does not show these keys, whatever the case saw.
    m.clock.move(5 * HOUR);
    expect(await run()).toMatchObject({ read: 1, ids: [user.userId] });
  });

  it('reads nobody whose open case has the keys that the report shows, and says what both know', async () => {
    const { m, user } = worldWith();
    const { run, config } = withConfig(m);
    await m.wake(NAME);
    // The case is newer than any report at first.
    expect(await run()).toMatchObject({ put: 1, ids: [] });
    for (const key of user.keys) {
      key.lastUsed = used(plus(m.clock.now(), HOUR));
    }
    m.clock.move(20 * HOUR);
    expect(await run()).toMatchObject({ read: 0, put: 1, ids: [] });
    const shown = config.shown.get(user.userId);
    expect([shown?.compliance, shown?.factsAt]).toEqual(['NON_COMPLIANT', m.clock.now()]);
    expect(shown?.annotation?.match(/used 2026-11-23/g)).toHaveLength(2);
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

  it('sees eight keys in a report of two slots that says that there are more', async () => {
    const { run, config } = account(...users(1, eightKeys));
    expect(await run()).toMatchObject({ read: 1, ids: ['AIDA00000000'] });
    expect(config.shown.get('AIDA00000000')?.annotation).toMatch(/^6 active keys: /);
  });

  it('leaves whoever has two keys in a report that does not say so to the background reading', async () => {
    const { run, column } = account(...users(1, eightKeys));
    column.more = false;
    expect(await run()).toMatchObject({ read: 0, put: 1, woken: 0 });
  });
});

it('a user taken off by a look stays off, although the report still has the old key', async () => {
  const [user] = users(1, oneKey);
  if (user === undefined) {
    throw new Error('nobody');
  }
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

describe('a user with an open case who is deleted', () => {
  it.each(['before', 'after'])('%s the list is woken, so that the case ends', async (when) => {
    const { m, user } = worldWith();
    const { run, after, shown } = withConfig(m);
    await m.wake(NAME);
    await run();
    expect(shown()).toEqual({ [user.userId]: 'NON_COMPLIANT' });
    if (when === 'before') {
      m.iam.users.clear();
    } else {
      after.listing = () => m.iam.users.clear();
    }
    expect((await run()).ids).toEqual([user.userId]);
    expect(shown()).toEqual({});
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
    annotation: expect.stringMatching(/Excluded by the (?:tag|name rule) /),
  });
});

it('a wake for a user without a case names them, so that reconcile need not search all users', async () => {
  const [user] = users(1, twoKeys);
  if (user === undefined) {
    throw new Error('nobody');
  }
  const { m, world } = account(user);
  await evaluate(world, ACCOUNT);
  expect(m.wakes.sent).toMatchObject([{ userId: user.userId, userName: user.userName }]);
  m.iam.reader.nameOf = async () => {
    throw new Error('searched all users');
  };
  for (const wake of m.wakes.sent.splice(0)) {
    await reconcile(m.world, wake);
  }
  expect(m.caseOf(user.userId)).not.toBeNull();
});
