/** The setting `approvers[].mail`, and the news about a privileged user, through a whole life. */
import { describe, expect, it } from 'vitest';
import { sendDigests } from '../../../functions/app/reconcile/digest.ts';
import { addressMark } from '../../../functions/core/case/requests.ts';
import type { Policy } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE } from '../../../functions/core/model/time.ts';
import { administrator, anAbout } from '../../fakes/about.ts';
import { decide, later, NAME, passing, restore, scene, twoKeys, worldWith } from '../../fakes/acts.ts';
import { ACCOUNT, NEWER, OLDER, POLICY, USER_ID } from '../../fakes/cases.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

const approvers = POLICY.approvers.map((one) =>
  one.id === 'platform-lead' ? { ...one, mail: 'none' as const } : one,
);

/** A world in which platform-lead is not mailed, and the first mail about a question was sent. */
async function quietWorld(more: Partial<Policy> = {}) {
  const { m } = worldWith(twoKeys(), { approvers, ...more });
  await m.wake(NAME);
  await later(m, MINUTE);
  return m;
}

const mailedTo = (m: MemoryWorld) => m.mails.map(({ recipient }) => recipient);

async function digestsOf(m: MemoryWorld): Promise<string[]> {
  for (const { email } of approvers) {
    await sendDigests(m.world, { kind: 'digest', account: ACCOUNT, address: addressMark(email) });
  }
  return m.digestMails.map(({ recipient }) => recipient);
}

describe('an approver with mail none', () => {
  it('gets no notice and no digest through a whole life, while the others do', async () => {
    const m = await quietWorld();
    await passing(m, 9 * DAY, 3 * HOUR);
    const digests = await digestsOf(m);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    await m.sweep();
    await passing(m, 9 * DAY, 3 * HOUR);
    expect(m.caseOf(USER_ID)?.closedAs).toBe('remediated');
    expect(new Set([...mailedTo(m), ...digests])).toEqual(new Set(['sec-lead']));
  });

  it('is asked in an escalation, and may then decide, reactivate, and read what became of it', async () => {
    const m = await quietWorld({ escalation: ['platform-lead'] });
    await passing(m, 7 * DAY, 6 * HOUR);
    expect(mailedTo(m)).toEqual(['sec-lead', 'platform-lead']);
    expect(await decide(m, 'platform-lead', NEWER)).toBe('recorded');
    await m.sweep();
    expect(scene(m)).toContain('grace | MPLE Active, 3QXK Inactive');
    expect(await restore(m, 'platform-lead', OLDER)).toBe('recorded');
    await m.sweep();
    expect(scene(m)).toContain('3QXK Active');
  });

  it('gets everything while no mail reaches the others, and nothing more afterwards', async () => {
    const m = await quietWorld();
    m.table.state.control = { pauses: [], revoked: ['sec-lead'] };
    await m.wake(NAME);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('refused');
    await passing(m, 4 * DAY, 3 * HOUR);
    expect(await digestsOf(m)).toContain('platform-lead');
    m.table.state.control = { pauses: [], revoked: [] };
    const before = m.digestMails.length;
    await passing(m, 10 * DAY, 3 * HOUR);
    await digestsOf(m);
    const after = m.digestMails.slice(before).map(({ recipient }) => recipient);
    expect(new Set(after)).toEqual(new Set(['sec-lead']));
  });
});

describe('a privileged user', () => {
  const privileged = { approvers, changesPerHour: 20 };

  it('whose keys were deactivated is mailed to every approver at once, with the date until which it can be undone', async () => {
    const m = await quietWorld(privileged);
    m.table.abouts.set(USER_ID, anAbout({ privilege: administrator('AdministratorAccess') }));
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    await m.sweep();
    const told = m.mails.filter(({ subject }) => subject.includes('deactivated, undo until 30 Nov'));
    expect(told.map(({ recipient }) => recipient).sort()).toEqual(['platform-lead', 'sec-lead']);
    for (const { body } of told) {
      expect(body).toContain('This user is an administrator (AdministratorAccess).');
      expect(body).toMatch(/Reactivate \.\.\.3QXK until 30 Nov 2026/);
    }
    expect(m.toOperators).toEqual([]);
  });

  it('is not pooled by a survey of many, nor by an hour that is full of ordinary mail', async () => {
    const m = await quietWorld(privileged);
    m.table.abouts.set(USER_ID, anAbout({ privilege: administrator('AdministratorAccess') }));
    for (const { email } of approvers) {
      await m.world.paces.change({ account: ACCOUNT, address: addressMark(email) }, (pace) => ({
        next: { ...pace, hour: m.clock.now().slice(0, 13), used: 3 },
        result: undefined,
      }));
    }
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    const before = m.mails.length;
    await m.sweep();
    expect(
      m.mails
        .slice(before)
        .map(({ recipient }) => recipient)
        .sort(),
    ).toEqual(['platform-lead', 'sec-lead']);
    expect(m.caseOf(USER_ID)?.owed).toEqual([]);
  });
});

describe('whoever created a key', () => {
  const acting = POLICY.approvers.map((one) =>
    one.id === 'sec-lead' ? { ...one, principals: ['arn:aws:iam::*:user/sam'] } : one,
  );

  it('keeps it while nobody else is left: everybody who is told, and the operators, read so', async () => {
    const { m } = worldWith(twoKeys(), { approvers: acting });
    m.table.state.control = { pauses: [], revoked: ['platform-lead'] };
    const made = { createdBy: 'user/sam', at: m.clock.now() };
    await m.table.cases.keepEvidence(ACCOUNT, USER_ID, { origins: { [NEWER]: made } });
    await m.wake(NAME);
    await later(m, MINUTE);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    await m.sweep();
    expect(m.caseOf(USER_ID)?.decision).toMatchObject({ selfApproved: true });
    const says = 'They keep a key they created; nobody else could.';
    expect(m.mails.at(-1)?.body).toContain(says);
    expect(m.toOperators.map(({ body }) => body.includes(says))).toEqual([true]);
  });
});
