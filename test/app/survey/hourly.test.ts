import { describe, expect, it } from 'vitest';
import { Unreadable } from '../../../functions/app/ports.ts';
import { hourly } from '../../../functions/app/survey/hourly.ts';
import { TURNS, turnOf } from '../../../functions/core/inventory/turn.ts';
import type { Policy } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import type { LiveOrder } from '../../../functions/core/validation/order.ts';
import { intoGrace, trueKey, worldWith } from '../../fakes/acts.ts';
import { ACCOUNT, POLICY } from '../../fakes/cases.ts';
import { withInventory } from '../../fakes/inventory.ts';
import { account, oneKey, reachingAll, twoKeys, users, withConfig } from '../../fakes/rule.ts';
import { family, usage } from '../../fakes/usage.ts';

/** An account with these users and a bucket. `hour` is one run of the survey; `ids` are those whom it woke. */
function surveyed(...all: ReturnType<typeof users>) {
  const rule = account(...all);
  const { m } = rule;
  const { world, turns, taken, orders } = withInventory(m, rule);
  const hour = async () => {
    const done = await hourly(world, ACCOUNT);
    return { ...done, ids: m.wakes.sent.splice(0).map(({ userId }) => userId) };
  };
  return { ...rule, world, turns, taken, orders, hour };
}

const twoColumns = (n: number) => [
  ...oneKey(n),
  { ...trueKey(`AKIATWO${String(n).padStart(9, '0')}`, 200, 50), status: 'Inactive' as const },
];
const arnOf = (n: number) => `arn:aws:iam::123456789012:user/user-${n}`;

describe('the inventory', () => {
  it('is taken in the first hour and once a day, and wakes every violation without a case', async () => {
    const { m, taken, hour } = surveyed(...users(5, (n) => (n < 2 ? twoKeys(n) : oneKey(n))));
    const first = await hour();
    expect(first.inventory).toEqual({ users: 5, read: 2, woken: 2, violations: 2, problems: [] });
    expect(first.ids).toEqual(expect.arrayContaining(['AIDA00000000', 'AIDA00000001']));
    const runs: number[] = [];
    for (let n = 1; n <= 72; n += 1) {
      m.clock.move(HOUR);
      const { inventory } = await hour();
      runs.push(...(inventory === null ? [] : [n]));
    }
    expect(runs).toEqual([23, 46, 69]);
    expect(taken).toHaveLength(4);
  });

  it('has every user with the newest facts that there are, and says how old they are', async () => {
    const all = users(3, (n) => (n === 0 ? twoKeys(n) : twoColumns(n)));
    const { m, taken, hour, turns } = surveyed(...all);
    await hour();
    const [first] = taken;
    expect(first?.rows.map(({ read, activeKeys }) => [read, activeKeys])).toEqual([
      ['live', 2],
      ['report', 1],
      ['report', 1],
    ]);
    expect(first?.rows[1]?.keys.map(({ id }) => id)).toEqual(['key 1', 'key 2']);
    for (let n = 0; n < 50; n += 1) {
      m.clock.move(HOUR);
      await hour();
    }
    expect(turns.size).toBe(TURNS);
    const last = taken.at(-1);
    expect(last?.rows[1]?.keys.map(({ id, status }) => [id, status])).toEqual([
      ['AKIAONE000000001', 'Active'],
      ['AKIATWO000000001', 'Inactive'],
    ]);
    expect(last?.rows[1]?.keys[0]).toMatchObject({ lastUsedKnown: true });
    expect(last?.rows.map(({ account: of }) => of)).toEqual([ACCOUNT, ACCOUNT, ACCOUNT]);
  });

  it('has the usage of keys that was looked up for their case, and none with usage off', async () => {
    const usages = [[], null].map(async (on) => {
      const { m, user } = worldWith();
      const rule = withConfig(m);
      await intoGrace(m);
      const { world, taken } = withInventory(m, rule);
      const found = usage([family()], { keyId: user.keys[0]?.id ?? '' });
      m.table.usages.set(user.userId, { at: m.clock.now(), keys: [found] });
      await hourly({ ...world, policy: { ...world.policy, usage: on } }, ACCOUNT);
      return taken[0]?.rows[0]?.keys.map((one) => one.usage?.families.length ?? null);
    });
    expect(await Promise.all(usages)).toEqual([
      [1, null],
      [null, null],
    ]);
  });

  it('takes the keys of an open case from the case while the report shows them', async () => {
    const { m, user } = worldWith();
    const rule = withConfig(m);
    await intoGrace(m);
    const { world, taken } = withInventory(m, rule);
    m.clock.move(5 * HOUR);
    const { inventory } = await hourly(world, ACCOUNT);
    expect(inventory).toMatchObject({ read: 0, woken: 0, violations: 0 });
    expect(taken[0]?.rows[0]).toMatchObject({ userId: user.userId, read: 'live', activeKeys: 1 });
    expect(taken[0]?.rows[0]?.keys).toHaveLength(2);
  });

  it('counts users who could not be read as not read, and fails after everything else is done', async () => {
    const { world, taken, hour } = surveyed(...users(4, twoKeys));
    world.iam.keys = () => Promise.reject(new Unreadable('denied', 'iam:ListAccessKeys'));
    await expect(hour()).rejects.toThrow('4 of 4 users could not be read');
    expect(taken[0]?.rows.map(({ read, activeKeys }) => [read, activeKeys])).toEqual(
      Array.from({ length: 4 }, () => ['report', 2]),
    );
  });

  it('leaves out who is gone by the time of reading, and wakes an open case of somebody who is not listed', async () => {
    const { m, user } = worldWith();
    const rule = withConfig(m);
    await m.wake(user.userName);
    const { world, taken } = withInventory(m, rule);
    m.wakes.sent.splice(0);
    m.iam.users.delete(user.userId);
    expect((await hourly(world, ACCOUNT)).inventory).toMatchObject({ users: 0, woken: 1 });
    expect(m.wakes.sent.map(({ userId }) => userId)).toEqual([user.userId]);
    const leaving = surveyed(...users(1, twoKeys));
    leaving.after.listing = () => leaving.m.iam.users.clear();
    expect((await leaving.hour()).inventory).toMatchObject({ users: 0 });
    expect(taken[0]?.rows).toEqual([]);
  });
});

describe('an order for live readings', () => {
  const order = (at: string, all: LiveOrder['users']): LiveOrder => ({ schema: 1, at, users: all });

  it('has an inventory taken within the hour, once, in which these users were read live', async () => {
    const { m, taken, orders, hour } = surveyed(...users(4, oneKey));
    await hour();
    expect(taken[0]).toMatchObject({ ordered: null, rows: [{ read: 'report' }, {}, {}, {}] });
    m.clock.move(HOUR);
    expect((await hour()).inventory).toBeNull();
    const at = m.clock.now();
    orders.left = order(at, ['AIDA00000001', 'AIDANOBODY']);
    m.clock.move(HOUR);
    expect((await hour()).inventory).toMatchObject({ users: 4, read: 1 });
    expect(taken[1]?.ordered).toBe(at);
    expect(taken[1]?.rows.filter(({ asOf }) => asOf === m.clock.now())).toMatchObject([
      { userId: 'AIDA00000001' },
    ]);
    m.clock.move(HOUR);
    expect((await hour()).inventory).toBeNull();
    m.clock.move(DAY);
    expect((await hour()).inventory).toMatchObject({ read: 1 });
  });

  it('of everybody reads everybody, for one inventory', async () => {
    const { m, taken, orders, hour } = surveyed(...users(3, oneKey));
    orders.left = order(m.clock.now(), 'everybody');
    expect((await hour()).inventory).toMatchObject({ users: 3, read: 3 });
    expect(taken[0]?.rows.every(({ read, asOf }) => read === 'live' && asOf === m.clock.now())).toBe(true);
    m.clock.move(DAY);
    expect((await hour()).inventory).toMatchObject({ read: 0 });
  });

  it('reads the users of an open case, too, and not from the case', async () => {
    const { m, user } = worldWith();
    const rule = withConfig(m);
    await intoGrace(m);
    const { world, taken, orders } = withInventory(m, rule);
    m.clock.move(5 * HOUR);
    orders.left = order(m.clock.now(), [user.userId]);
    expect((await hourly(world, ACCOUNT)).inventory).toMatchObject({ read: 1 });
    expect(taken[0]?.rows[0]).toMatchObject({ read: 'live', asOf: m.clock.now(), unreadAt: null });
  });

  it('that cannot be read stops nothing else: the run does what is due, and fails at its end', async () => {
    const { m, taken, orders, world, hour } = surveyed(...users(2, twoKeys));
    orders.left = order(m.clock.now(), ['AIDA00000001']);
    await hour();
    m.clock.move(DAY);
    const { order: read } = orders;
    world.orders.order = () => Promise.reject(new TypeError('s3 is away'));
    await expect(hour()).rejects.toThrow('The order for live readings could not be read (TypeError).');
    expect(taken).toHaveLength(2);
    world.orders.order = read;
    m.clock.move(HOUR);
    expect((await hour()).inventory).toBeNull();
    world.orders.order = () => Promise.reject('nothing');
    await expect(hour()).rejects.toThrow('(unknown)');
  });

  it('leaves a user who could not be read in it, with the older facts and the time of the failure', async () => {
    const { m, world, taken, orders, hour } = surveyed(...users(2, oneKey));
    orders.left = order(m.clock.now(), ['AIDA00000001']);
    world.iam.keys = () => Promise.reject(new Unreadable('denied', 'iam:ListAccessKeys'));
    await hour();
    expect(taken[0]?.rows).toMatchObject([
      { read: 'report', unreadAt: null },
      { read: 'report', activeKeys: 1, unreadAt: m.clock.now() },
    ]);
  });
});

describe('the background reading', () => {
  it('finds a third active key of which no event came and which the report does not show', async () => {
    const [user] = users(1, twoColumns);
    if (user === undefined) {
      throw new Error('nobody');
    }
    const { m, column, hour } = surveyed(user);
    column.more = false;
    await hour();
    user.keys.push(trueKey('AKIAZZZ000000000', 1, null));
    const began = m.clock.now();
    let found: (string | undefined)[] = [];
    while (found.length === 0 && Date.parse(m.clock.now()) - Date.parse(began) < 7 * DAY * 1000) {
      m.clock.move(HOUR);
      found = (await hour()).ids;
    }
    expect(found).toEqual([user.userId]);
    await m.wake(user.userName);
    expect(m.caseOf(user.userId)?.phase).toBe('rotating');
    // With an open case there is nothing to wake, however often the user's turn comes.
    for (let hours = 0; hours < 8 * 24; hours += 1) {
      m.clock.move(HOUR);
      expect((await hour()).ids).toEqual([]);
    }
  });

  it('reads a user once a week, with one call, at its own pace', async () => {
    const { m, world, hour } = surveyed(...users(40, oneKey));
    const { keys } = world.iam;
    const read: string[] = [];
    world.iam.keys = (name) => {
      read.push(name);
      return keys(name);
    };
    const pauses: number[] = [];
    world.pause = async (seconds: number) => {
      pauses.push(seconds);
    };
    for (let hours = 0; hours < 14 * 24; hours += 1) {
      await hour();
      m.clock.move(HOUR);
    }
    expect(new Set(read).size).toBe(40);
    expect(read.length).toBeLessThanOrEqual(3 * 40);
    expect(pauses).toHaveLength(read.length);
    expect(pauses.every((seconds) => seconds >= 0.3)).toBe(true);
  });

  it('goes on where it stopped: a run that dies stores nothing of its turn', async () => {
    const { world, turns, hour } = surveyed(...users(30, oneKey));
    const { keepTurn } = world.store;
    world.store.keepTurn = () => Promise.reject(new Error('killed'));
    await expect(hour()).rejects.toThrow('killed');
    expect(turns.size).toBe(0);
    world.store.keepTurn = keepTurn;
    expect((await hour()).turns).toEqual([0, 1, 2, 3]);
  });

  it('begins no turn without time, and passes over whoever cannot be read or is gone', async () => {
    const all = users(200, oneKey);
    const a = surveyed(...all);
    a.slow.remaining = 60_000;
    expect((await a.hour()).turns).toEqual([]);
    a.slow.remaining = 15 * MINUTE * 1000;
    const { keys } = a.world.iam;
    const [sick, gone] = all.filter((_, n) => turnOf(arnOf(n)) < 4);
    if (sick === undefined || gone === undefined) {
      throw new Error('two users should be in the first turns');
    }
    a.world.iam.keys = (name) =>
      name === sick.userName
        ? Promise.reject(new Unreadable('denied', 'iam:ListAccessKeys'))
        : name === gone.userName
          ? Promise.resolve(null)
          : keys(name);
    await a.hour();
    const names = [...a.turns.values()].flatMap(({ read }) => read.users.map(({ arn }) => arn.split('/')[1]));
    expect(names).not.toContain(sick.userName);
    expect(names).not.toContain(gone.userName);
    expect(names.length).toBeGreaterThan(0);
    expect(a.m.log.lines.join('\n')).toContain('count UsersUnread');
    a.world.iam.keys = () => Promise.reject(new Error('broken'));
    a.m.clock.move(HOUR);
    await expect(a.hour()).rejects.toThrow('broken');
  });

  it('passes over a violator who is gone a moment later', async () => {
    const all = users(200, oneKey);
    const a = surveyed(...all);
    await a.hour();
    for (const user of all) {
      user.keys = twoKeys(1);
    }
    a.world.iam.user = async () => null;
    a.m.clock.move(HOUR);
    expect((await a.hour()).ids).toEqual([]);
  });
});

describe('the account in AWS Config', () => {
  /** The last check found that mails have reached nobody for so many seconds. */
  function unreached(ago: number, policy: Partial<Policy> = {}) {
    const rule = surveyed(...users(1, oneKey));
    const { m, world } = rule;
    const checkedAt = m.clock.now();
    const missing = { state: 'missing', since: plus(checkedAt, -ago) } as const;
    const marks = Object.keys(reachingAll(POLICY, checkedAt).addresses);
    m.table.state.subscriptions = {
      checkedAt,
      addresses: Object.fromEntries(marks.map((mark) => [mark, missing])),
    };
    return { m, hour: () => hourly({ ...world, policy: { ...world.policy, ...policy } }, ACCOUNT) };
  }

  it('is shown anew within the hour after nobody is reached any more, and the wish is the same each time', async () => {
    const { m, hour } = unreached(10 * MINUTE);
    const since = plus(m.clock.now(), -9 * MINUTE);
    await hour();
    await hour();
    expect(m.asked).toEqual([
      { since, delay: MINUTE },
      { since, delay: MINUTE },
    ]);
  });

  it.each<[string, number, Partial<Policy>]>([
    ['nothing changed lately', 2 * HOUR, {}],
    ['AWS Config has no view of us', 10 * MINUTE, { config: null }],
  ])('is left alone where %s', async (_, ago, policy) => {
    const { m, hour } = unreached(ago, policy);
    await hour();
    expect(m.asked).toEqual([]);
  });

  it('is shown by the schedule of the rule where the wish is not taken', async () => {
    const { m, hour } = unreached(10 * MINUTE);
    m.world.refreshes.ask = async () => {
      throw new Error('SQS is away');
    };
    expect(await hour()).toMatchObject({ inventory: { users: 1 } });
    expect(m.log.lines.join()).toContain('count RefreshRefused');
  });
});
