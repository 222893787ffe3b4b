import { describe, expect, it } from 'vitest';
import type { WriteAnswer, WriteOutcome } from '../../../functions/app/ports.ts';
import { DAY, HOUR, MINUTE } from '../../../functions/core/model/time.ts';
import {
  decide,
  intoGrace,
  intoQuestion,
  later,
  passing,
  restore,
  scene,
  trueKey,
  twoKeys,
  worldWith,
} from '../../fakes/acts.ts';
import { confirmedAt, NEWER, OLDER, THIRD, USER_ID } from '../../fakes/cases.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

/** IAM refuses to change these keys from now on; the rest works. Returns what was tried. */
function refusing(m: MemoryWorld, ids: readonly string[], outcome: WriteOutcome = 'refused'): string[] {
  const tried: string[] = [];
  const { setStatus, remove } = m.iam.writer;
  const answer = (keyId: string, write: () => Promise<WriteAnswer>) => {
    tried.push(keyId);
    return ids.includes(keyId) ? Promise.resolve({ outcome }) : write();
  };
  m.world.iamWrites = {
    setStatus: (name, keyId, status) => answer(keyId, () => setStatus(name, keyId, status)),
    remove: (name, keyId) => answer(keyId, () => remove(name, keyId)),
  };
  return tried;
}

const threeKeys = () => [...twoKeys(), trueKey(THIRD, 300, 100)];

async function bothOff() {
  const { m, user } = worldWith(threeKeys());
  await intoGrace(m);
  return { m, user };
}

describe('IAM refuses to', () => {
  it('bring one key back: the other comes back, and people get the command for the first', async () => {
    const { m, user } = await bothOff();
    const tried = refusing(m, [OLDER]);
    expect(await restore(m, 'sec-lead', OLDER, THIRD)).toBe('recorded');
    await m.sweep();
    for (let n = 0; n < 6; n += 1) {
      await later(m, MINUTE);
    }
    expect(user.keys.find(({ id }) => id === THIRD)?.status).toBe('Active');
    expect(tried).toContain(OLDER);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'held', heldFor: 'restore-by-hand' });
    expect(m.mails.at(-1)?.body).toContain('--status Active');
    m.world.iamWrites = m.iam.writer;
    await passing(m, 2 * HOUR);
    expect(scene(m)).toMatch(/^awaiting-decision \| MPLE Active, 3QXK Active, R7WZ Active \| .*restored/);
  });

  it('delete one key: the other goes, a day later a person hears of it, and the first may come back', async () => {
    const { m, user } = await bothOff();
    await passing(m, 6 * DAY + 23 * HOUR);
    const tried = refusing(m, [OLDER]);
    await passing(m, 3 * DAY);
    expect(user.keys.map(({ id }) => id)).not.toContain(THIRD);
    expect(tried.length).toBeLessThan(100);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'held', heldFor: 'unknown' });
    expect(scene(m)).toContain('held');
    await passing(m, 4 * DAY);
    expect(scene(m)).toContain('reminder');
    m.world.iamWrites = m.iam.writer;
    await passing(m, 3 * HOUR, MINUTE * 30);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'closed', closedAs: 'remediated' });
  });

  it('delete a key that a person then wants back: it comes back', async () => {
    const { m, user } = worldWith();
    await intoGrace(m);
    await passing(m, 6 * DAY + 23 * HOUR);
    refusing(m, [OLDER]);
    await passing(m, 6 * HOUR);
    m.world.iamWrites = m.iam.writer;
    expect(await restore(m, 'sec-lead', OLDER)).toBe('recorded');
    await m.sweep();
    await passing(m, 2 * HOUR);
    expect(user.keys.find(({ id }) => id === OLDER)?.status).toBe('Active');
  });

  it('find a key that it lists: one claim a look, so that the budget of the hour is left for others', async () => {
    const { m } = worldWith(twoKeys(), { changesPerHour: 20 });
    await intoQuestion(m);
    const tried = refusing(m, [OLDER], 'absent');
    await decide(m, 'sec-lead', NEWER);
    await m.sweep();
    expect(tried).toEqual([OLDER]);
    expect([...m.table.spent.values()]).toEqual([1]);
  });

  it('find a key that it is to delete: its claim stands until the listing shows it gone', async () => {
    const { m, user } = worldWith();
    await intoGrace(m);
    await passing(m, 6 * DAY + 23 * HOUR);
    const tried = refusing(m, [OLDER], 'absent');
    for (let n = 0; n < 180 && tried.length === 0; n += 1) {
      await later(m, MINUTE);
    }
    expect(m.caseOf(USER_ID)?.progress[OLDER]?.deletionClaimed).toBeDefined();
    user.keys = user.keys.filter(({ id }) => id === NEWER);
    await passing(m, HOUR, 10 * MINUTE);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'closed', closedAs: 'remediated' });
  });
});

describe('what we did not do is not ours', () => {
  it.each(['refused', 'not-made'] as const)(
    'a key that somebody switched off while our own call was %s',
    async (how) => {
      const { m, user } = worldWith();
      await intoQuestion(m);
      const older = user.keys.find(({ id }) => id === OLDER);
      const { commit } = m.table.cases;
      m.world.cases = {
        ...m.table.cases,
        async commit(change) {
          const done = await commit(change);
          const claimed = change.next.progress[OLDER]?.deactivating !== undefined;
          if (claimed && older !== undefined && how === 'not-made') {
            older.status = 'Inactive';
          }
          return done;
        },
      };
      m.world.iamWrites = {
        ...m.iam.writer,
        async setStatus() {
          if (older !== undefined) {
            older.status = 'Inactive';
          }
          return { outcome: 'refused' };
        },
      };
      await decide(m, 'sec-lead', NEWER);
      await m.sweep();
      await passing(m, 20 * DAY, DAY);
      expect(user.keys.map(({ id }) => id)).toContain(OLDER);
      expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'closed', closedAs: 'by-owner', progress: {} });
    },
  );

  it('a claim whose call got lost, once the key is seen Active long after it', async () => {
    const { m, user } = worldWith();
    await intoQuestion(m);
    m.iam.faults.push('lost-before');
    await decide(m, 'sec-lead', NEWER);
    await m.sweep();
    user.keys.push(trueKey(THIRD, 0, null));
    await later(m, 10 * MINUTE);
    expect(m.caseOf(USER_ID)?.progress).toEqual({});
    await passing(m, 5 * DAY, DAY);
    user.keys = user.keys.filter(({ id }) => id === NEWER || id === OLDER);
    for (const key of user.keys) {
      if (key.id === OLDER) {
        key.status = 'Inactive';
      }
    }
    await passing(m, 2 * DAY, HOUR);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'closed', closedAs: 'by-owner' });
  });
});

it('a decision half carried out ends with its validity, whatever held it up', async () => {
  const { m } = worldWith(threeKeys());
  await intoQuestion(m);
  refusing(m, [OLDER]);
  await decide(m, 'sec-lead', NEWER);
  await m.sweep();
  await passing(m, 9 * DAY);
  expect(m.caseOf(USER_ID)).toMatchObject({ decision: null, askedAgain: { code: 'decision-expired' } });
});

it('a confirmation and a decision of somebody whose id passed to another address are void', async () => {
  const { m } = worldWith();
  await intoQuestion(m);
  m.table.state.control = { pauses: [{ from: m.clock.now(), to: null }], revoked: [] };
  await decide(m, 'sec-lead', NEWER);
  await m.sweep();
  const [lead, ...others] = m.world.policy.approvers;
  if (lead === undefined) {
    throw new Error('nobody');
  }
  m.world.policy = {
    ...m.world.policy,
    approvers: [{ ...lead, email: 'successor@example.com' }, ...others],
  };
  await later(m, HOUR);
  expect(m.caseOf(USER_ID)).toMatchObject({ decision: null, askedAgain: { code: 'approver-removed' } });
  expect(confirmedAt('').address).not.toBe(confirmedAt('', 'sec-lead', 'successor@example.com').address);
});
