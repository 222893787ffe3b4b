import { describe, expect, it } from 'vitest';
import { reconcile } from '../../../functions/app/reconcile/reconcile.ts';
import { paused, resumed, revoked } from '../../../functions/core/model/control.ts';
import { DAY, HOUR, MINUTE, plus, type Seconds } from '../../../functions/core/model/time.ts';
import {
  BOTH,
  decide,
  dueIn,
  intoGrace,
  intoQuestion,
  later,
  NAME,
  passing,
  restore,
  scene,
  trueKey,
  twoKeys,
  worldWith,
} from '../../fakes/acts.ts';
import { ACCOUNT, NEWER, NOW, OLDER, THIRD, USER_ID, used } from '../../fakes/cases.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

const TAGGED = { exclude: { tag: { key: 'solekey:exclude', value: 'true' }, users: [] } };

/** Minute by minute, until something is so. */
async function until(m: MemoryWorld, isSo: () => boolean, most: Seconds = 2 * DAY): Promise<void> {
  for (let gone = 0; gone < most && !isSo(); gone += MINUTE) {
    await later(m, MINUTE);
  }
  expect(isSo()).toBe(true);
}

const phase = (m: MemoryWorld) => m.caseOf(USER_ID)?.phase;
const subjects = (m: MemoryWorld, from = 0) => m.mails.slice(from).map(({ subject }) => subject);

/** The older key is off, announced, and its deletion is committed. */
async function intoDeleting(policy = {}) {
  const { m, user } = worldWith(twoKeys(), policy);
  await intoGrace(m);
  await passing(m, 6 * DAY + 23 * HOUR);
  await until(m, () => phase(m) === 'deleting');
  return { m, user };
}

describe('a deletion that was committed', () => {
  it('is taken back by an exclusion: the next decision gets its whole grace period and its own announcement', async () => {
    const { m, user } = await intoDeleting(TAGGED);
    user.tags = { 'solekey:exclude': 'true' };
    await m.wake(NAME);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'held', heldFor: 'restore-by-hand', decision: null });
    user.tags = {};
    await later(m, MINUTE);
    await m.wake(NAME);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    await m.sweep();
    const from = m.mails.length;
    expect(m.caseOf(USER_ID)?.progress[OLDER]?.announced).toBeUndefined();
    await passing(m, 6 * DAY);
    expect(user.keys).toHaveLength(2);
    expect(await restore(m, 'sec-lead', OLDER)).toBe('recorded');
    expect(subjects(m, from).some((subject) => subject.includes('will be deleted'))).toBe(true);
  });

  it('is taken back by a pause, so that the key may come back; after it, it is announced anew', async () => {
    const { m } = await intoDeleting();
    m.table.state.control = paused(m.table.state.control, m.clock.now());
    await passing(m, 3 * DAY);
    expect(phase(m)).toBe('grace');
    m.table.state.control = resumed(m.table.state.control, m.clock.now());
    await later(m, HOUR);
    expect(subjects(m).at(-1)).toContain('will be deleted');
    expect(await restore(m, 'platform-lead', OLDER)).toBe('recorded');
  });

  it('hears a restore that was asked for before', async () => {
    const { m, user } = worldWith();
    await intoGrace(m);
    await passing(m, 6 * DAY + 22 * HOUR);
    const { recorded } = m.table.cases;
    let asked = false;
    m.world.cases = {
      ...m.table.cases,
      async recorded(...about) {
        const found = await recorded(...about);
        const announced = m.caseOf(USER_ID)?.progress[OLDER]?.announced;
        const last = announced !== undefined && m.clock.now() >= plus(announced, DAY);
        if (!asked && last) {
          asked = true;
          expect(await restore(m, 'sec-lead', OLDER)).toBe('recorded');
          m.clock.move(1);
        }
        return found;
      },
    };
    await until(m, () => asked);
    await passing(m, HOUR, MINUTE);
    expect(user.keys.find(({ id }) => id === OLDER)?.status).toBe('Active');
  });

  it('goes on after a time in which IAM could not be read, and nobody is told that keys are off', async () => {
    const { m } = await intoDeleting();
    m.iam.state.unreadable = true;
    await passing(m, 26 * HOUR);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'held', heldFor: 'unknown' });
    const from = m.mails.length;
    m.iam.state.unreadable = false;
    await passing(m, 3 * HOUR, MINUTE);
    expect(phase(m)).toBe('closed');
    expect(subjects(m, from).some((subject) => subject.includes(' deactivated'))).toBe(false);
  });

  it('is announced anew after a time in observe mode, in which people get the command', async () => {
    const { m, user } = worldWith();
    await intoGrace(m);
    await passing(m, 6 * DAY + 2 * HOUR);
    expect(subjects(m).at(-1)).toContain('will be deleted');
    m.world.policy = { ...m.world.policy, mode: 'observe' };
    await passing(m, 60 * DAY, 6 * HOUR);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'held', heldFor: 'restore-by-hand' });
    expect(scene(m)).toContain('held,reminder');
    m.world.policy = { ...m.world.policy, mode: 'enforce' };
    await passing(m, 26 * HOUR);
    expect(user.keys).toHaveLength(2);
    expect(subjects(m).at(-1)).toContain('will be deleted');
    expect(await restore(m, 'sec-lead', OLDER)).toBe('recorded');
  });

  it('never comes before the date that a mail named, whatever the settings become', async () => {
    const { m, user } = worldWith(twoKeys(), { deletionNotice: 3 * DAY });
    await intoGrace(m);
    m.world.policy = { ...m.world.policy, grace: 14 * DAY };
    await passing(m, 11 * DAY + 2 * HOUR);
    const named = m.caseOf(USER_ID)?.progress[OLDER]?.announcedFor ?? '';
    m.world.policy = { ...m.world.policy, grace: 7 * DAY };
    await until(m, () => user.keys.length === 1, 5 * DAY);
    expect(m.clock.now() >= named).toBe(true);
  });
});

describe('a key used while it was off', () => {
  it('is told of while people are asked about it, and is not deleted on an answer from before', async () => {
    const { m, user } = worldWith();
    await intoGrace(m);
    user.keys.push(trueKey(THIRD, 0, null));
    await m.wake(NAME);
    await later(m, MINUTE);
    user.keys = user.keys.filter(({ id }) => id !== THIRD);
    await m.wake(NAME);
    await later(m, 2 * MINUTE);
    const stale = m.caseOf(USER_ID)?.asking;
    await passing(m, HOUR);
    for (const key of user.keys) {
      if (key.id === OLDER) {
        key.lastUsed = used(m.clock.now());
      }
    }
    await later(m, DAY);
    expect(m.caseOf(USER_ID)?.askedAgain).toEqual({ code: 'in-use', keyId: OLDER });
    expect(m.caseOf(USER_ID)?.asking).toBeGreaterThan(stale ?? 0);
    expect(m.caseOf(USER_ID)?.keys.find(({ id }) => id === OLDER)?.lastUsed.kind).toBe('used');
    expect(scene(m)).toContain('asked-again');
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    await m.sweep();
    await passing(m, 9 * DAY);
    expect(user.keys).toHaveLength(1);
  });

  it('is held for a person when IAM shows the use only after the new decision', async () => {
    const { m, user } = worldWith();
    await intoGrace(m);
    user.keys.push(trueKey(THIRD, 0, null));
    await m.wake(NAME);
    await later(m, MINUTE);
    const use = plus(m.clock.now(), HOUR);
    await passing(m, 2 * HOUR);
    expect(await decide(m, 'sec-lead', THIRD, { inUse: true })).toBe('recorded');
    await m.sweep();
    for (const key of user.keys) {
      if (key.id === OLDER) {
        key.lastUsed = used(use);
      }
    }
    await passing(m, 2 * DAY);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'held', heldFor: 'used-after-deactivation' });
  });
});

describe('a time in which IAM cannot be read', () => {
  it('is reminded of, and afterwards the question is put for the first time', async () => {
    const { m } = worldWith();
    await m.wake(NAME);
    m.iam.state.unreadable = true;
    await passing(m, 8 * DAY);
    expect(scene(m)).toContain('held,reminder');
    m.iam.state.unreadable = false;
    await passing(m, 2 * HOUR);
    expect(scene(m)).toBe(`awaiting-decision | MPLE Active, 3QXK Active | detected to ${BOTH}`);
  });

  it('does not end a case by one stale listing', async () => {
    const { m, user } = worldWith();
    await intoQuestion(m);
    const all = user.keys;
    user.keys = all.slice(0, 1);
    await m.wake(NAME);
    user.keys = all;
    await later(m, 2 * MINUTE);
    await later(m, 2 * MINUTE);
    expect(scene(m)).toBe(`awaiting-decision | MPLE Active, 3QXK Active | asked-again to ${BOTH}`);
  });

  it('does not keep the last notice of a closed case back', async () => {
    const { m, user } = worldWith();
    await intoQuestion(m);
    user.keys = user.keys.slice(0, 1);
    await m.wake(NAME);
    m.state.snsAway = true;
    await later(m, MINUTE);
    m.state.snsAway = false;
    m.iam.state.unreadable = true;
    m.clock.move(HOUR);
    await expect(m.sweep()).rejects.toThrow('throttled');
    expect(scene(m)).toContain(`closed to ${BOTH}`);
    expect(dueIn(m)).toBeNull();
    await m.sweep();
  });
});

describe('while nobody is an approver', () => {
  it('nothing is sent and nothing counts as told; once somebody is, the question is put', async () => {
    const { m } = worldWith();
    const all = ['sec-lead', 'platform-lead'];
    m.table.state.control = all.reduce(revoked, m.table.state.control);
    await m.wake(NAME);
    await passing(m, 3 * DAY);
    expect(scene(m)).toContain('silence');
    expect(m.caseOf(USER_ID)).toMatchObject({ toldAt: null, version: 1 });
    expect(m.log.lines.join()).toContain('count NobodyToAsk');
    m.table.state.control = { ...m.table.state.control, revoked: ['platform-lead'] };
    await passing(m, 2 * HOUR);
    expect(scene(m)).toContain('detected to sec-lead');
  });

  it('a deletion waits, without a message every few minutes', async () => {
    const { m, user } = worldWith();
    await intoGrace(m);
    m.table.state.control = ['sec-lead', 'platform-lead'].reduce(revoked, m.table.state.control);
    const told = m.news.length;
    const { version } = m.caseOf(USER_ID) ?? {};
    await passing(m, 12 * DAY);
    expect(m.news).toHaveLength(told);
    expect(m.caseOf(USER_ID)?.version).toBe(version);
    expect(user.keys).toHaveLength(2);
  });
});

describe('a wish to have a key back', () => {
  it('that could not be fulfilled in time, or whose author may not decide any more, lapses', async () => {
    const { m, user } = worldWith(twoKeys(), TAGGED);
    await intoGrace(m);
    expect(await restore(m, 'sec-lead', OLDER)).toBe('recorded');
    user.tags = { 'solekey:exclude': 'true' };
    await m.sweep();
    await passing(m, 30 * DAY, DAY);
    user.tags = {};
    m.table.state.control = revoked(m.table.state.control, 'sec-lead');
    await passing(m, DAY);
    expect(user.keys.find(({ id }) => id === OLDER)?.status).toBe('Inactive');
    expect(m.caseOf(USER_ID)?.progress[OLDER]?.restoring).toBeUndefined();
  });
});

it('a question that changed is escalated anew', async () => {
  const { m, user } = worldWith(twoKeys(), { escalation: ['platform-lead'] });
  await intoQuestion(m);
  await passing(m, 8 * DAY);
  expect(scene(m)).toContain('escalated');
  user.keys.push(trueKey(THIRD, 0, null));
  await m.wake(NAME);
  await passing(m, 8 * DAY);
  expect(scene(m)).toContain('escalated');
});

it('whoever keeps making keys does not flood people', async () => {
  const { m, user } = worldWith();
  await intoQuestion(m);
  const from = m.mails.length;
  for (let n = 0; n < 60; n += 1) {
    user.keys = [...user.keys.slice(0, 2), trueKey(`AKIACHURN${String(n).padStart(11, '0')}`, 0, null)];
    await m.wake(NAME);
    await later(m, 5);
  }
  expect(m.mails.length - from).toBeLessThanOrEqual(2 * 6);
  expect(Object.keys(m.caseOf(USER_ID)?.origins ?? {}).length).toBeLessThanOrEqual(3);
  expect(NOW < m.clock.now()).toBe(true);
});

describe('who made a key', () => {
  const stranger = { keyId: NEWER, createdBy: 'user/mallory', at: NOW };
  const told = { kind: 'user' as const, account: ACCOUNT, userName: NAME, attempt: 0 };
  const news = { origin: stranger };

  it('is not forgotten because the other key was off then', async () => {
    const { m, user } = worldWith(twoKeys(), { trustedCreators: ['role/*'] });
    const [, older] = user.keys;
    for (const key of user.keys) {
      if (key.id === NEWER) {
        key.created = NOW;
      }
    }
    if (older !== undefined) {
      older.status = 'Inactive';
    }
    await reconcile(m.world, told, news);
    expect(m.caseOf(USER_ID)).toBeNull();
    if (older !== undefined) {
      older.status = 'Active';
    }
    await m.wake(NAME);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'awaiting-decision', origins: { [NEWER]: {} } });
    expect(subjects(m).join()).toContain('URGENT');
  });

  it('is not forgotten because IAM could not be read then', async () => {
    const { m } = worldWith(twoKeys(), { trustedCreators: ['role/*'] });
    await intoQuestion(m);
    m.iam.state.unreadable = true;
    await expect(reconcile(m.world, { ...told, userId: USER_ID }, news)).resolves.toBe('done');
    expect(m.caseOf(USER_ID)?.origins).toMatchObject({ [NEWER]: { createdBy: 'user/mallory' } });
  });

  it('is not kept for whoever is expected to make keys', async () => {
    const { m, user } = worldWith(twoKeys().slice(0, 1));
    await reconcile(m.world, told, news);
    user.keys.push(trueKey(OLDER, 600, 43));
    await m.wake(NAME);
    expect(m.caseOf(USER_ID)?.origins).toEqual({});
  });
});
