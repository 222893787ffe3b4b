/** Nine days with a hundred open cases, while alarms and holds come in between, alone and in bursts. */
import { expect, it } from 'vitest';
import { DAY, HOUR, type Instant, MINUTE, plus, secondsBetween } from '../../../functions/core/model/time.ts';
import { NEWER, NOW } from '../../fakes/cases.ts';
import {
  type Account,
  accountOf,
  byAddress,
  decide,
  expectPace,
  idOf,
  isDigest,
  keyOf,
  names,
} from './account.ts';
import type { SentMail } from './model.ts';

const OPEN = 100;

/** Users whose older key is off from the start, and whose kept key somebody deactivates: no active key is left. */
const SETTLED = range(OPEN, 12);

/** Users with a key from a creator whom nobody expects. */
const ALARMED = range(OPEN + SETTLED.length, 36);

/** The nine days begin after the settled users were decided. */
const START = 2 * DAY;
const NINE_DAYS = 9 * DAY;

/** Time from the start to the first daily digest, at 07:00. */
const MORNING = 14 * HOUR + 50 * MINUTE;

/** When the holds and alarms come, counted from the start, and how many. */
const COMING: readonly { readonly at: number; readonly held?: number; readonly alarmed?: number }[] = [
  { at: 2 * HOUR, alarmed: 1 },
  { at: DAY + 3 * HOUR, alarmed: 5 },
  { at: DAY + 3 * HOUR + 9 * MINUTE, alarmed: 5 },
  { at: DAY + 3 * HOUR + 20 * MINUTE, held: 1 },
  { at: 2 * DAY + 8 * HOUR, held: 5 },
  // A burst while the daily digest is written.
  { at: 3 * DAY + MORNING - 10, alarmed: 5 },
  { at: 4 * DAY + MORNING + 5 * MINUTE, alarmed: 2 },
  { at: 4 * DAY + MORNING + 8 * MINUTE, held: 1, alarmed: 1 },
  { at: 5 * DAY, alarmed: 1 },
  // Bursts until the end of a clock hour.
  { at: 6 * DAY, held: 5, alarmed: 5 },
  { at: 6 * DAY + 30 * MINUTE, alarmed: 5 },
  { at: 7 * DAY + 58 * MINUTE, alarmed: 5 },
  { at: 8 * DAY + 23 * HOUR, alarmed: 1 },
];

function range(from: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}

/** A digest with the hundred open cases is a daily one. One that has only urgent cases names a few. */
const isDaily = (mail: SentMail) => isDigest(mail) && /\b1\d\d IAM users wait/.test(mail.subject);
const isUrgentDigest = (mail: SentMail) => isDigest(mail) && !isDaily(mail);
const isUrgentMail = ({ subject }: SentMail) => subject.includes(': URGENT');

/** When an approver was told of this user's case, from a moment on. */
function toldAfter({ m }: Account, userId: string, by: string, from: Instant): Instant | null {
  const told = m.table.history
    .get(userId)
    ?.find(({ at, events }) => at >= from && events.some((one) => one.code === 'told' && one.by === by));
  return told?.at ?? null;
}

it('at most nine digests, urgent ones apart; all other mails are urgent, and everybody is told in time', async () => {
  const account = accountOf(
    OPEN + SETTLED.length + ALARMED.length,
    { trustedCreators: [], grace: 60 * DAY },
    60,
  );
  const { m } = account;
  const nameOf = (n: number) => names(n + 1)[n] ?? '';
  account.arrive(SETTLED.map(nameOf), { pool: true });
  await account.pass(HOUR);
  await decide(account, SETTLED);
  account.arrive(SETTLED.map(nameOf));
  await account.pass(START);
  const start = plus(NOW, START);
  const before = account.sent.length;
  account.arrive(range(0, OPEN).map(nameOf), { pool: true });

  const [held, alarmed] = [[...SETTLED], [...ALARMED]];
  const raised: { readonly n: number; readonly at: Instant }[] = [];
  for (const coming of COMING) {
    await account.pass(START + coming.at);
    const at = plus(NOW, START + coming.at);
    const toHold = held.splice(0, coming.held ?? 0);
    const toAlarm = alarmed.splice(0, coming.alarmed ?? 0);
    for (const n of toHold) {
      const kept = m.iam.users.get(idOf(n))?.keys.find(({ id }) => id === keyOf(NEWER, n));
      if (kept === undefined) {
        throw new Error('the kept key should be there');
      }
      kept.status = 'Inactive';
    }
    for (const n of toAlarm) {
      m.table.evidences.set(idOf(n), { [keyOf(NEWER, n)]: { createdBy: 'user/stranger', at } });
    }
    raised.push(...[...toHold, ...toAlarm].map((n) => ({ n, at })));
    account.arrive([...toHold, ...toAlarm].map(nameOf));
  }
  await account.pass(START + NINE_DAYS);

  const sent = account.sent.slice(before);
  expect(sent.every(({ at }) => at >= start)).toBe(true);
  expectPace(sent, 'urgent');
  expect(byAddress(sent)).toHaveLength(2);
  for (const mails of byAddress(sent)) {
    expect(mails.filter(isDaily).length).toBeLessThanOrEqual(9);
    const singly = mails.filter((mail) => !isDigest(mail));
    expect(singly.filter((mail) => !isUrgentMail(mail)).map(({ subject }) => subject)).toEqual([]);
    for (const { at } of singly) {
      const within = singly.filter((one) => one.at <= at && secondsBetween(one.at, at) < 10 * MINUTE);
      expect(within.length, `single mails in the ten minutes before ${at}`).toBeLessThanOrEqual(3);
    }
    const digests = mails.filter(isUrgentDigest);
    expect(digests.length).toBeGreaterThanOrEqual(6);
    for (const [index, { at }] of digests.slice(1).entries()) {
      expect(secondsBetween(digests[index]?.at ?? '', at)).toBeGreaterThanOrEqual(15 * MINUTE);
    }
  }
  const lateness = m.world.policy.approvers.flatMap(({ id }) => [
    ...raised.map(({ n, at }) => ({ n, at, told: toldAfter(account, idOf(n), id, at), most: 18 * MINUTE })),
    ...range(0, OPEN).map((n) => ({ n, at: start, told: toldAfter(account, idOf(n), id, start), most: DAY })),
  ]);
  expect(lateness.filter(({ at, told, most }) => told === null || secondsBetween(at, told) > most)).toEqual(
    [],
  );
  // Bursts that begin in a quiet quarter of an hour: the first three at once, the others within two minutes.
  const quiet = raised.filter(({ at }) =>
    raised.every((one) => one.at >= at || secondsBetween(one.at, at) > 20 * MINUTE),
  );
  expect(quiet.length).toBeGreaterThan(20);
  for (const { n, at } of quiet) {
    for (const { id } of m.world.policy.approvers) {
      expect(secondsBetween(at, toldAfter(account, idOf(n), id, at) ?? ''), `user-${n}`).toBeLessThanOrEqual(
        2 * MINUTE,
      );
    }
  }
}, 120_000);
