import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, type Seconds } from '../../../functions/core/model/time.ts';
import {
  BOTH,
  decide,
  dueIn,
  eventsOf,
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
import { NEWER, OLDER, THIRD, USER_ID } from '../../fakes/cases.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

const TAGGED = { exclude: { tag: { key: 'solekey:exclude', value: 'true' }, users: [] } };

/** A world whose IAM can go back in time by less than `settle`. */
function laggingWorld(...given: Parameters<typeof worldWith>) {
  const world = worldWith(...given);
  world.m.iam.lag.atMost = MINUTE;
  return world;
}

/** One pass to which IAM shows the keys, or the tags, as they were a while ago. */
async function wokenBehind(m: MemoryWorld, of: 'keys' | 'user', back: Seconds): Promise<void> {
  m.iam.lag[of] = back;
  await m.wake(NAME);
  m.iam.lag[of] = 0;
}

describe('a listing that goes back in time after a key was seen Inactive', () => {
  it('shows it Active once more: nobody is told so, the key can be reactivated, and it is deleted in the end', async () => {
    const { m, user } = laggingWorld();
    await intoGrace(m);
    m.clock.move(20);
    await wokenBehind(m, 'keys', 30);
    expect(scene(m)).toBe('grace | MPLE Active, 3QXK Inactive | silence');
    expect(m.caseOf(USER_ID)?.decision).not.toBeNull();
    await passing(m, 8 * DAY);
    await passing(m, HOUR, MINUTE);
    expect(user.keys.map(({ id }) => id)).toEqual([NEWER]);
    expect(eventsOf(m)).not.toContain('reactivated-by-hand');
  });

  it('does not take the undo away', async () => {
    const { m, user } = laggingWorld();
    await intoGrace(m);
    m.clock.move(20);
    await wokenBehind(m, 'keys', 30);
    expect(await restore(m, 'sec-lead', OLDER)).toBe('recorded');
    await m.sweep();
    expect(user.keys.find(({ id }) => id === OLDER)?.status).toBe('Active');
  });

  it('hides a reactivation by hand for no longer than settle', async () => {
    const { m, user } = laggingWorld();
    await intoGrace(m);
    m.clock.move(10);
    for (const key of user.keys) {
      key.status = 'Active';
    }
    await m.wake(NAME);
    expect(scene(m)).toBe('grace | MPLE Active, 3QXK Active | silence');
    expect(dueIn(m)).toBe(MINUTE - 10);
    await later(m, MINUTE - 10);
    expect(scene(m)).toContain(`awaiting-decision | MPLE Active, 3QXK Active | asked-again to ${BOTH}`);
    expect(m.caseOf(USER_ID)?.askedAgain).toEqual({ code: 'reactivated', keyId: OLDER });
  });
});

describe('a listing that goes back in time after other changes', () => {
  it('a key seen Active after a restore is not Inactive again, and people are told once', async () => {
    const { m } = laggingWorld();
    await intoGrace(m);
    await passing(m, DAY);
    expect(await restore(m, 'sec-lead', OLDER)).toBe('recorded');
    await m.sweep();
    expect(scene(m)).toContain(`awaiting-decision | MPLE Active, 3QXK Active | restored to ${BOTH}`);
    const { version } = m.caseOf(USER_ID) ?? {};
    m.clock.move(20);
    await wokenBehind(m, 'keys', 30);
    await later(m, MINUTE);
    expect(scene(m)).toBe('awaiting-decision | MPLE Active, 3QXK Active | silence');
    expect(m.caseOf(USER_ID)?.version).toBe(version);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
  });

  it('a deleted key that is listed once more is deleted, and is not said to be there', async () => {
    const { m, user } = laggingWorld();
    await intoGrace(m);
    await passing(m, 7 * DAY);
    while (user.keys.length > 1) {
      await later(m, MINUTE);
    }
    m.clock.move(20);
    await wokenBehind(m, 'keys', 30);
    expect(m.caseOf(USER_ID)?.keys.map(({ id }) => id)).toEqual([NEWER]);
    await later(m, MINUTE);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'closed', closedAs: 'remediated' });
  });

  it('a key created just now that one listing lacks is not gone, and nobody is told that keys have changed', async () => {
    const { m, user } = laggingWorld([trueKey(OLDER, 600, 43)], { notifyAfter: 0 });
    m.clock.move(HOUR);
    user.keys.push({ ...trueKey(THIRD, 0, null), created: m.clock.now() });
    await m.wake(NAME);
    expect(scene(m)).toContain('rotation to');
    m.clock.move(20);
    await wokenBehind(m, 'keys', 30);
    await later(m, 2 * MINUTE);
    expect(scene(m)).toBe('rotating | 3QXK Active, R7WZ Active | silence');
  });

  it('is only believed when it lasts', async () => {
    const { m, user } = laggingWorld();
    await intoQuestion(m);
    const [, older] = user.keys;
    user.keys = user.keys.slice(0, 1);
    await m.wake(NAME);
    user.keys = [...user.keys, ...(older === undefined ? [] : [older])];
    await m.wake(NAME);
    expect(m.caseOf(USER_ID)?.keys).toHaveLength(1);
    await later(m, MINUTE);
    expect(scene(m)).toBe(`awaiting-decision | MPLE Active, 3QXK Active | asked-again to ${BOTH}`);
  });
});

describe('tags that go back in time', () => {
  it('an exclusion that was just seen does not seem to have ended', async () => {
    const { m, user } = laggingWorld(twoKeys(), TAGGED);
    await intoQuestion(m);
    user.tags = { 'solekey:exclude': 'true' };
    await m.wake(NAME);
    m.clock.move(20);
    await wokenBehind(m, 'user', 30);
    expect(scene(m)).toBe('excluded | MPLE Active, 3QXK Active | silence');
    user.tags = {};
    await later(m, MINUTE);
    await m.wake(NAME);
    expect(scene(m)).toContain(`awaiting-decision | MPLE Active, 3QXK Active | asked-again to ${BOTH}`);
    user.tags = { 'solekey:exclude': 'true' };
    m.clock.move(20);
    await m.wake(NAME);
    expect(m.caseOf(USER_ID)?.phase).toBe('awaiting-decision');
    await later(m, MINUTE);
    expect(m.caseOf(USER_ID)?.phase).toBe('excluded');
  });
});
