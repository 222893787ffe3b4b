import { expect } from 'vitest';
import { questionDigest } from '../../../functions/core/case/facts.ts';
import type { Policy } from '../../../functions/core/model/policy.ts';
import { hourOf, type Instant, secondsBetween } from '../../../functions/core/model/time.ts';
import { twoKeys } from '../../fakes/acts.ts';
import { ACCOUNT, aClaim, NEWER, NOW, OLDER } from '../../fakes/cases.ts';
import { channelModel, type SentMail } from './model.ts';

export type Account = ReturnType<typeof accountOf>;

/** The names of so many users. */
export const names = (count: number) => Array.from({ length: count }, (_, n) => `user-${n}`);

/** The id of the user with this number. */
export const idOf = (n: number) => `AIDA${String(n).padStart(17, '0')}`;

/** The id of a key of the user with this number, made from that of a key in other tests. */
export const keyOf = (id: string, n: number) => `${id.slice(0, 16)}${String(n).padStart(4, '0')}`;

/** An account in which so many users have two keys each, of which people have never heard. */
export function accountOf(count: number, policy: Partial<Policy>, latencyMs: number) {
  const model = channelModel(policy, latencyMs);
  for (const [n, userName] of names(count).entries()) {
    const keys = twoKeys().map((key) => ({ ...key, id: keyOf(key.id, n) }));
    model.m.iam.users.set(idOf(n), { userId: idOf(n), userName, path: '/', tags: {}, keys });
  }
  return model;
}

/** An account in which nobody is expected to create keys, so every one of these users is an alarm. */
export function alarmedAccount(count: number, policy: Partial<Policy>, latencyMs: number) {
  const model = accountOf(count, { ...policy, trustedCreators: [] }, latencyMs);
  for (let n = 0; n < count; n += 1) {
    model.m.table.evidences.set(idOf(n), { [keyOf(NEWER, n)]: { createdBy: 'user/stranger', at: NOW } });
  }
  return model;
}

/** The first approver decides about the users with these numbers in one sitting: the older key goes. */
export async function decide(account: Account, numbers: readonly number[]): Promise<void> {
  const { m } = account;
  for (const n of numbers) {
    const current = m.caseOf(idOf(n));
    if (current === null) {
      throw new Error('everybody should have a case');
    }
    const token = await m.links.mint(aClaim({ userId: idOf(n), caseNumber: 1 }));
    const digest = questionDigest(current, m.world.policy);
    const ask = { kind: 'keep' as const, keep: keyOf(NEWER, n), off: [keyOf(OLDER, n)], acknowledged: [] };
    const request = m.links.seal(token, { digest, at: account.now(), ask });
    await m.table.approvals.record(ACCOUNT, idOf(n), request);
  }
}

/** The mails to each address, oldest first. */
export function byAddress(sent: readonly SentMail[]): readonly (readonly SentMail[])[] {
  const addresses = [...new Set(sent.map(({ address }) => address))];
  return addresses.map((address) =>
    sent.filter((mail) => mail.address === address).sort((a, b) => (a.at < b.at ? -1 : 1)),
  );
}

export const isDigest = ({ body }: SentMail) => body.includes('/l/');

/** The limits that no address may ever exceed; of ordinary mails in an hour, unless all are urgent. */
export function expectPace(sent: readonly SentMail[], kind: 'ordinary' | 'urgent'): void {
  for (const mails of byAddress(sent)) {
    for (const [index, { at }] of mails.entries()) {
      const next = mails[index + 2];
      const apart = next === undefined ? 1 : secondsBetween(at, next.at);
      expect(apart, `three mails within a second of ${at}`).toBeGreaterThanOrEqual(1);
    }
    for (const hour of new Set(mails.map(({ at }) => hourOf(at)))) {
      const inHour = mails.filter(({ at }) => hourOf(at) === hour);
      const single = inHour.filter((mail) => !isDigest(mail));
      expect(inHour.length, `mails in ${hour}`).toBeLessThanOrEqual(20);
      expect(kind === 'urgent' ? 0 : single.length, `ordinary mails in ${hour}`).toBeLessThanOrEqual(3);
    }
  }
}

/** When each approver was told of each user's case. Fails if anybody was not. */
export function toldOf({ m }: Account): readonly Instant[] {
  const people = m.world.policy.approvers.map(({ id }) => id);
  return [...m.iam.users.keys()].flatMap((userId) =>
    people.map((id) => {
      const told = m.table.history
        .get(userId)
        ?.find(({ events }) => events.some(({ code, by }) => code === 'told' && by === id));
      expect(told, `${id} was told of ${userId}`).toBeDefined();
      return told?.at ?? '';
    }),
  );
}

/** The longest time after which somebody was told of a case, in seconds. */
export const slowest = (account: Account): number =>
  Math.max(...toldOf(account).map((at) => secondsBetween(NOW, at)));
