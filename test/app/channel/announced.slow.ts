/** Many deletions are announced at once, and each key must be named before it is deleted (S13). */
import { expect, it } from 'vitest';
import { addressMark } from '../../../functions/core/case/requests.ts';
import {
  DAY,
  HOUR,
  hourOf,
  type Instant,
  MINUTE,
  secondsBetween,
} from '../../../functions/core/model/time.ts';
import { NOW, POLICY } from '../../fakes/cases.ts';
import { type Account, accountOf, decide, expectPace, idOf, names } from './account.ts';

const COUNT = 300;
const GRACE = 2 * DAY;

/** When somebody first got a mail that named the key of this user as one that will be deleted. */
function namedAt({ sent }: Account, n: number): Instant {
  const lines = [`of user-${n}, on `, `of IAM user user-${n} in prod-payments permanently`];
  return sent.find(({ body }) => lines.some((line) => body.includes(line)))?.at ?? '';
}

/** When the deletion of the key of this user was written. */
function deletedAt({ m }: Account, n: number): Instant {
  const entry = m.table.history
    .get(idOf(n))
    ?.find(({ events }) => events.some(({ code }) => code === 'deleted'));
  return entry?.at ?? '';
}

it('300 announced deletions: each is named a day before, though each part fails once and an address is full', async () => {
  const account = accountOf(COUNT, { grace: GRACE }, 60);
  account.arrive(names(COUNT), { pool: true });
  await account.pass(HOUR);
  await decide(account, [...Array(COUNT).keys()]);
  account.arrive(names(COUNT));
  const morning = '2026-11-25T07:00:00.000Z';
  await account.pass(secondsBetween(NOW, morning) - MINUTE);
  const [lead, platform] = POLICY.approvers.map(({ email }) => addressMark(email));

  // SNS is away for one address at the first, the second, and the last part; the other may get one mail in this hour.
  const failing = ['(1 of 3)', '(2 of 3)', '(2 of 2)'];
  account.sns.refuses = ({ address, subject }) => {
    const at = failing.findIndex((part) => address === lead && subject.endsWith(part));
    return failing.splice(at, at < 0 ? 0 : 1).length > 0;
  };
  const stored = account.m.table.paces.stored.get(platform ?? '');
  if (stored === undefined || platform === undefined) {
    throw new Error('the address should have a pace');
  }
  const almostFull = { ...stored.pace, hour: hourOf(morning), used: 19 };
  account.m.table.paces.stored.set(platform, { ...stored, pace: almostFull });
  await account.pass(secondsBetween(NOW, morning) + 2 * HOUR);
  expect([account.failed(), failing]).toEqual([3, []]);
  const mornings = account.sent.filter(({ at }) => at > morning);
  const ofLead = mornings.filter(({ address }) => address === lead);
  expect(ofLead.map(({ subject }) => /\((.*)\)/.exec(subject)?.[1])).toEqual(['1 of 3', '1 of 2', undefined]);
  const ofPlatform = mornings.filter(({ address }) => address === platform);
  expect(ofPlatform.map(({ at }) => hourOf(at).slice(-2))).toEqual(['07', '08', '08']);

  await account.pass(4 * DAY);
  expectPace(account.sent, 'ordinary');
  for (let n = 0; n < COUNT; n += 1) {
    const [named, deleted] = [namedAt(account, n), deletedAt(account, n)];
    expect(secondsBetween(named, deleted), `user-${n}`).toBeGreaterThanOrEqual(DAY);
    // The grace period and the announcement together: nobody's deletion is forgotten.
    expect(secondsBetween(NOW, deleted), `user-${n}`).toBeLessThanOrEqual(4 * DAY);
  }
}, 180_000);
