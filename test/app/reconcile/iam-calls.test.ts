import { describe, expect, it } from 'vitest';
import { activeKeys } from '../../../functions/core/model/compliance.ts';
import { DAY, HOUR } from '../../../functions/core/model/time.ts';
import { account, oneKey, twoKeys, users } from '../../fakes/rule.ts';

/** What IAM lists in one page of users at most. */
const PAGE = 1_000;

/**
 * Of all users one in fifty has two active keys, and half a second key that is off; every hundredth is renamed right after
 * the first list, so that hardly a group is without one.
 */
function big(count: number) {
  const off = (n: number) =>
    twoKeys(n).map((key, at) => ({ ...key, status: at === 0 ? ('Active' as const) : ('Inactive' as const) }));
  const all = users(count, (n) => (n % 50 === 0 ? twoKeys(n) : n % 2 === 1 ? off(n) : oneKey(n)));
  const a = account(...all);
  a.after.listing = () => {
    for (const [n, user] of all.entries()) {
      if (n % 100 === 0) {
        user.userName = `renamed-${n}`;
      }
    }
  };
  const calls = { successful: 0, lists: 0 };
  const { census, iam } = a.world;
  const read = new Set<string>();
  a.world.census = {
    users() {
      calls.lists += 1;
      calls.successful += Math.ceil(count / PAGE);
      return census.users();
    },
    report() {
      calls.successful += 2;
      return census.report();
    },
  };
  a.world.iam = {
    async user(name) {
      const found = await iam.user(name);
      if (found !== null) {
        read.add(found.userId);
      }
      calls.successful += found === null ? 0 : 1;
      return found;
    },
    keys(name) {
      calls.successful += 1;
      return iam.keys(name);
    },
    lastUsed(keyId) {
      calls.successful += 1;
      return iam.lastUsed(keyId);
    },
  };
  /** One run, which may make 20 calls, 0.02 for each user, and for each one read two and one for each active key. */
  const run = async () => {
    Object.assign(calls, { successful: 0, lists: 0 });
    read.clear();
    const { read: candidates } = await a.run();
    const active = all.filter(({ userId }) => read.has(userId)).map(({ keys }) => activeKeys(keys).length);
    const allowed = 20 + 0.02 * count + active.reduce((sum, keys) => sum + 2 + keys, 0);
    expect(active).toHaveLength(candidates);
    return { candidates, allowed, ...calls };
  };
  return { run, column: a.column, clock: a.m.clock };
}

describe.each([200, 5_000])('the calls to IAM of one run over %i users', (count) => {
  it.each([
    ['tells', true],
    ['does not tell', false],
  ])('stay in bounds with a report that %s of more than two keys', async (_, tells) => {
    const expected = count / 50;
    const { run, column, clock } = big(count);
    column.more = tells;
    const first = await run();
    expect(first).toMatchObject({ candidates: expected, lists: 2 });
    expect(first.successful).toBeLessThanOrEqual(first.allowed);
    clock.move(5 * HOUR);
    const second = await run();
    expect(second).toMatchObject({ candidates: count / 50, lists: 1 });
    expect(second.successful).toBeLessThanOrEqual(second.allowed);
    clock.move(7 * DAY);
    expect(await run()).toMatchObject({ candidates: expected });
  });
});
