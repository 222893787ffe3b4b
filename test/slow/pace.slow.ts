import { afterEach, describe, expect, it } from 'vitest';
import type { Case } from '../../functions/core/case/case.ts';
import { PACE_TERMS } from '../../functions/core/channel/pace-terms.ts';
import { type Launched, launchWorld } from '../../sandbox/launch/launch.ts';
import { NO_PACE, type Pace } from '../../sandbox/launch/pace.ts';
import { SHORT_SETTINGS } from '../../sandbox/launch/settings.ts';
import type { EmailSubscription } from '../../sandbox/world/sns.ts';
import { eventually, Stack, type Violator } from '../e2e/stack.ts';

const ADDRESS = 'security@example.com';
/** Several roles of one person: each is mailed, to the same address. */
const ROLES = ['lead', 'deputy', 'on-call', 'auditor'];
const USERS = 25;

describe(`${USERS} violations at once, for an address with ${ROLES.length} approvers`, () => {
  let launched: Launched | undefined;
  afterEach(() => launched?.stop());

  /** The address's subscription once every case's notices were mailed or wait for a digest. */
  async function outcomeWith(pace: Pace): Promise<EmailSubscription> {
    launched = await launchWorld({
      say: () => undefined,
      pace,
      settings: {
        ...SHORT_SETTINGS,
        approvers: ROLES.map((id) => ({ id, name: id, email: ADDRESS })),
        notifyAfter: 'PT0S',
        rotationWindow: 'PT0S',
      },
    });
    const stack = new Stack(launched);
    const records: Violator['record'][] = [];
    for (let index = 1; index <= USERS; index += 1) {
      records.push((await stack.violator(`at-once-${index}`, 'unheard')).record);
    }
    for (const record of records) {
      launched.world.gateway.trail.deliver(record);
    }
    const cases = async () =>
      (await stack.everything()).flatMap(({ sk, case: current }) =>
        sk === 'CASE' ? [current as Pick<Case, 'owed'>] : [],
      );
    const unsent = (seen: Awaited<ReturnType<typeof cases>>) =>
      seen.flatMap(({ owed }) => owed.filter(({ pooled }) => pooled === undefined));
    await eventually(cases, (seen) => seen.length === USERS && unsent(seen).length === 0, 240_000);
    return launched.sns.of(ADDRESS, stack.output('MailTopicArn'));
  }

  it('without a pace SNS cuts the address off, and mails are lost while Publish accepts them', async () => {
    const { state, cutOff, lost, mostInASecond } = await outcomeWith(NO_PACE);
    expect({ state, cutOff }).toEqual({ state: 'pending', cutOff: true });
    expect(mostInASecond).toBeGreaterThan(10);
    expect(lost).toBeGreaterThan(0);
  });

  it('with the pace of AWS nothing is lost: three mails, and the rest waits for a digest', async () => {
    const { state, lost, mostInASecond, byHour } = await outcomeWith(PACE_TERMS);
    expect({ state, lost }).toEqual({ state: 'confirmed', lost: 0 });
    expect(mostInASecond).toBeLessThanOrEqual(2);
    for (const count of Object.values(byHour)) {
      expect(count).toBeLessThanOrEqual(3);
    }
  });
});
