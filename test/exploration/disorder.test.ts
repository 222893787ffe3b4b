import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Wake } from '../../functions/app/wake.ts';
import { DAY, HOUR, type Seconds } from '../../functions/core/model/time.ts';
import { atDepth } from '../depth.ts';
import { type Ending, endingOf, sameWorld, toldOtherwise } from './ending.ts';
import { MORE_SCENARIOS } from './more-scenarios.ts';
import { freshStage, playOn, SCENARIOS, type Scenario } from './scenarios.ts';
import type { Stage } from './stage.ts';

/** Where the n-th event of a run goes. */
type Courier = (stage: Stage, n: number, wake: Wake) => void;

const calmly: Courier = (stage, _n, wake) => stage.send(wake);

/** An event arrives right after the next one; if none comes, a day later. */
function overtaken(isHeld: (n: number) => boolean): Courier {
  let held: Wake | null = null;
  return (stage, n, wake) => {
    const before = held;
    held = null;
    if (isHeld(n)) {
      held = wake;
      stage.send(wake, DAY);
    } else {
      stage.send(wake);
    }
    if (before !== null) {
      stage.send(before, 1);
    }
  };
}

/** Random fates of all events of a scenario. */
const FATES = atDepth({ sample: 2, share: 4, all: 15 });

/** Of the disorders of single events, one in so many. */
const SHARE = atDepth({ sample: 12, share: 2, all: 1 });

/** Disorders of all events, and of single ones. */
function disorders(events: number): { readonly name: string; readonly courier: Courier }[] {
  const each = Array.from({ length: Math.ceil(events / SHARE) }, (_, n) => n * SHARE);
  const twice: Courier = (stage, _n, wake) => {
    stage.send(wake);
    stage.send(wake, 20);
  };
  return [
    { name: 'all doubled', courier: twice },
    { name: 'reversed in pairs', courier: overtaken((n) => n % 2 === 0) },
    { name: 'all lost', courier: () => undefined },
    { name: 'all an hour late', courier: (stage, _n, wake) => stage.send(wake, HOUR) },
    ...each.map((lost) => ({
      name: `event ${lost} lost`,
      courier: (stage: Stage, n: number, wake: Wake) => (n === lost ? undefined : calmly(stage, n, wake)),
    })),
    ...each.map((late) => ({
      name: `event ${late} delayed past the next`,
      courier: overtaken((n) => n === late),
    })),
  ];
}

async function playedWith(
  scenario: Scenario,
  courier: Courier,
): Promise<{ readonly ending: Ending; readonly events: number }> {
  const stage = freshStage(scenario);
  let events = 0;
  stage.inventory = true;
  stage.courier = (wake) => {
    courier(stage, events, wake);
    events += 1;
  };
  return { ending: endingOf(await playOn(stage, scenario)), events };
}

describe('events in disorder: the same world, and nobody hears less or twice', () => {
  test.each([...SCENARIOS, ...MORE_SCENARIOS])('$name', { timeout: 120_000 }, async (scenario) => {
    const calm = await playedWith(scenario, calmly);
    expect(calm.events).toBeGreaterThan(1);
    for (const { name, courier } of disorders(calm.events)) {
      const { ending } = await playedWith(scenario, courier);
      sameWorld(calm.ending, ending);
      expect(toldOtherwise(calm.ending, ending), name).toEqual([]);
    }
    const fate = fc.array(fc.constantFrom<Seconds>(0, 5, 45, HOUR, DAY), { maxLength: 3 });
    const fates = fc.array(fate, { minLength: calm.events, maxLength: calm.events });
    await fc.assert(
      fc.asyncProperty(fates, async (delays) => {
        const { ending } = await playedWith(scenario, (stage, n, wake) => {
          for (const delay of delays[n] ?? []) {
            stage.send(wake, delay);
          }
        });
        sameWorld(calm.ending, ending);
        expect(toldOtherwise(calm.ending, ending)).toEqual([]);
      }),
      { numRuns: FATES },
    );
  });
});
