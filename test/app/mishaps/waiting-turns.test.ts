/** Decisions that Solekey itself makes wait: for the next hour's budget, or for the end of a pause. */
import { describe, expect, it } from 'vitest';
import { questionDigest } from '../../../functions/core/case/facts.ts';
import { paused, resumed } from '../../../functions/core/model/control.ts';
import { DAY, HOUR, MINUTE } from '../../../functions/core/model/time.ts';
import {
  decide,
  intoGrace,
  intoQuestion,
  later,
  NAME,
  passing,
  scene,
  trueKey,
  twoKeys,
  worldWith,
} from '../../fakes/acts.ts';
import { ACCOUNT, aClaim, NEWER, NOW, OLDER, POLICY, THIRD, USER_ID, used } from '../../fakes/cases.ts';
import { type MemoryWorld, memoryWorld } from '../../fakes/world.ts';

/** So many users with two keys each, and everybody is told of them. */
async function manyUsers(count: number, more: Partial<typeof POLICY>): Promise<MemoryWorld> {
  const m = memoryWorld({ ...POLICY, ...more });
  for (let n = 10; n < 10 + count; n += 1) {
    const keys = [
      { ...trueKey(`AKIAIOSFODNN7EXAMP${n}`, 21, 2) },
      { ...trueKey(`AKIAI44QH8DHBEX13Q${n}`, 600, 43) },
    ];
    m.iam.users.set(`AIDAMANYUSERS${n}`, {
      userId: `AIDAMANYUSERS${n}`,
      userName: `user-${n}`,
      path: '/',
      tags: {},
      keys,
    });
    await m.wake(`user-${n}`);
  }
  await later(m, MINUTE);
  return m;
}

/** One approver decides about one user after the other, a minute each, from the last to the first. */
async function decidesAll(m: MemoryWorld): Promise<string[]> {
  const order: string[] = [];
  for (const { userId, keys } of [...m.iam.users.values()].reverse()) {
    const current = m.caseOf(userId);
    const [keep, off] = keys.map(({ id }) => id);
    if (current === null || keep === undefined || off === undefined) {
      throw new Error('everybody should have a case');
    }
    const token = await m.links.mint(aClaim({ userId, caseNumber: 1 }));
    const digest = questionDigest(current, m.world.policy);
    const ask = { kind: 'keep' as const, keep, off: [off], acknowledged: [] };
    await m.table.approvals.record(ACCOUNT, userId, m.links.seal(token, { digest, at: m.clock.now(), ask }));
    await m.wake(m.iam.users.get(userId)?.userName ?? '');
    order.push(userId);
    m.clock.move(MINUTE);
  }
  return order;
}

describe('many users decided about in one sitting, at one change an hour', () => {
  it('each gets its turn, however long after its validity, the oldest decision first', async () => {
    const m = await manyUsers(30, { changesPerHour: 1, decisionValid: 12 * HOUR, grace: 90 * DAY });
    const done: string[] = [];
    m.iam.watchers.push((_write, user) => {
      done.push(user?.userId ?? '');
    });
    const order = await decidesAll(m);
    await passing(m, 31 * HOUR);
    expect(done).toEqual(order);
    const asked = [...m.table.rows.values()].filter(({ case: { askedAgain } }) => askedAgain !== null);
    expect(asked).toEqual([]);
  });

  it('but not after thirty days more', async () => {
    const m = await manyUsers(2, { changesPerHour: 0, decisionValid: 12 * HOUR });
    await decidesAll(m);
    await passing(m, 30 * DAY, DAY);
    const phases = () => [...m.table.rows.values()].map(({ case: { phase } }) => phase);
    expect(phases()).toEqual(['approved', 'approved']);
    await passing(m, DAY);
    expect(phases()).toEqual(['awaiting-decision', 'awaiting-decision']);
  });

  it('the keys of one decision wait for several hours, and that counts together', async () => {
    const keys = [...twoKeys(), trueKey(THIRD, 300, 100)];
    const { m, user } = worldWith(keys, { changesPerHour: 1, decisionValid: 2 * HOUR });
    await intoQuestion(m);
    m.table.spent.set(m.clock.now().slice(0, 13), 1);
    for (let n = 17; n < 22; n += 1) {
      m.table.spent.set(`2026-11-23T${n}`, 1);
    }
    await decide(m, 'sec-lead', NEWER);
    await m.sweep();
    await passing(m, 6 * HOUR);
    expect(user.keys.map(({ status }) => status).filter((status) => status === 'Inactive')).toHaveLength(1);
    for (let n = 0; n < 5; n += 1) {
      m.table.spent.set(`2026-11-${n < 1 ? '23T23' : `24T0${n - 1}`}`, 1);
    }
    await passing(m, 7 * HOUR);
    expect(user.keys.map(({ status }) => status)).toEqual(['Active', 'Inactive', 'Inactive']);
  });
});

describe('a pause', () => {
  it('does not use up the validity of a decision, and what was used since is asked about', async () => {
    const { m, user } = worldWith();
    await intoQuestion(m);
    m.table.state.control = paused(m.table.state.control, m.clock.now());
    await decide(m, 'sec-lead', NEWER);
    await m.sweep();
    await passing(m, 20 * DAY, DAY);
    m.table.state.control = resumed(m.table.state.control, m.clock.now());
    await passing(m, HOUR);
    expect(scene(m)).toContain('MPLE Active, 3QXK Inactive');
    expect(user.keys).toHaveLength(2);
  });

  it('S6 is judged afresh: a key used while the decision waited is not deactivated', async () => {
    const { m, user } = worldWith();
    await intoQuestion(m);
    m.table.state.control = paused(m.table.state.control, m.clock.now());
    await decide(m, 'sec-lead', NEWER);
    await m.sweep();
    await passing(m, 9 * DAY, DAY);
    for (const key of user.keys) {
      key.lastUsed = key.id === OLDER ? used(m.clock.now()) : key.lastUsed;
    }
    m.table.state.control = resumed(m.table.state.control, m.clock.now());
    await passing(m, 2 * DAY, HOUR);
    expect(m.caseOf(USER_ID)?.askedAgain).toEqual({ code: 'in-use', keyId: OLDER });
  });

  it('does not use up that of a confirmation either', async () => {
    const { m } = worldWith(undefined, { deletion: 'on-confirmation' });
    await intoGrace(m);
    await passing(m, 8 * DAY);
    m.table.state.control = paused(m.table.state.control, m.clock.now());
    const current = m.caseOf(USER_ID);
    if (current === null) {
      throw new Error('there should be a case');
    }
    const token = await m.links.mint(aClaim({ caseNumber: 1 }));
    const digest = questionDigest(current, m.world.policy);
    const ask = { kind: 'confirm' as const, keys: [OLDER] };
    await m.table.approvals.record(ACCOUNT, USER_ID, m.links.seal(token, { digest, at: m.clock.now(), ask }));
    await m.wake(NAME);
    await passing(m, 10 * DAY, DAY);
    m.table.state.control = resumed(m.table.state.control, m.clock.now());
    await passing(m, 3 * DAY);
    expect(scene(m)).toContain('closed(remediated)');
  });
});

it('the waiting is on record, and ends with the change', async () => {
  const { m } = worldWith(undefined, { changesPerHour: 1 });
  await intoQuestion(m);
  m.table.spent.set(NOW.slice(0, 13), 1);
  await decide(m, 'sec-lead', NEWER);
  await m.sweep();
  expect(m.caseOf(USER_ID)?.decision?.heldUp).toEqual({ since: m.clock.now(), seconds: 0 });
  await passing(m, HOUR);
  expect(m.caseOf(USER_ID)?.decision?.heldUp).toBeUndefined();
});
