import { describe, expect, it } from 'vitest';
import { type EvaluateWorld, evaluate } from '../../functions/app/survey/evaluate.ts';
import { isOpen } from '../../functions/core/case/case.ts';
import { sameKeys } from '../../functions/core/case/facts.ts';
import { isViolation } from '../../functions/core/model/compliance.ts';
import { HOUR } from '../../functions/core/model/time.ts';
import { intoGrace, trueKey, worldWith } from '../fakes/acts.ts';
import { ACCOUNT } from '../fakes/cases.ts';
import { twoKeys, users, withConfig } from '../fakes/rule.ts';
import { tapped } from './tap.ts';

type Fault = 'before' | 'after' | 'lost' | 'late';

const REMOTE = ['census', 'iam', 'cases', 'rule', 'wakes'] as const;

/**
 * A case in grace, a case whose user settled it unheard, a violation of which no event came, a compliant user, one without
 * keys, one who is gone and whom Config still shows: everything that a run can find.
 */
async function estate() {
  const { m } = worldWith();
  await intoGrace(m);
  const all = users(5, (n) => (n < 2 ? twoKeys(n) : [trueKey(`AKIAONLY0000000${n}`, 100, 5)]));
  const [settled, unheard, , keyless, leaver] = all;
  if (settled === undefined || unheard === undefined || keyless === undefined || leaver === undefined) {
    throw new Error('nobody');
  }
  for (const user of all) {
    m.iam.users.set(user.userId, user);
  }
  m.iam.users.delete(unheard.userId);
  const rule = withConfig(m);
  await m.wake(settled.userName);
  await rule.run();
  settled.keys = settled.keys.slice(0, 1);
  keyless.keys = [];
  m.iam.users.delete(leaver.userId);
  m.iam.users.set(unheard.userId, unheard);
  m.clock.move(5 * HOUR);
  rule.config.state.account = null;
  return { m, ...rule };
}

/** The run's world with every call of every port numbered and handed to `through`. */
function watched(
  world: EvaluateWorld,
  through: (site: string, make: () => Promise<unknown>) => Promise<unknown>,
) {
  const ports = REMOTE.map((name) => [name, tapped(name, world[name], through)] as const);
  return { ...world, ...Object.fromEntries(ports) } as EvaluateWorld;
}

class Killed extends Error {}

/** A run remembers a failure of Config and throws at its end. */
const isKilled = (error: unknown): boolean =>
  error instanceof Killed || (error instanceof Error && error.cause instanceof Killed);

async function sitesOfARun(): Promise<string[]> {
  const { world } = await estate();
  const sites: string[] = [];
  await evaluate(
    watched(world, (site, make) => {
      sites.push(site);
      return make();
    }),
    ACCOUNT,
  );
  return sites;
}

const sites = await sitesOfARun();
const strikes = sites.flatMap((site, at) =>
  (['before', 'after', 'lost', 'late'] as const).map((fault): [string, number, Fault] => [
    `${fault} ${site} (${at})`,
    at,
    fault,
  ]),
);

describe('a run of the rule that breaks at any call, and the next one', () => {
  it('is tried at every kind of call that a run makes', () => {
    const kinds = new Set(sites.map((site) => site.split('.')[0]));
    expect([...kinds].sort()).toEqual([...REMOTE].sort());
    expect(sites.length).toBeGreaterThan(15);
  });

  it.each(strikes)('%s', async (strike, at, fault) => {
    const { m, world, run, config } = await estate();
    const calm = await estate();
    await calm.run();
    let n = 0;
    let dead = false;
    const broken = watched(world, async (_site, make) => {
      if (dead) {
        throw new Killed();
      }
      const strikes = n++ === at;
      if (strikes && fault === 'before') {
        dead = true;
      }
      if (dead) {
        throw new Killed();
      }
      const answer = await make();
      if (!strikes) {
        return answer;
      }
      if (fault === 'late') {
        m.clock.move(30);
        return answer;
      }
      dead = fault === 'after';
      throw new Killed();
    });
    await evaluate(broken, ACCOUNT).catch((error: unknown) => {
      if (!isKilled(error)) {
        throw error;
      }
    });
    const before = m.wakes.sent.splice(0).map(({ userId }) => userId);
    const after = (await run()).ids;
    // Of a trouble of Config alone the queue notices nothing.
    const woken = new Set(/^(lost|late) rule/.test(strike) ? before : [...before, ...after]);
    expect([...config.shown.keys()].sort()).toEqual([...calm.config.shown.keys()].sort());
    for (const [userId, { compliance, annotation }] of calm.config.shown) {
      expect(config.shown.get(userId)).toMatchObject({ compliance, annotation });
    }
    expect(config.state.account).toMatchObject({ compliance: 'COMPLIANT', annotation: null });
    for (const { userId, keys } of m.iam.users.values()) {
      const current = m.caseOf(userId);
      // A case that has the keys as they are goes on by itself, for example in its grace period.
      if (isViolation(keys) !== isOpen(current) && !sameKeys(current?.keys ?? [], keys)) {
        expect(woken).toContain(userId);
      }
    }
  });
});
