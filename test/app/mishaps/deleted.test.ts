import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../functions/core/model/time.ts';
import {
  BOTH,
  decide,
  eventsOf,
  intoGrace,
  later,
  NAME,
  passing,
  restore,
  scene,
  trueKey,
  worldWith,
} from '../../fakes/acts.ts';
import { NEWER, OLDER, THIRD, USER_ID } from '../../fakes/cases.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

/** The older key is deleted, as one observation has shown. */
async function intoDeleted() {
  const { m, user } = worldWith();
  const older = user.keys.find(({ id }) => id === OLDER);
  await intoGrace(m);
  await passing(m, 7 * DAY);
  while (user.keys.length > 1) {
    await later(m, MINUTE);
  }
  expect(m.caseOf(USER_ID)?.progress[OLDER]?.deleted).toBeDefined();
  if (older === undefined) {
    throw new Error('no key');
  }
  return { m, user, older };
}

const closings = (m: MemoryWorld) =>
  m.mails.filter(({ body }) => body.includes('A second check in IAM confirmed it'));

describe('"Deleted; a second check confirmed it"', () => {
  it('is not said of a key that the second check shows: the deletion counts as claimed, and is made again', async () => {
    const { m, user, older } = await intoDeleted();
    user.keys.push(older);
    await later(m, MINUTE);
    expect(closings(m)).toEqual([]);
    expect(m.caseOf(USER_ID)?.phase).toBe('deleting');
    expect(eventsOf(m).slice(-4)).toEqual(['seen-again', 'delete-claimed', 'keys-changed', 'deleted']);
    expect(user.keys.map(({ id }) => id)).toEqual([NEWER]);
    await later(m, MINUTE);
    expect(scene(m)).toContain('closed(remediated) | MPLE Active |');
    expect(closings(m).length).toBeGreaterThan(0);
  });

  it('is not said either where the key is Active at the second check: it voids the decision', async () => {
    const { m, user, older } = await intoDeleted();
    user.keys.push({ ...older, status: 'Active' });
    await later(m, MINUTE);
    expect(closings(m)).toEqual([]);
    expect(scene(m)).toContain(`awaiting-decision | MPLE Active, 3QXK Active | `);
    expect(m.caseOf(USER_ID)?.askedAgain).toEqual({ code: 'reactivated', keyId: OLDER });
  });

  it('is not said of a key that somebody else deleted and a later decision was not shown', async () => {
    const { m, user } = worldWith();
    const older = user.keys.find(({ id }) => id === OLDER);
    await intoGrace(m);
    user.keys = [trueKey(NEWER, 21, 0.1), trueKey(THIRD, 0, null)];
    await m.wake(NAME);
    await later(m, 2 * MINUTE);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    await m.sweep();
    expect(m.caseOf(USER_ID)?.phase).toBe('grace');
    if (older !== undefined) {
      user.keys.push(older);
    }
    await later(m, HOUR);
    await m.wake(NAME);
    expect(m.caseOf(USER_ID)).toMatchObject({ decision: null, askedAgain: { code: 'keys-changed' } });
    await passing(m, DAY);
    expect(closings(m)).toEqual([]);
    expect(await restore(m, 'sec-lead', OLDER)).toBe('recorded');
  });
});

describe("an end that an approver's restore led to", () => {
  it('is closed as by-restore, and people are told so', async () => {
    const { m, user } = worldWith();
    await intoGrace(m);
    user.keys = user.keys.filter(({ id }) => id !== NEWER);
    await m.wake(NAME);
    await m.wake(NAME);
    expect(await restore(m, 'sec-lead', OLDER)).toBe('recorded');
    await m.sweep();
    await later(m, MINUTE);
    expect(scene(m)).toMatch(/^closed\(by-restore\) \| 3QXK Active \| .*closed to /);
    expect(m.mails.at(-1)?.body).toContain('is active again, as Security lead asked');
  });

  it("is the owner's where the owner deleted the other key afterwards", async () => {
    const { m, user } = worldWith();
    await intoGrace(m);
    expect(await restore(m, 'sec-lead', OLDER)).toBe('recorded');
    await m.sweep();
    await passing(m, HOUR);
    user.keys = user.keys.filter(({ id }) => id !== NEWER);
    await m.wake(NAME);
    await later(m, MINUTE);
    expect(scene(m)).toBe(`closed(by-owner) | 3QXK Active | restored,closed to ${BOTH}`);
  });
});
