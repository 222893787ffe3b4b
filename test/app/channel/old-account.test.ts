import { describe, expect, it } from 'vitest';
import { addressMark } from '../../../functions/core/case/requests.ts';
import type { Policy } from '../../../functions/core/model/policy.ts';
import {
  DAY,
  HOUR,
  hourOf,
  type Instant,
  MINUTE,
  secondsBetween,
} from '../../../functions/core/model/time.ts';
import { twoKeys } from '../../fakes/acts.ts';
import { ACCOUNT, NEWER, NOW, POLICY } from '../../fakes/cases.ts';
import { channelModel, type SentMail } from './model.ts';

const names = (count: number) => Array.from({ length: count }, (_, n) => `user-${n}`);

const keyOf = (id: string, n: number) => `${id.slice(0, 16)}${String(n).padStart(4, '0')}`;

/** Users with two keys each, of which people have never heard. */
function oldAccount(count: number, policy: Partial<Policy>, latencyMs: number) {
  const model = channelModel(policy, latencyMs);
  for (const [n, userName] of names(count).entries()) {
    const keys = twoKeys().map((key) => ({ ...key, id: keyOf(key.id, n) }));
    const userId = `AIDA${String(n).padStart(17, '0')}`;
    model.m.iam.users.set(userId, { userId, userName, path: '/', tags: {}, keys });
  }
  return model;
}

/** The mails to each address, oldest first. */
function byAddress(sent: readonly SentMail[]): readonly (readonly SentMail[])[] {
  const addresses = [...new Set(sent.map(({ address }) => address))];
  return addresses.map((address) =>
    sent.filter((mail) => mail.address === address).sort((a, b) => (a.at < b.at ? -1 : 1)),
  );
}

const isDigest = ({ body }: SentMail) => body.includes('/l/');

/** The limits that no address may ever exceed. */
function expectPace(sent: readonly SentMail[], urgent: boolean): void {
  for (const mails of byAddress(sent)) {
    for (const [index, { at }] of mails.entries()) {
      const inSecond = mails.slice(index).filter((other) => secondsBetween(at, other.at) < 1);
      expect(inSecond.length, `mails within a second of ${at}`).toBeLessThanOrEqual(2);
    }
    for (const hour of new Set(mails.map(({ at }) => hourOf(at)))) {
      const inHour = mails.filter(({ at }) => hourOf(at) === hour);
      const single = inHour.filter((mail) => !isDigest(mail));
      expect(inHour.length, `mails in ${hour}`).toBeLessThanOrEqual(20);
      expect(urgent ? 0 : single.length, `ordinary mails in ${hour}`).toBeLessThanOrEqual(3);
    }
  }
}

/** When each approver was told of each case. */
function toldOf({ m }: ReturnType<typeof oldAccount>): readonly Instant[] {
  const people = m.world.policy.approvers.map(({ id }) => id);
  return [...m.table.history].flatMap(([userId, entries]) =>
    people.map((id) => {
      const told = entries.find(({ events }) => events.some(({ code, by }) => code === 'told' && by === id));
      expect(told, `${id} was told of ${userId}`).toBeDefined();
      return told?.at ?? '';
    }),
  );
}

describe.each([30, 60, 100])('with IAM at %i ms', (latencyMs) => {
  it.each([15, 60, 500])(
    'a survey that finds %i old violations is one digest for each approver',
    async (count) => {
      const model = oldAccount(count, {}, latencyMs);
      model.arrive(names(count), { pool: true });
      await model.pass(DAY);
      expectPace(model.sent, false);
      expect(toldOf(model).filter((at) => secondsBetween(NOW, at) > HOUR)).toEqual([]);
      expect(byAddress(model.sent).map((mails) => mails.filter((mail) => !isDigest(mail)).length)).toEqual([
        0, 0,
      ]);
      expect(byAddress(model.sent).map((mails) => mails.length)).toEqual([1, 1]);
      const [first] = model.sent;
      expect(first?.subject).toBe(`[Solekey] prod-payments: ${count} IAM users wait for your decision`);
      expect(first?.body.match(/^- user-/gm)).toHaveLength(Math.min(20, count));
      expect(first?.body.includes(`and ${count - 20} more`)).toBe(count > 20);
    },
  );
});

it.each([15, 60])('%i events at once: three mails, then a digest', async (count) => {
  const model = oldAccount(count, {}, 60);
  model.arrive(names(count));
  await model.pass(DAY);
  expectPace(model.sent, false);
  expect(toldOf(model).filter((at) => secondsBetween(NOW, at) > HOUR)).toEqual([]);
  for (const mails of byAddress(model.sent)) {
    expect(mails.filter((mail) => !isDigest(mail))).toHaveLength(3);
    expect(mails.filter(isDigest)).toHaveLength(1);
  }
});

it('two approvers with one address share its pace, and one digest tells both', async () => {
  const [one] = POLICY.approvers;
  const approvers = [
    { id: 'sec-lead', name: 'Security lead', email: one?.email ?? '' },
    { id: 'deputy', name: 'Deputy', email: one?.email ?? '' },
  ];
  const model = oldAccount(60, { approvers }, 60);
  model.arrive(names(60));
  await model.pass(DAY);
  expectPace(model.sent, false);
  expect(toldOf(model)).toHaveLength(120);
  expect(model.sent.filter(isDigest)).toHaveLength(1);
});

it.each([15, 60])('%i urgent ones at once: three singly, the rest in urgent digests', async (count) => {
  // Nobody is expected to create keys, so every one of these is an alarm.
  const model = oldAccount(count, { trustedCreators: [] }, 60);
  for (const [n] of names(count).entries()) {
    const keyId = keyOf(NEWER, n);
    model.m.table.evidences.set(`AIDA${String(n).padStart(17, '0')}`, {
      [keyId]: { createdBy: 'user/stranger', at: NOW },
    });
  }
  model.arrive(names(count));
  await model.pass(2 * HOUR);
  expectPace(model.sent, true);
  expect(toldOf(model).filter((at) => secondsBetween(NOW, at) > HOUR)).toEqual([]);
  for (const mails of byAddress(model.sent)) {
    const single = mails.filter((mail) => !isDigest(mail));
    const digests = mails.filter(isDigest);
    expect(single).toHaveLength(3);
    expect(single.every(({ subject }) => subject.startsWith('[Solekey] Urgent'))).toBe(true);
    expect(secondsBetween(NOW, digests[0]?.at ?? '')).toBeLessThanOrEqual(2 * MINUTE + 60);
    for (const [index, { at }] of digests.entries()) {
      expect(index === 0 ? true : secondsBetween(digests[index - 1]?.at ?? '', at) >= 15 * MINUTE).toBe(true);
    }
  }
});

it('nine days with a hundred open cases: at most nine digests for each approver, and no other mail', async () => {
  const model = oldAccount(100, {}, 60);
  model.arrive(names(100), { pool: true });
  await model.pass(9 * DAY);
  expectPace(model.sent, false);
  for (const mails of byAddress(model.sent)) {
    expect(mails.every(isDigest)).toBe(true);
    expect(mails.length).toBeLessThanOrEqual(9);
    // The first, and the one that reminds after three days; the next reminder comes six days later.
    expect(mails.length).toBeGreaterThanOrEqual(2);
  }
});

it('observed only: one digest at once, then one a week', async () => {
  const model = oldAccount(40, { mode: 'observe' }, 60);
  model.arrive(names(40), { pool: true });
  await model.pass(22 * DAY);
  expectPace(model.sent, false);
  for (const mails of byAddress(model.sent)) {
    expect(mails.map(({ at }) => Math.round(secondsBetween(NOW, at) / DAY))).toEqual([0, 7, 14, 21]);
    expect(mails[0]?.body).toContain('nothing can be decided here');
  }
});

it('a mail costs one call of the table, and one that must wait none', async () => {
  const model = oldAccount(60, {}, 60);
  model.arrive(names(60), { pool: true });
  await model.pass(HOUR);
  const { written, stored } = model.m.table.paces;
  expect([...stored.keys()].sort()).toEqual(POLICY.approvers.map(({ email }) => addressMark(email)).sort());
  // Each address: the first request for a digest, then take, send, and put away.
  expect(written).toBeLessThanOrEqual(2 * 4);
  expect(model.sent).toHaveLength(2);
  expect(ACCOUNT).toBe(model.m.caseOf('AIDA00000000000000000')?.account);
});
