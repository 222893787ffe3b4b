import { describe, expect, test } from 'vitest';
import { currentApprovers } from '../../functions/core/model/policy.ts';
import { DAY, plus } from '../../functions/core/model/time.ts';
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

/** S11, two weeks later: closed, or people of today were told and will be again. */
function isAlive({ m, broken }: Stage): void {
  expect(broken).toEqual([]);
  const now = m.clock.now();
  const people = currentApprovers(m.world.policy, m.table.state.control).map(({ id }) => id);
  for (const { case: current, wakeAt } of m.table.rows.values()) {
    expect(current.owed, `${current.phase}: nothing owed`).toEqual([]);
    if (current.phase === 'closed') {
      continue;
    }
    expect(wakeAt, 'a next look').not.toBeNull();
    expect((wakeAt ?? '') <= plus(now, 30 * DAY), 'within 30 days').toBe(true);
    // An excluded user is not asked about: the violation stays visible in the report (S9).
    if (current.phase === 'excluded') {
      continue;
    }
    expect(['awaiting-decision', 'held'], 'waits for people only').toContain(current.phase);
    const told = m.mails.filter(
      ({ at, recipient }) => at > plus(now, -4 * DAY) && people.includes(recipient),
    );
    expect(told.length, `${current.phase}: told within the last days`).toBeGreaterThan(0);
  }
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
