import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { evaluate } from '../../../functions/app/survey/evaluate.ts';
import { HOUR, plus } from '../../../functions/core/model/time.ts';
import { NAME, trueKey, worldWith } from '../../fakes/acts.ts';
import { ACCOUNT, NEWER, NOW, OLDER } from '../../fakes/cases.ts';
import { account, oneKey, twoKeys, users, withConfig } from '../../fakes/rule.ts';

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
  if (user === undefined) {
    throw new Error('nobody');
  }
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
  if (user === undefined) {
    throw new Error('nobody');
  }
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
