import { describe, test } from 'vitest';
import { exploreCrashes } from './crashes.ts';
import { MORE_SCENARIOS } from './more-scenarios.ts';
import { allStrikes } from './plan.ts';
import { SCENARIOS } from './scenarios.ts';

/** What `crash.test.ts` samples, every run makes here; left out is only what cannot differ (`plan.ts`). */
describe('every fault at every call of every scenario: the same world', { timeout: 900_000 }, () => {
  test.each([...SCENARIOS, ...MORE_SCENARIOS])('$name', async (scenario) => {
    const runs = await exploreCrashes(scenario, allStrikes);
    process.stderr.write(`exploration of "${scenario.name}": ${runs} runs with one fault each\n`);
  });
});
