import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Launched, launchWorld } from '../../sandbox/launch/launch.ts';
import { SHORT_SETTINGS } from '../../sandbox/launch/settings.ts';
import { eventually, Stack } from '../e2e/stack.ts';
import { workersOf } from './workers.ts';

const USERS = 5_000;
const KEYS = 6_500;
const VIOLATING = 100;
const MEMORY_LIMIT_MB = 300;
/** The most calls of a run where nothing changed, however many cases are open. */
const STEADY = 30;

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

/** Users with both slots of the report filled, which cannot say whether they have more keys. */
const TWO_KEYS = KEYS - USERS;

/** Of all users the first hundred have two active keys, some have one that is off beside it. */
function seed() {
  return Array.from({ length: USERS }, (_, n) => {
    const key = (status: string, days: number) => ({ status, created: daysAgo(days), lastUsed: null });
    const second = n < VIOLATING ? [key('Active', 30)] : n < TWO_KEYS ? [key('Inactive', 30)] : [];
    return { userName: `user-${n}`, created: daysAgo(400), keys: [key('Active', 300), ...second] };
  });
}

/** The first run reads only those who violate: two calls, and one for each active key. */
const FIRST = 450;

describe(`${USERS} users, ${KEYS} keys, ${VIOLATING} of them violating`, () => {
  let launched: Launched;
  let stack: Stack;
  const evaluate = () => stack.output('EvaluateFunctionName');
  const openCases = async () =>
    (await stack.everything()).filter(
      ({ sk, case: current }) => sk === 'CASE' && (current as { readonly toldAt: unknown }).toldAt !== null,
    ).length;

  beforeAll(async () => {
    launched = await launchWorld({
      say: () => undefined,
      // Nothing but the runs of this test: nobody asks for another, and no case moves on meanwhile.
      settings: {
        ...SHORT_SETTINGS,
        notifyAfter: 'PT0S',
        rotationWindow: 'PT0S',
        grace: 'PT1H',
        deletionNotice: 'PT30M',
        config: { maxRunsPerDay: 0 },
      },
      sweepEveryMs: 0,
    });
    stack = new Stack(launched);
    const { motoUrl } = launched.world.emulators;
    const made = await fetch(`${motoUrl}/sandbox/users`, { method: 'POST', body: JSON.stringify(seed()) });
    if (!made.ok) {
      throw new Error(`the users were not made: ${await made.text()}`);
    }
  });
  afterAll(() => launched?.stop());

  it('killed half way, the next run finishes the job', async () => {
    const { counts } = launched.world.gateway;
    const killing = eventually(
      async () => counts.count({ service: 'config', action: 'PutEvaluations', outcome: 'ok' }),
      (puts) => puts >= 3,
      120_000,
    ).then(() => {
      for (const { pid } of workersOf(launched.world, evaluate())) {
        process.kill(pid, 'SIGKILL');
      }
    });
    const [run] = await Promise.all([launched.config.runScheduled(), killing]);
    expect(run.ok).toBe(false);
    expect(launched.config.view().length).toBeLessThan(USERS);

    counts.reset();
    expect(await launched.config.runScheduled()).toMatchObject({ ok: true });
    const view = launched.config.view();
    expect(view).toHaveLength(USERS);
    expect(view.filter(({ complianceType }) => complianceType === 'NON_COMPLIANT')).toHaveLength(VIOLATING);

    const called = (action?: string) =>
      counts.count({ service: 'iam', caller: evaluate(), outcome: 'ok', ...(action && { action }) });
    const [calls, candidates] = [called(), called('ListAccessKeys')];
    expect(candidates).toBeLessThanOrEqual(VIOLATING);
    const peaks = workersOf(launched.world, evaluate()).map(({ peakMb }) => peakMb);
    process.stdout.write(
      `${calls} IAM calls of ${FIRST} allowed for ${candidates} candidates, ${counts.count({ service: 'config', outcome: 'ok' })} Config calls, ` +
        `${peaks.length === 0 ? 'memory not measured on this system' : `at most ${Math.max(...peaks)} MB of memory`}\n`,
    );
    expect(calls).toBeLessThanOrEqual(FIRST);
    for (const peak of peaks) {
      expect(peak).toBeLessThan(MEMORY_LIMIT_MB);
    }
    if (process.platform === 'linux') {
      expect(peaks.length).toBeGreaterThan(0);
    }
  });

  it('every violation becomes a case with mail, and a further run without changes puts nothing', async () => {
    await eventually(openCases, (count) => count === VIOLATING, 300_000);
    expect(await launched.config.runScheduled()).toMatchObject({ ok: true });
    const waiting = launched.config.view().filter(({ annotation }) => annotation?.includes('Waiting for'));
    expect(waiting).toHaveLength(VIOLATING);
    const before = launched.config.accepted;
    const { counts } = launched.world.gateway;
    counts.reset();
    expect(await launched.config.runScheduled()).toMatchObject({ ok: true });
    expect(launched.config.accepted - before).toBe(0);
    const calls = counts.count({ service: 'iam', caller: evaluate(), outcome: 'ok' });
    process.stdout.write(`${calls} IAM calls of a run without changes\n`);
    expect(calls).toBeLessThanOrEqual(STEADY);
  });

  it('the survey takes an inventory with exactly the violations that a full read finds, and reads a few turns', async () => {
    const { counts } = launched.world.gateway;
    counts.reset();
    expect(await stack.survey()).toMatchObject({
      turns: [0, 1, 2, 3],
      inventory: { users: USERS, violations: VIOLATING, read: 0, problems: [] },
    });
    const called = (action?: string) =>
      counts.count({ service: 'iam', caller: evaluate(), outcome: 'ok', ...(action && { action }) });
    const background = called('ListAccessKeys');
    const peaks = workersOf(launched.world, evaluate()).map(({ peakMb }) => peakMb);
    process.stdout.write(
      `${called() - background} IAM calls of a survey, ${background} of the background reading, at most ${Math.max(0, ...peaks)} MB\n`,
    );
    expect(called() - background).toBeLessThanOrEqual(STEADY);
    expect(background).toBeLessThanOrEqual(2 * (4 / 168) * USERS);
    for (const peak of peaks) {
      expect(peak).toBeLessThan(MEMORY_LIMIT_MB);
    }
    const truth = await stack.truth();
    const several = (keys: readonly { readonly status: string }[]) =>
      keys.filter(({ status }) => status === 'Active').length > 1;
    const violating = truth.filter(({ keys }) => several(keys)).map(({ userName }) => userName);
    const rows = await stack.inventory();
    expect(
      rows
        .filter(({ activeKeys }) => activeKeys > 1)
        .map(({ userName }) => userName)
        .sort(),
    ).toEqual(violating.sort());
    expect(rows.reduce((sum, { keys }) => sum + keys.length, 0)).toBe(KEYS);
  });
});
