import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../functions/app/survey/evaluate.ts';
import { HOUR } from '../../../functions/core/model/time.ts';
import { ACCOUNT } from '../../fakes/cases.ts';
import { account, oneKey, twoKeys, users } from '../../fakes/rule.ts';

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
    for (const [n, user] of all.entries()) {
      if (n < 150) {
        user.keys = twoKeys(n);
      }
    }
    const [settled, leaver] = all.slice(-2);
    if (settled === undefined || leaver === undefined) {
      throw new Error('nobody');
    }
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

  it.each(['put', 'shown'] as const)('when %s fails', async (call) => {
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

describe('what becomes of what is put', () => {
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
