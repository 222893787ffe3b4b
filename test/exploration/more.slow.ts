import { describe, test } from 'vitest';
import { exploreCrashes } from './crashes.ts';
import { MORE_SCENARIOS } from './more-scenarios.ts';
import type { Site } from './plan.ts';

const struck: Site[][] = [];

describe('settings and the operator; every call goes wrong once: the same world', () => {
  test.each(MORE_SCENARIOS)('$name', async (scenario) => {
    const runs = await exploreCrashes(scenario, struck);
    process.stderr.write(`exploration of "${scenario.name}": ${runs} runs with one fault each\n`);
  });
});
