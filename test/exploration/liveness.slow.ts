import { describe, expect, test } from 'vitest';
import { DAY } from '../../functions/core/model/time.ts';
import { isAlive } from './alive.ts';
import { notesOn, type Site, sitesNotIn } from './plan.ts';
import { freshStage, playOn, SCENARIOS, type Scenario } from './scenarios.ts';
import type { Stage } from './stage.ts';

/** What is broken when everything stops, and heals by itself within a day. */
const ADVERSITIES: Record<string, (stage: Stage) => void> = {
  'nothing broken': () => undefined,
  'SNS away': ({ m }) => {
    m.state.snsAway = true;
  },
  'IAM unreadable': ({ m }) => {
    m.iam.state.unreadable = true;
  },
  'the table fails once': (stage) => {
    let failed = false;
    stage.intercept = async ({ site }, make) => {
      if (failed || !site.endsWith('cases.commit')) {
        return make();
      }
      failed = true;
      throw new Error('the table is away');
    };
  },
};

/** Plays a scenario up to one call; then nobody does anything any more, and no message arrives. */
async function stoppedAfter(scenario: Scenario, at: number): Promise<Stage> {
  const stage = freshStage();
  const stopped = new Promise<void>((resolve) => {
    stage.intercept = async (call, make) => {
      const answer = await make();
      if (call.n !== at) {
        return answer;
      }
      stage.epoch += 1;
      stage.loseMessages();
      resolve();
      return call.by.die();
    };
  });
  await Promise.race([stopped, playOn(stage, scenario)]);
  return stage;
}

const seen: Site[][] = [];

describe('S11: from every state the sweep alone leads to an end or to a person', () => {
  test.each(SCENARIOS)('$name', { timeout: 120_000 }, async (scenario) => {
    const calm = freshStage();
    const sites = notesOn(calm);
    await playOn(calm, scenario);
    const states = sitesNotIn(sites, seen).filter((at) => sites[at]?.effect);
    seen.push(sites);
    for (const at of states) {
      for (const [name, breaks] of Object.entries(ADVERSITIES)) {
        const stage = await stoppedAfter(scenario, at);
        stage.intercept = (_call, make) => make();
        breaks(stage);
        await stage.pass(DAY);
        stage.m.state.snsAway = false;
        stage.m.iam.state.unreadable = false;
        await stage.pass(14 * DAY);
        expect(() => isAlive(stage), `stopped after call ${at}, ${sites[at]?.site}; ${name}`).not.toThrow();
      }
    }
  });
});
