import { describe, expect, it } from 'vitest';
import { checkHealth } from '../../../functions/app/health/check-health.ts';
import { CHECKS, type Check, checksOf } from '../../../functions/core/health/checks.ts';
import type { Readings } from '../../../functions/core/health/readings.ts';
import { filterOf } from '../../../functions/core/health/subscription-filter.ts';
import { paused } from '../../../functions/core/model/control.ts';
import { ledgerEntry } from '../../../functions/core/model/ledger.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { ACCOUNT, NOW, OLDER, POLICY } from '../../fakes/cases.ts';
import { healthStage, healthy, rule, subscription, trail } from '../../fakes/health.ts';
import { withConfig } from '../../fakes/rule.ts';
import { memoryWorld } from '../../fakes/world.ts';

/** The ledger after one command, which paused nothing that is not resumed. */
const ENTRY = ledgerEntry(
  null,
  null,
  { pauses: [], revoked: [] },
  { at: NOW, command: 'resume', by: 'arn:aws:iam::123456789012:user/op', reason: 'a drill' },
);

/** What breaks a promise, as health reads it, and a part of the sentence that operators must get. */
interface Sabotage<C extends Check> {
  readonly what: string;
  readonly broken: (fine: Readings[C]) => Readings[C];
  readonly says: string;
}

const disabled = { enabled: false };

/** One or more for each check. A check without a sabotage does not compile. */
const SABOTAGES: { readonly [C in Check]: readonly [Sabotage<C>, ...Sabotage<C>[]] } = {
  trail: [
    { what: 'the trail is stopped', broken: () => [trail({ logging: false })], says: 'is logging' },
    { what: 'the trail is deleted', broken: () => [], says: 'No CloudTrail trail covers us-east-1' },
  ],
  rule: [
    {
      what: 'the rule is disabled',
      broken: (fine) => ({ ...required(fine), ...disabled }),
      says: 'is disabled',
    },
    { what: 'the rule is deleted', broken: () => null, says: 'does not exist' },
    {
      what: 'its pattern is changed',
      broken: (fine) => ({ ...required(fine), pattern: { source: ['aws.s3'] } }),
      says: 'different event pattern',
    },
    {
      what: 'its target is changed',
      broken: (fine) => ({ ...required(fine), targets: rule('arn:other').targets }),
      says: 'different target',
    },
    {
      what: 'a transformer is added',
      broken: (fine) => ({
        ...required(fine),
        targets: required(fine).targets.map((target) => ({ ...target, transformed: true })),
      }),
      says: 'changes its input',
    },
  ],
  'exposure-rule': [
    {
      what: 'the rule for AWS Health is deleted',
      broken: () => null,
      says: 'The EventBridge rule for AWS Health does not exist',
    },
    {
      what: 'its pattern is changed',
      broken: (fine) => ({ ...required(fine), pattern: { source: ['aws.s3'] } }),
      says: 'different event pattern',
    },
    {
      what: 'it sends to another queue',
      broken: (fine) => ({ ...required(fine), targets: rule('arn:other').targets }),
      says: 'nobody is told of keys that AWS reports as exposed',
    },
  ],
  'queue-policy': [
    {
      what: 'the queue policy is changed',
      broken: () => ({ Statement: [] }),
      says: 'policy of the event queue',
    },
  ],
  mappings: [
    {
      what: 'a mapping is disabled',
      broken: (fine) => fine.map((mapping) => ({ ...mapping, state: 'Disabled' })),
      says: 'not enabled (disabled)',
    },
    {
      what: 'a mapping gives its messages to another function',
      broken: (fine) => fine.map((mapping) => ({ ...mapping, connected: false })),
      says: 'a function other than the one that was deployed',
    },
  ],
  'key-events': [
    {
      what: 'events wait and nobody takes them',
      broken: (fine) => ({ ...fine, waiting: 3 }),
      says: 'waiting in the event queue',
    },
  ],
  sweep: [
    {
      what: "the sweep's rule is disabled",
      broken: (fine) => ({ ...fine, rule: rule('arn:sweep', disabled) }),
      says: 'starts the sweep is disabled',
    },
    {
      what: 'cases are overdue',
      broken: (fine) => ({ ...fine, overdue: true }),
      says: 'more than 15 minutes',
    },
  ],
  survey: [
    {
      what: 'the survey fails for a day',
      broken: (fine) => ({ ...fine, takenAt: plus(NOW, -30 * HOUR) }),
      says: 'The last survey was 30 hours ago',
    },
  ],
  'dead-letters': [
    {
      what: 'a message is given up',
      broken: (fine) => ({ ...fine, 'Events/DeadLetters/NotEmpty': 1 }),
      says: 'dead-letter queue of Events is not empty',
    },
  ],
  subscriptions: [
    { what: 'a subscription is removed', broken: ([, ...rest]) => rest, says: 'is not subscribed' },
    {
      what: 'a subscription is unprotected',
      broken: ([first, ...rest]) => [{ ...required(first), authenticated: false }, ...rest],
      says: 'unsubscribe link',
    },
    {
      what: 'a subscription is not confirmed',
      broken: ([first, ...rest]) => [{ ...required(first), id: null }, ...rest],
      says: 'not confirmed',
    },
    {
      what: 'a filter is removed',
      broken: ([first, ...rest]) => [{ ...required(first), filter: null }, ...rest],
      says: 'links of every approver',
    },
    {
      what: 'a filter admits the mails of somebody else',
      broken: ([first, ...rest]) => [
        {
          ...required(first),
          filter: filterOf({ address: required(first).endpoint, ids: ['sec-lead', 'platform-lead'] }),
        },
        ...rest,
      ],
      says: 'is not the one that was deployed',
    },
    {
      what: 'a filter is that of a former release',
      broken: ([first, ...rest]) => [{ ...required(first), filter: { recipient: ['sec-lead'] } }, ...rest],
      says: 'which names no address',
    },
    {
      what: 'somebody else subscribes',
      broken: (fine) => [...fine, subscription('arn:queue', { protocol: 'sqs' })],
      says: 'belongs to no approver (protocol sqs',
    },
  ],
  operators: [{ what: 'an operator is unsubscribed', broken: () => [], says: 'Operator 1' }],
  approvers: [
    {
      what: 'every approver is revoked',
      broken: (fine) => ({ ...fine, revoked: POLICY.approvers.map(({ id }) => id) }),
      says: 'Every approver is revoked',
    },
  ],
  pause: [
    {
      what: 'Solekey paused itself',
      broken: (fine) => paused(fine, NOW, 'IAM refused to change keys of 5 users within an hour'),
      says: 'Solekey paused itself on 23 Nov 2026, 16:10 UTC: IAM refused to change keys of 5 users within an hour.',
    },
  ],
  control: [
    {
      what: 'the control item is written by hand',
      broken: () => ({ content: { ...ENTRY.after, revoked: ['sec-lead'] }, last: ENTRY }),
      says: 'Something other than the commands',
    },
    {
      what: 'the control item and its entry are written by hand',
      broken: () => {
        const after = { ...ENTRY.after, revoked: ['sec-lead'] };
        return { content: after, last: { ...ENTRY, after } };
      },
      says: 'is not as it was written',
    },
  ],
  recorder: [
    {
      what: 'the recorder is stopped',
      broken: (fine) => fine.map((region) => ({ ...region, recording: false })),
      says: 'recorder is off',
    },
    {
      what: 'the recorder records no users',
      broken: (fine) => fine.map((region) => ({ ...region, users: false })),
      says: 'does not record AWS::IAM::User',
    },
  ],
  'config-rule': [
    { what: 'the rule in AWS Config is deleted', broken: () => null, says: 'does not exist' },
    {
      what: 'its last run failed',
      broken: (fine) => ({ ...required(fine), failedAt: NOW }),
      says: 'The last run of the rule in AWS Config failed',
    },
  ],
  unannounced: [
    {
      what: 'the survey finds a key that no event announced',
      broken: (fine) => [
        ...fine,
        { keyId: OLDER, userName: 'ci-deploy', created: plus(NOW, -2 * HOUR), announced: false },
      ],
      says: 'Key ...3QXK of ci-deploy was created on 23 Nov, and no event announced it',
    },
  ],
  records: [
    {
      what: 'an entry of a history is edited',
      broken: (fine) => ({
        ...fine,
        wrong: [{ about: 'AIDAKEPT', words: 'User ci-deploy (AIDAKEPT): entry 3 is not as anchor 1 says.' }],
      }),
      says: 'entry 3 is not as anchor 1 says',
    },
  ],
  'sign-off': [
    {
      what: 'nobody signs off for two weeks',
      broken: (fine) => ({ ...required(fine), asked: true, due: plus(NOW, -14 * DAY) }),
      says: 'A sign-off of all changes was due on 9 Nov 2026, and nobody has given it. Approvers were asked.',
    },
    {
      what: 'a concern stays open after its target date',
      broken: (fine) => ({ ...required(fine), open: 2, overdue: 1, firstTarget: '2026-10-20' }),
      says: '2 concerns about the changes are open, 1 of them past the target date, the first since 20 Oct 2026.',
    },
  ],
};

function required<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) {
    throw new Error('the healthy reading is missing');
  }
  return value;
}

const EACH = (Object.keys(SABOTAGES) as Check[]).flatMap((check) =>
  SABOTAGES[check].map((sabotage) => [check, sabotage.what, sabotage as Sabotage<Check>] as const),
);

/** Health has run for days before anything happens. */
async function running() {
  const staged = healthStage();
  await checkHealth(staged.world);
  staged.stage.state = { ...required(staged.stage.state), watchingSince: plus(NOW, -3 * DAY) };
  const move = async (minutes: number) => {
    staged.stage.clock.move(minutes * MINUTE);
    return checkHealth(staged.world);
  };
  return { ...staged, move };
}

describe('each sabotage', () => {
  it.each(EACH)('%s: %s is mailed once, and its end once', async (check, _what, { broken, says }) => {
    const { stage, move } = await running();
    expect(stage.mails).toEqual([]);
    stage.readings = { ...stage.readings, [check]: broken(stage.readings[check] as never) };
    // More than two runs, because events must have waited for a while.
    for (let run = 0; run < 4; run += 1) {
      await move(5);
    }
    const [began, ...more] = stage.mails;
    expect(more).toEqual([]);
    expect(began?.body).toContain(says);
    expect(began?.body).toContain(`"${stage.state?.open[0]?.heading}"`);
    expect(began?.subject).toBe(`[Solekey] ${POLICY.accountName}: problem with ${CHECKS[check].subject}`);
    expect(began?.subject.length).toBeLessThan(100);
    stage.readings = { ...stage.readings, [check]: healthy()[check] };
    for (let run = 0; run < 3; run += 1) {
      await move(5);
    }
    expect(stage.mails).toHaveLength(2);
    expect(stage.mails[1]?.subject).toContain('has ended');
    expect(stage.mails[1]?.body).toContain(says);
    expect(stage.mails.map(({ body }) => body).join()).not.toMatch(/https?:|\.md/);
  });

  it.each(checksOf(POLICY))('%s denied is said to be not checked, at once and once', async (check) => {
    const { stage, move } = await running();
    stage.failing.set(check, 'denied');
    const { fine, checks } = await move(5);
    expect(fine).toBe(checks - 1);
    await move(5);
    expect(stage.mails.map(({ subject }) => subject)).toEqual([
      `[Solekey] ${POLICY.accountName}: could not check ${CHECKS[check].subject}`,
    ]);
    expect(stage.mails[0]?.body).toContain('its permission is missing or denied');
    stage.failing.clear();
    await move(5);
    await move(5);
    expect(stage.mails).toHaveLength(2);
    expect(stage.mails[1]?.subject).toContain('checked again');
  });
});

describe('the subscriptions of all approvers', () => {
  /** Health goes on with its runs, and AWS Config runs its rule on what health stored. */
  async function beside() {
    const { stage, move } = await running();
    const { run, world, ofAccount } = withConfig(memoryWorld());
    const { cases } = world.cases;
    world.cases = {
      ...world.cases,
      cases: async (...asked) => ({ ...(await cases(...asked)), subscriptions: stage.states }),
    };
    world.clock = { ...world.clock, now: stage.clock.now };
    const shown = async () => {
      await run();
      return ofAccount();
    };
    return { stage, move, shown };
  }

  it('removed make the account NON_COMPLIANT in AWS Config; one confirmed again makes it COMPLIANT', async () => {
    const { stage, move, shown } = await beside();
    expect(await shown()).toMatchObject({ compliance: 'COMPLIANT', annotation: null });
    stage.readings = { ...stage.readings, subscriptions: [] };
    await move(5);
    expect(await shown()).toMatchObject({
      compliance: 'NON_COMPLIANT',
      annotation: expect.stringContaining('Mail reaches no approver'),
    });
    stage.readings = { ...stage.readings, subscriptions: healthy().subscriptions.slice(0, 1) };
    await move(5);
    expect(await shown()).toMatchObject({ compliance: 'COMPLIANT', annotation: null });
  });

  it('that cannot be read make it NON_COMPLIANT after 45 minutes, and COMPLIANT once they are read', async () => {
    const { stage, move, shown } = await beside();
    stage.failing.set('subscriptions', 'denied');
    await move(45);
    expect(await shown()).toMatchObject({ compliance: 'COMPLIANT' });
    await move(5);
    expect(await shown()).toMatchObject({
      compliance: 'NON_COMPLIANT',
      annotation: expect.stringContaining('In the last 45 minutes Solekey could not check'),
    });
    stage.failing.clear();
    await move(5);
    expect(await shown()).toMatchObject({ compliance: 'COMPLIANT' });
  });
});

describe('a run of health', () => {
  it('does every check there is', async () => {
    const { stage } = await running();
    expect(stage.state).toMatchObject({
      checks: Object.keys(CHECKS).length,
      fine: Object.keys(CHECKS).length,
    });
    expect(stage.log.lines).toContain('count HealthChecked');
  });

  it('leaves out what belongs to AWS Config where the view is off', async () => {
    const { stage, world } = healthStage({ policy: { ...POLICY, config: null } });
    stage.readings = { ...stage.readings, recorder: [], 'config-rule': null };
    const checked = await checkHealth(world);
    const left = checksOf({ config: null }).length;
    expect(left).toBe(Object.keys(CHECKS).length - 2);
    expect(checked).toEqual({ checks: left, fine: left, began: 0, ended: 0 });
  });

  it('tells of a missing answer only if the next run has none either', async () => {
    const { stage, move } = await running();
    stage.failing.set('trail', new Error('throttled'));
    await move(5);
    stage.failing.clear();
    await move(5);
    expect(stage.mails).toEqual([]);
    stage.failing.set('trail', 'no-answer');
    await move(5);
    await move(5);
    expect(stage.mails[0]?.body).toContain('there was no answer');
  });

  it('tells that nothing new was left about sign-offs, and keeps what it knows of them', async () => {
    const { stage, move } = await running();
    const left = required(stage.readings['sign-off']);
    stage.readings = { ...stage.readings, 'sign-off': { ...left, asked: true, due: plus(NOW, -20 * DAY) } };
    await move(5);
    await move(2 * 24 * 60);
    expect(stage.mails[1]?.body).toContain(
      'Solekey could not check sign-offs and concerns: the survey has left nothing new about them for two days.',
    );
    expect(stage.mails).toHaveLength(2);
    const kinds = stage.state?.open.flatMap(({ check, kind }) => (check === 'sign-off' ? kind : []));
    expect(kinds).toEqual(['broken', 'unchecked']);
  });

  it('waits two days for the first state of sign-offs', async () => {
    const { stage, move } = await running();
    stage.readings = { ...stage.readings, 'sign-off': null };
    await move(5);
    await move(2 * 24 * 60);
    expect(stage.mails.map(({ subject, body }) => subject + body).join()).not.toContain('sign-offs');
    stage.failing.set('sign-off', 'no-answer');
    await move(5);
    stage.failing.clear();
    await move(5);
    expect(stage.mails.at(-1)?.subject).toContain('could not check sign-offs and concerns');
  });

  it('tells everything in one mail', async () => {
    const { stage, move } = await running();
    stage.readings = {
      ...stage.readings,
      trail: [],
      recorder: [],
      'dead-letters': { 'Wakes/DeadLetters/NotEmpty': 2 },
    };
    await move(5);
    stage.readings = {
      ...healthy(),
      approvers: { pauses: [], revoked: POLICY.approvers.map(({ id }) => id) },
    };
    await move(5);
    expect(stage.mails.map(({ subject }) => subject)).toEqual([
      `[Solekey] ${POLICY.accountName}: 3 problems found`,
      `[Solekey] ${POLICY.accountName}: 1 problem found, 3 ended`,
    ]);
  });

  it('tells again what it could not tell', async () => {
    let away = true;
    const sent: string[] = [];
    const mails = {
      send: async ({ subject }: { readonly subject: string }) => {
        if (away) {
          throw new Error('SNS is away');
        }
        sent.push(subject);
      },
    };
    const { stage, world } = healthStage({ mails });
    stage.readings = { ...stage.readings, trail: [] };
    await expect(checkHealth(world)).rejects.toThrow('SNS is away');
    expect(stage.log.lines).not.toContain('count HealthChecked');
    away = false;
    await checkHealth(world);
    await checkHealth(world);
    expect(sent).toHaveLength(1);
  });

  it('keeps what was broken while it cannot be checked', async () => {
    const { stage, move } = await running();
    stage.readings = { ...stage.readings, trail: [] };
    await move(5);
    stage.failing.set('trail', 'denied');
    await move(5);
    stage.failing.clear();
    await move(5);
    expect(stage.mails.map(({ subject }) => subject.replace(/^.*: /, ''))).toEqual([
      'problem with the CloudTrail trails',
      'could not check the CloudTrail trails',
      'the CloudTrail trails: checked again'.replace(/^.*: /, ''),
    ]);
  });

  it('keeps the states of subscriptions, and since when each is so', async () => {
    const { stage, world, move } = await running();
    const [first] = Object.values(required(stage.states).addresses);
    expect(first).toEqual({ state: 'confirmed', since: NOW });
    await move(5);
    expect(Object.values(required(stage.states).addresses)[0]).toEqual(first);
    stage.failing.set('subscriptions', 'denied');
    await move(5);
    expect(required(stage.states).checkedAt).toBe(plus(NOW, 5 * MINUTE));
    expect(world.account).toBe(ACCOUNT);
  });

  it('remembers the last key event and since when events wait through a run without an answer', async () => {
    const { stage, move } = await running();
    stage.readings = { ...stage.readings, 'key-events': { waiting: 1, handledAt: null } };
    await move(5);
    const { waitingSince } = required(stage.state);
    stage.failing.set('key-events', 'no-answer');
    await move(5);
    expect(stage.state).toMatchObject({ waitingSince, lastKeyEvent: null });
    expect(waitingSince).toBe(plus(NOW, 5 * MINUTE));
  });
});
