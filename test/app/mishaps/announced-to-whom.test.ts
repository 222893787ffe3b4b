import { describe, expect, it } from 'vitest';
import { publishOwed } from '../../../functions/app/reconcile/publish.ts';
import { addressMark } from '../../../functions/core/case/requests.ts';
import { NOTHING_UNDER_NAME } from '../../../functions/core/case/under-name.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE } from '../../../functions/core/model/time.ts';
import { intoGrace, passing, scene, worldWith } from '../../fakes/acts.ts';
import { OLDER, POLICY, USER_ID } from '../../fakes/cases.ts';
import { altered } from '../../fakes/on-record.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

/** The older key is off, and its deletion is announced in this minute. */
async function lastDay(before: (m: MemoryWorld) => void = () => {}) {
  const { m, user } = worldWith();
  await intoGrace(m);
  before(m);
  await passing(m, 6 * DAY);
  return { m, user, exists: () => user.keys.some(({ id }) => id === OLDER) };
}

function revoke(m: MemoryWorld, ...revoked: string[]): void {
  m.table.state.control = { ...m.table.state.control, revoked };
}

function announcementsTo(m: MemoryWorld, recipient: string): number {
  return m.mails.filter((mail) => mail.recipient === recipient && mail.subject.includes('will be deleted'))
    .length;
}

describe('a deletion is announced to somebody who can still stop it:', () => {
  it('sec-lead was told, then revoked; the mail of platform-lead is refused: the key stays', async () => {
    const { m, exists } = await lastDay((world) => world.state.refuses.add('platform-lead'));
    expect(announcementsTo(m, 'sec-lead')).toBe(1);
    revoke(m, 'sec-lead');
    await passing(m, 5 * DAY);
    expect(exists()).toBe(true);
    m.state.refuses.clear();
    await passing(m, 2 * HOUR, HOUR / 4);
    expect(announcementsTo(m, 'platform-lead')).toBe(1);
    await passing(m, DAY - 3 * HOUR);
    expect(exists()).toBe(true);
    await passing(m, 4 * HOUR, 5 * MINUTE);
    expect(exists()).toBe(false);
  });

  it('the address of the only one who was told passes to somebody else: announced anew', async () => {
    const { m, exists } = await lastDay((world) => world.state.refuses.add('platform-lead'));
    const approvers = POLICY.approvers.map((one) =>
      one.id === 'sec-lead' ? { ...one, email: 'successor@example.com' } : one,
    );
    m.world.policy = { ...m.world.policy, approvers };
    revoke(m, 'platform-lead');
    await passing(m, DAY - HOUR);
    expect(exists()).toBe(true);
    expect(m.mails.at(-1)).toMatchObject({ address: addressMark('successor@example.com') });
    expect(announcementsTo(m, 'sec-lead')).toBe(2);
    await passing(m, 3 * HOUR, 5 * MINUTE);
    expect(exists()).toBe(false);
  });

  it('everybody who was told is lost, and only then somebody new is there: announced anew', async () => {
    const { m, exists } = await lastDay();
    revoke(m, 'sec-lead', 'platform-lead');
    await passing(m, 3 * DAY);
    expect(exists()).toBe(true);
    const third = { id: 'duty', name: 'Duty', email: 'duty@example.com' };
    m.world.policy = { ...m.world.policy, approvers: [...POLICY.approvers, third] };
    await passing(m, 2 * HOUR);
    expect(announcementsTo(m, 'duty')).toBe(1);
    await passing(m, DAY - 3 * HOUR);
    expect(exists()).toBe(true);
    await passing(m, 4 * HOUR, 5 * MINUTE);
    expect(exists()).toBe(false);
  });

  it('one of two who were told is lost: nothing is announced again, and the date stands', async () => {
    const { m, exists } = await lastDay();
    revoke(m, 'sec-lead');
    await passing(m, DAY + HOUR, 10 * MINUTE);
    expect(announcementsTo(m, 'platform-lead')).toBe(1);
    expect(exists()).toBe(false);
  });

  it('deletionNotice is longer than a day: announced that early, deleted on the announced date', async () => {
    const { m, exists } = await lastDay((world) => {
      world.world.policy = { ...world.world.policy, deletionNotice: 3 * DAY };
    });
    const [mail] = m.mails.filter(({ subject }) => subject.includes('will be deleted'));
    expect(mail?.at.slice(0, 10)).toBe('2026-11-27');
    await passing(m, DAY - HOUR);
    expect(exists()).toBe(true);
    await passing(m, 2 * HOUR, 5 * MINUTE);
    expect(exists()).toBe(false);
  });

  it('the grace period was shortened since: a day passes after the announcement all the same', async () => {
    const { m, exists } = await lastDay((world) => {
      world.state.snsAway = true;
      world.world.policy = { ...world.world.policy, grace: 2 * HOUR, deletionNotice: HOUR };
    });
    await passing(m, 2 * DAY);
    m.state.snsAway = false;
    await passing(m, 2 * HOUR);
    expect(announcementsTo(m, 'sec-lead')).toBe(1);
    await passing(m, DAY - 3 * HOUR);
    expect(exists()).toBe(true);
    await passing(m, 4 * HOUR, 5 * MINUTE);
    expect(exists()).toBe(false);
  });

  it('a notice owed to somebody who is in the settings no more is not accepted for anybody', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    const row = m.table.rows.get(USER_ID);
    if (row === undefined) {
      throw new Error('no case');
    }
    const owed = [{ kind: 'deletion-announced' as const, recipient: 'former', since: m.clock.now() }];
    const before = { ...row, case: { ...row.case, owed } };
    m.table.rows.set(USER_ID, before);
    const beside = {
      state: null,
      usage: null,
      about: null,
      nameHolder: null,
      evidence: {},
      underName: NOTHING_UNDER_NAME,
    };
    await publishOwed(m.world, { ...before, control: UNRESTRICTED, ...beside }, { lookFailed: false });
    const after = m.caseOf(USER_ID);
    expect(after?.owed).toEqual(owed);
    expect(after?.progress[OLDER]).not.toHaveProperty('announced');
    expect(after?.progress[OLDER]).not.toHaveProperty('announcedTo');
    expect(m.log.lines).toContain('count NoticeNotAccepted');
    expect(m.table.history.get(USER_ID)?.at(-1)?.events).toEqual([]);
  });

  it('an announcement of an older release, which does not say to whom, is made once more', async () => {
    const { m, exists } = await lastDay();
    altered(m, (current) => {
      const { announcedTo: _whom, ...old } = current.progress[OLDER] ?? {};
      return { ...current, progress: { [OLDER]: old } };
    });
    await passing(m, DAY + HOUR);
    expect(announcementsTo(m, 'sec-lead')).toBe(2);
    expect(exists()).toBe(true);
    expect(scene(m)).toContain('deletion-announced');
  });
});
