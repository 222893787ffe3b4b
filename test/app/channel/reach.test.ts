import { describe, expect, it } from 'vitest';
import { tellReach } from '../../../functions/app/survey/tell-reach.ts';
import { addressMark } from '../../../functions/core/case/requests.ts';
import type { SubscriptionState } from '../../../functions/core/health/subscriptions.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { intoGrace, later, passing, scene, worldWith } from '../../fakes/acts.ts';
import { ACCOUNT, NOW, OLDER, POLICY } from '../../fakes/cases.ts';
import { withConfig } from '../../fakes/rule.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

const LONG_AGO = plus(NOW, -30 * DAY);

/** Health finds these states from now on, and goes on checking with every hour that passes. */
function health(m: MemoryWorld) {
  const states: Record<string, SubscriptionState> = { 'sec-lead': 'confirmed', 'platform-lead': 'confirmed' };
  const since: Record<string, string> = {};
  const check = () => {
    const addresses = Object.fromEntries(
      POLICY.approvers.map(({ id, email }) => [
        addressMark(email),
        { state: states[id] ?? 'missing', since: since[id] ?? LONG_AGO },
      ]),
    );
    m.table.state.subscriptions = { checkedAt: m.clock.now(), addresses };
  };
  check();
  m.clock.watchers.push({ before: () => undefined, after: check });
  return {
    becomes(id: string, state: SubscriptionState): void {
      states[id] = state;
      since[id] = m.clock.now();
      check();
    },
  };
}

const isThere = (m: MemoryWorld) =>
  [...m.iam.users.values()].some(({ keys }) => keys.some(({ id }) => id === OLDER));
const announcements = (m: MemoryWorld) =>
  m.mails.filter(({ subject }) => subject.includes('will be deleted'));

describe('a subscription that is lost after the decision', () => {
  it('stops nothing while another approver who was told is reached', async () => {
    const { m } = worldWith();
    const channel = health(m);
    await intoGrace(m);
    await passing(m, 6 * DAY + 2 * HOUR);
    expect(announcements(m)).toHaveLength(2);
    channel.becomes('platform-lead', 'missing');
    await passing(m, 2 * DAY);
    expect(isThere(m)).toBe(false);
  });

  it('stops the deletion if nobody else is reached; confirmed again, it is announced anew and goes on', async () => {
    const { m } = worldWith();
    const channel = health(m);
    await intoGrace(m);
    await passing(m, 6 * DAY + 2 * HOUR);
    channel.becomes('sec-lead', 'pending');
    channel.becomes('platform-lead', 'missing');
    await passing(m, 5 * DAY);
    expect(isThere(m)).toBe(true);
    expect(announcements(m)).toHaveLength(2);
    channel.becomes('sec-lead', 'confirmed');
    await passing(m, 2 * HOUR);
    expect(announcements(m).length).toBeGreaterThan(2);
    expect(isThere(m)).toBe(true);
    await passing(m, 2 * DAY);
    expect(isThere(m)).toBe(false);
    expect(scene(m)).toContain('closed(remediated)');
  });

  it('has AWS Config show the account NON_COMPLIANT, and COMPLIANT again when somebody is confirmed', async () => {
    const { m } = worldWith();
    const channel = health(m);
    const { run, world, ofAccount } = withConfig(m);
    await intoGrace(m);
    await passing(m, 6 * DAY + 2 * HOUR);
    await run();
    expect(ofAccount()).toMatchObject({ compliance: 'COMPLIANT' });
    /** Two hours with their surveys; the rule runs only if that is asked for. */
    const shownLater = async () => {
      m.asked.length = 0;
      for (let hour = 0; hour < 2; hour += 1) {
        await passing(m, HOUR);
        await tellReach({ ...world, refreshes: m.world.refreshes }, ACCOUNT);
      }
      if (m.asked.length > 0) {
        await run();
      }
      return ofAccount();
    };
    channel.becomes('platform-lead', 'missing');
    expect(await shownLater()).toMatchObject({ compliance: 'COMPLIANT' });
    expect(m.asked).toEqual([]);
    channel.becomes('sec-lead', 'pending');
    expect(await shownLater()).toMatchObject({
      compliance: 'NON_COMPLIANT',
      annotation: expect.stringMatching(/^Mail reaches no approver: .* no key is deleted\./),
    });
    await passing(m, 3 * DAY);
    expect(isThere(m)).toBe(true);
    channel.becomes('sec-lead', 'confirmed');
    expect(await shownLater()).toMatchObject({ compliance: 'COMPLIANT', annotation: null });
  });

  it('counts as lost while health does not check', async () => {
    const { m } = worldWith();
    health(m);
    await intoGrace(m);
    await passing(m, 6 * DAY + 2 * HOUR);
    m.clock.watchers.pop();
    m.clock.move(46 * MINUTE);
    await passing(m, 3 * DAY);
    expect(isThere(m)).toBe(true);
  });

  it('an unprotected address is reached', async () => {
    const { m } = worldWith();
    const channel = health(m);
    channel.becomes('sec-lead', 'unprotected');
    channel.becomes('platform-lead', 'missing');
    await intoGrace(m);
    await later(m, HOUR);
    await passing(m, 8 * DAY);
    expect(isThere(m)).toBe(false);
  });
});
