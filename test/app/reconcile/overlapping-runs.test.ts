import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ConfigRule } from '../../../functions/app/config-ports.ts';
import { evaluate } from '../../../functions/app/survey/evaluate.ts';
import { HOUR, plus } from '../../../functions/core/model/time.ts';
import type { Shows } from '../../fakes/aws-config.ts';
import { ACCOUNT, NOW } from '../../fakes/cases.ts';
import { accountWhere, oneKey, twoKeys, users } from '../../fakes/rule.ts';

/** Two runs at once, of which the first puts what an old report says after the second saw a second key. */
async function covered(shows: Shows) {
  const all = users(1, oneKey);
  const [user] = all;
  if (user === undefined) {
    throw new Error('nobody');
  }
  const a = accountWhere(shows, all);
  await a.world.census.report();
  a.m.clock.move(HOUR);
  let goOn = () => {};
  const gate = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const slow: ConfigRule = { ...a.world.rule, put: (some) => gate.then(() => a.world.rule.put(some)) };
  const first = evaluate({ ...a.world, rule: slow }, ACCOUNT);
  await setTimeout(0);
  a.m.clock.move(60);
  user.keys = twoKeys(0);
  await a.m.wake(user.userName);
  await a.run();
  expect(a.shown()).toEqual({ [user.userId]: 'NON_COMPLIANT' });
  goOn();
  await first;
  return { ...a, user };
}

describe('an old report that is put after a look', () => {
  it('covers nothing where AWS Config shows the later facts, as we assume', async () => {
    const { shown, user, run } = await covered('the later facts');
    expect(shown()).toEqual({ [user.userId]: 'NON_COMPLIANT' });
    expect(await run()).toMatchObject({ put: 0 });
  });

  it('where it shows the last put covers a violation until the next run, and still says how old it is', async () => {
    const { shown, user, run, config } = await covered('the last put');
    expect(config.shown.get(user.userId)).toMatchObject({ compliance: 'COMPLIANT', factsAt: NOW });
    await run();
    expect(shown()).toEqual({ [user.userId]: 'NON_COMPLIANT' });
    expect(config.shown.get(user.userId)?.factsAt).toBe(plus(NOW, HOUR + 60));
  });
});
