import { expect, it } from 'vitest';
import { eventually, PATIENCE_MS, type Stack } from '../stack.ts';

/** How long a credential report is used again, instead of four hours: longer than two runs on a slow machine. */
const REUSED_SECONDS = 12;

/** AWS Config as the only door: CloudTrail is silent, and the credential report is as old as AWS lets it be. */
export function configAlone(stack: () => Stack): void {
  it('finds what events lost, at the first run with a new report, and never speaks for later than its facts', async () => {
    const { launched, owners } = stack();
    const { faults } = launched.world.gateway;
    const userName = 'unheard-of';
    faults.disturbEvents({ eventName: 'CreateAccessKey', userName }, 'lose', 2);
    await owners.createUser(userName, 900);
    await owners.createKey(userName, { daysOld: 300, usedHoursAgo: 30 });
    await run(stack());
    const { userId } = await userCalled(stack(), userName);
    const { orderingTimestamp: reported = '' } = shown(stack(), userId) ?? {};
    expect(shown(stack(), userId)).toMatchObject({ complianceType: 'COMPLIANT', annotation: null });

    faults.reuseReport(4 * 3_600);
    await run(stack());
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const second = new Date().toISOString();
    await owners.createKey(userName, { daysOld: 40, usedHoursAgo: 3 });
    await run(stack());
    const old = shown(stack(), userId);
    expect(old).toMatchObject({ complianceType: 'COMPLIANT' });
    expect((old?.orderingTimestamp ?? second) < second).toBe(true);
    expect(reported <= (old?.orderingTimestamp ?? '')).toBe(true);
    expect(launched.inbox.mails({ userName })).toEqual([]);

    faults.reuseReport(0);
    await run(stack());
    expect(shown(stack(), userId)).toMatchObject({ complianceType: 'NON_COMPLIANT' });
    await launched.inbox.waitFor({ userName }, PATIENCE_MS);
    // Nobody asks for this: reconcile has the rule run again when the case changed what Config should show.
    await eventually(
      async () => shown(stack(), userId),
      (line) => line?.annotation?.includes('Waiting for Security lead or Platform lead') === true,
    );
  });

  it('finds it with every event of everybody lost, at the first run after the report ran out by itself', async () => {
    const { launched, owners } = stack();
    const { faults } = launched.world.gateway;
    const userName = 'silent-night';
    let lost = 0;
    faults.disturbEveryEvent(() => {
      lost += 1;
      return 'lose';
    });
    try {
      await owners.createUser(userName, 800);
      await owners.createKey(userName, { daysOld: 500, usedHoursAgo: 10 });
      await run(stack());
      faults.reuseReport(REUSED_SECONDS);
      const user = await userCalled(stack(), userName);
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      const second = new Date().toISOString();
      await owners.createKey(userName, { daysOld: 90, usedHoursAgo: 5 });
      await run(stack());
      expect(faults.reportIsReused, 'the run was inside the window').toBe(true);
      const old = shown(stack(), user.userId);
      expect(old).toMatchObject({ complianceType: 'COMPLIANT', annotation: null });
      expect((old?.orderingTimestamp ?? second) < second).toBe(true);
      expect(launched.inbox.mails({ userName })).toEqual([]);

      await eventually(
        async () => faults.reportIsReused,
        (reused) => !reused,
      );
      await run(stack());
      const now = shown(stack(), user.userId);
      expect(now).toMatchObject({ complianceType: 'NON_COMPLIANT' });
      expect((now?.orderingTimestamp ?? '') > second).toBe(true);
      await launched.inbox.waitFor({ userName }, PATIENCE_MS);
      const cases = (await stack().itemsOf(user)).filter(({ sk }) => sk === 'CASE');
      expect(cases).toMatchObject([{ case: { phase: 'awaiting-decision' } }]);
      expect(lost).toBeGreaterThanOrEqual(3);
    } finally {
      faults.disturbEveryEvent(() => undefined);
      faults.reuseReport(0);
    }
  });

  it('says of every user what IAM says', async () => {
    await run(stack());
    const view = Object.fromEntries(
      stack()
        .launched.config.view()
        .map((line) => [line.resourceId, line.complianceType]),
    );
    const truth = (await stack().truth())
      .filter(({ keys }) => keys.length > 0)
      .map(({ userId, keys }) => {
        const active = keys.filter(({ status }) => status === 'Active').length;
        return [userId, active > 1 ? 'NON_COMPLIANT' : 'COMPLIANT'];
      });
    expect(truth.length).toBeGreaterThanOrEqual(3);
    expect(view).toEqual(Object.fromEntries(truth));
  });

  it('says of the account that somebody can be asked', async () => {
    const { config, world } = stack().launched;
    expect(config.view('AWS::::Account')).toMatchObject([
      { resourceId: world.account, complianceType: 'COMPLIANT', annotation: null },
    ]);
  });

  it('asks for runs, and what AWS Config refuses because it comes too soon is asked for again', async () => {
    const { counts } = stack().launched.world.gateway;
    const asked = counts.calls({ action: 'StartConfigRulesEvaluation' }).map(({ outcome }) => outcome);
    expect(asked).toContain('ok');
    expect([...new Set(asked)].filter((outcome) => !/^(ok|LimitExceededException)$/.test(outcome))).toEqual(
      [],
    );
    const givenUp = (await stack().deadLetters()).filter((body) => body.includes('"kind":"refresh"'));
    expect(givenUp).toEqual([]);
  });
}

/** One run of the rule as its schedule starts it; it has to end well. */
async function run({ launched }: Stack): Promise<void> {
  expect(await launched.config.runScheduled()).toMatchObject({ ok: true, error: null });
}

function shown({ launched }: Stack, userId: string) {
  return launched.config.view().find(({ resourceId }) => resourceId === userId);
}

async function userCalled(stack: Stack, userName: string) {
  const user = (await stack.truth()).find((one) => one.userName === userName);
  if (user === undefined) {
    throw new Error(`there is no ${userName}`);
  }
  return user;
}
