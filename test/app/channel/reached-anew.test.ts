/** What an address gets that mails did not reach, once they do; and what everybody gets once keys are changed. */
import { describe, expect, it } from 'vitest';
import { addressMark } from '../../../functions/core/case/requests.ts';
import type { SubscriptionState } from '../../../functions/core/health/subscriptions.ts';
import { DAY, HOUR, type Instant, MINUTE, plus, secondsBetween } from '../../../functions/core/model/time.ts';
import { NOW, POLICY } from '../../fakes/cases.ts';
import { type Account, accountOf, byAddress, expectPace, isDigest, names } from './account.ts';

const [LEAD = '', PLATFORM = ''] = POLICY.approvers.map(({ email }) => addressMark(email));

/** Health finds the platform lead's address in this state from now on, and that of the security lead always confirmed. */
function finds({ m }: Account, state: SubscriptionState, since: Instant): void {
  const addresses = {
    [LEAD]: { state: 'confirmed', since: plus(NOW, -30 * DAY) },
    [PLATFORM]: { state, since },
  } as const;
  // It goes on checking for as long as the test takes.
  m.table.state.subscriptions = { checkedAt: plus(NOW, 60 * DAY), addresses };
}

const to = ({ sent }: Account, address: string) => sent.filter((mail) => mail.address === address);
const hoursOf = (account: Account, address: string) =>
  to(account, address).map(({ at }) => Math.round((secondsBetween(NOW, at) / HOUR) * 10) / 10);

describe('an address that is confirmed after its first digest', () => {
  it.each(['enforce', 'observe'] as const)('(%s) gets another one within ten minutes, once', async (mode) => {
    const account = accountOf(30, { mode }, 60);
    finds(account, 'pending', NOW);
    account.arrive(names(30), { pool: true });
    await account.pass(3 * HOUR);
    finds(account, 'confirmed', account.now());
    await account.pass(2 * DAY);
    expectPace(account.sent, 'ordinary');
    expect(to(account, LEAD)).toHaveLength(1);
    const [first, second, ...more] = to(account, PLATFORM);
    expect(secondsBetween(plus(NOW, 3 * HOUR), second?.at ?? '')).toBeLessThanOrEqual(10 * MINUTE);
    expect(second?.subject).toBe(first?.subject);
    expect(more).toEqual([]);
  });

  it('gets the questions that were mailed one by one while it was not reached', async () => {
    const account = accountOf(2, {}, 60);
    finds(account, 'missing', NOW);
    account.arrive(names(2));
    await account.pass(HOUR);
    expect(account.sent.filter(isDigest)).toEqual([]);
    finds(account, 'unprotected', account.now());
    await account.pass(2 * HOUR);
    expect(to(account, LEAD)).toHaveLength(2);
    expect(
      to(account, PLATFORM)
        .filter(isDigest)
        .map(({ subject }) => subject),
    ).toEqual(['[Solekey] prod-payments: 2 IAM users wait for your decision']);
  });

  it('gets one if it belongs to an approver who was never mailed', async () => {
    const account = accountOf(5, {}, 60);
    account.m.table.state.control = { pauses: [], revoked: ['platform-lead'] };
    finds(account, 'missing', NOW);
    account.arrive(names(5), { pool: true });
    await account.pass(2 * DAY);
    expect(to(account, PLATFORM)).toEqual([]);
    account.m.table.state.control = { pauses: [], revoked: [] };
    finds(account, 'confirmed', account.now());
    await account.pass(2 * DAY + 10 * MINUTE);
    expect(to(account, PLATFORM).map(({ subject }) => subject)).toEqual([
      '[Solekey] prod-payments: 5 IAM users wait for your decision',
    ]);
  });

  it('gets nothing while nothing is open, and one digest of the survey that follows', async () => {
    const account = accountOf(60, {}, 60);
    finds(account, 'confirmed', NOW);
    await account.pass(HOUR);
    expect(account.sent).toEqual([]);
    account.arrive(names(60), { pool: true });
    await account.pass(DAY);
    expect(byAddress(account.sent).map((mails) => mails.length)).toEqual([1, 1]);
    expect(account.sent.map(({ subject }) => subject.includes('60 IAM users'))).toEqual([true, true]);
  });

  it('does not cut the first digest short that a survey is still filling', async () => {
    const account = accountOf(60, {}, 60);
    finds(account, 'pending', NOW);
    account.arrive(names(60), { pool: true });
    await account.pass(4 * MINUTE);
    finds(account, 'confirmed', account.now());
    await account.pass(HOUR);
    expect(hoursOf(account, PLATFORM)).toEqual(hoursOf(account, LEAD));
  });

  it('gets one more a day at most, however often the subscription comes and goes', async () => {
    const account = accountOf(10, {}, 60);
    finds(account, 'pending', NOW);
    account.arrive(names(10), { pool: true });
    await account.pass(30 * MINUTE);
    for (let minutes = 40; minutes < 5 * 24 * 60; minutes += 20) {
      finds(account, minutes % 40 === 0 ? 'confirmed' : 'pending', account.now());
      await account.pass(minutes * MINUTE);
    }
    const own = to(account, PLATFORM).map(({ at }) => at);
    // The first, the one that reminds after three days, and one a day.
    expect(own.length).toBeLessThanOrEqual(2 + 5);
    expect(own.length).toBeGreaterThanOrEqual(2 + 4);
    expect(to(account, LEAD)).toHaveLength(2);
  });
});

describe('once keys are changed', () => {
  const observed = async () => {
    const account = accountOf(40, { mode: 'observe' }, 60);
    account.arrive(names(40), { pool: true });
    await account.pass(DAY);
    expect(byAddress(account.sent).map((mails) => mails.length)).toEqual([1, 1]);
    return account;
  };

  it('the next digest asks what was only shown before, and then the week goes on', async () => {
    const account = await observed();
    account.deploy({ mode: 'enforce' });
    await account.pass(2 * DAY);
    const again = account.sent.slice(2);
    expect(again.map(({ at }) => at.slice(0, 16))).toEqual(['2026-11-25T07:00', '2026-11-25T07:00']);
    for (const { subject, body } of again) {
      expect(subject).toBe('[Solekey] prod-payments: 40 IAM users wait for your decision');
      expect(body).toContain('Decide here');
    }
    await account.pass(2 * DAY + 12 * HOUR);
    expect(account.sent).toHaveLength(4);
  });

  it('of some users only, the next digest asks if one of them is among the open cases', async () => {
    const account = await observed();
    account.deploy({ mode: { only: { tag: null, users: ['nobody'] } } });
    await account.pass(2 * DAY);
    expect(account.sent).toHaveLength(2);
    account.deploy({ mode: { only: { tag: null, users: ['user-7'] } } });
    await account.pass(3 * DAY);
    const again = account.sent.slice(2);
    // Whoever joins them is also mailed about by itself.
    expect(again.filter((mail) => !isDigest(mail)).every(({ subject }) => subject.includes('user-7'))).toBe(
      true,
    );
    expect(again.filter(isDigest).map(({ at }) => at.slice(0, 10))).toEqual(['2026-11-26', '2026-11-26']);
  });
});
