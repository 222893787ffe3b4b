import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, secondsBetween } from '../../../functions/core/model/time.ts';
import { atDepth } from '../../depth.ts';
import { NOW, POLICY } from '../../fakes/cases.ts';
import {
  type Account,
  accountOf,
  alarmedAccount,
  byAddress,
  expectPace,
  isDigest,
  names,
  slowest,
} from './account.ts';

const URGENT_DIGESTS = 15 * MINUTE;

/** Two of three approvers share an address. */
const SHARED: Partial<Policy> = {
  approvers: [
    ...POLICY.approvers,
    { id: 'deputy', name: 'Deputy', email: POLICY.approvers.at(-1)?.email ?? '' },
  ],
};

/** The limits, three mails one by one to each address, and then one digest with everything else. */
function expectThreeAndDigest(account: Account): void {
  expectPace(account.sent, 'ordinary');
  expect(slowest(account)).toBeLessThanOrEqual(HOUR);
  expect(byAddress(account.sent)).toHaveLength(2);
  for (const mails of byAddress(account.sent)) {
    expect(mails.map(isDigest)).toEqual([false, false, false, true]);
  }
}

/** Three urgent mails one by one, and everything else in digests: the first soon, then one every 15 minutes. */
function expectUrgentDigests(account: Account): void {
  expectPace(account.sent, 'urgent');
  expect(slowest(account)).toBeLessThanOrEqual(HOUR);
  for (const mails of byAddress(account.sent)) {
    const singly = mails.filter((mail) => !isDigest(mail));
    const [first, ...digests] = mails.filter(isDigest).map(({ at }) => at);
    expect(singly.map(({ subject }) => subject.includes(': URGENT'))).toEqual([true, true, true]);
    const fourth = singly.at(-1)?.at ?? '';
    expect(secondsBetween(fourth, first ?? '')).toBeLessThanOrEqual(2 * MINUTE);
    let before = first ?? '';
    for (const at of digests) {
      expect(secondsBetween(before, at)).toBeGreaterThanOrEqual(URGENT_DIGESTS);
      before = at;
    }
  }
}

/** Five hundred take long, so `npm test` plays them with one speed of IAM alone. */
const counts = (latencyMs: number) => [
  15,
  60,
  ...(atDepth({ sample: latencyMs === 60, share: true, all: true }) ? [500] : []),
];

describe.each([30, 60, 100])('with IAM at %i ms, and one address for two of three approvers', (latencyMs) => {
  it.each(counts(latencyMs))('%i events at once: three mails, then a digest', async (count) => {
    const account = accountOf(count, SHARED, latencyMs);
    account.arrive(names(count));
    await account.pass(HOUR);
    expectThreeAndDigest(account);
  });

  it.each(counts(latencyMs))(
    '%i urgent ones at once: three singly, the rest in urgent digests',
    async (count) => {
      const account = alarmedAccount(count, SHARED, latencyMs);
      account.arrive(names(count));
      await account.pass(HOUR);
      expectUrgentDigests(account);
    },
  );
});

it('the day after 60 events, and 60 urgent ones, is silent', async () => {
  for (const make of [accountOf, alarmedAccount]) {
    const account = make(60, {}, 60);
    account.arrive(names(60));
    await account.pass(HOUR);
    const before = account.sent.length;
    await account.pass(DAY);
    expect(account.sent.length).toBe(before);
    expect(secondsBetween(NOW, account.now())).toBeGreaterThan(20 * HOUR);
  }
});
