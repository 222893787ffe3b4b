import { describe, expect, it } from 'vitest';
import { recordDecision } from '../../../functions/app/approve/record-decision.ts';
import { reconcile } from '../../../functions/app/reconcile/reconcile.ts';
import { HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import {
  decide,
  facts,
  later,
  NAME,
  passing,
  portsOf,
  restore,
  trueKey,
  worldWith,
  writesOf,
} from '../../fakes/acts.ts';
import { ACCOUNT, NEWER, NOW, OLDER, THIRD, USER_ID } from '../../fakes/cases.ts';
import { arrives, healthEvent, quarantineEvent } from '../../fakes/messages.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

const mailed = (m: MemoryWorld, from = 0) => m.mails.slice(from).map(({ subject }) => subject);
const urgent = (m: MemoryWorld, from = 0) => mailed(m, from).filter((subject) => subject.includes('URGENT'));
const freshPair = () => [trueKey(NEWER, 21, 0.1), trueKey(THIRD, 1 / 24, null)];

describe('a key that AWS Health reports as exposed', () => {
  it('ends a rotation: every approver is told at once which key not to keep', async () => {
    const { m } = worldWith(freshPair());
    await m.wake(NAME);
    await later(m, MINUTE);
    expect(m.caseOf(USER_ID)?.phase).toBe('rotating');
    const from = m.mails.length;
    await arrives(m, 'events', healthEvent([NEWER]));
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'awaiting-decision' });
    expect(urgent(m, from)).toHaveLength(2);
    const [mail] = m.mails.slice(from);
    expect(mail?.subject).toContain(': URGENT, exposed key, your decision needed');
    expect(mail?.body).toContain(
      'has 2 active access keys, and AWS reports ...MPLE as exposed. Do not keep ...MPLE. Check in CloudTrail what was done with ...MPLE.',
    );
    expect(mail?.body).toContain('KEEP ...R7WZ');
    expect(mail?.body).toContain('Confidence: low.');
    expect(m.toOperators).toEqual([]);
    await arrives(m, 'events', healthEvent([NEWER]));
    expect(urgent(m, from)).toHaveLength(2);
  });

  it.each(['wakes'] as const)('is nothing in the %s queue, where anybody can say so', async (door) => {
    const { m } = worldWith(freshPair());
    await m.wake(NAME);
    await later(m, MINUTE);
    const from = m.mails.length;
    for (const forged of [healthEvent([NEWER]), quarantineEvent(NOW)]) {
      await arrives(m, door, forged);
    }
    await arrives(m, door, {
      kind: 'user',
      account: ACCOUNT,
      userName: NAME,
      exposure: { kind: 'key', keyId: NEWER, at: NOW },
      exposed: { keys: { [NEWER]: { at: NOW } } },
      look: 0,
    });
    await later(m, HOUR);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'rotating' });
    expect(m.caseOf(USER_ID)).not.toHaveProperty('exposed');
    expect([urgent(m, from), m.toOperators]).toEqual([[], []]);
  });

  it('is told to operators if it is the only one, changes nothing, and alarms when a second one comes', async () => {
    const { m, user } = worldWith([trueKey(NEWER, 21, 0.1)]);
    await arrives(m, 'events', healthEvent([NEWER]));
    expect([m.caseOf(USER_ID), m.mails]).toEqual([null, []]);
    const [mail, ...more] = m.toOperators;
    expect(more).toEqual([]);
    expect(mail?.subject).toContain('/ci-deploy: URGENT, exposed key');
    expect(mail?.body).toContain('AWS Health reports a key of IAM user ci-deploy');
    expect(mail?.body).toContain('ACTIVE ...MPLE');
    expect(mail?.body).toContain(
      'The user has 1 active access key, so Solekey asks nobody and changes nothing.',
    );
    expect(mail?.body).toContain('aws iam list-access-keys --user-name ci-deploy');
    expect(`${mail?.subject} ${mail?.body}`).not.toMatch(/AKIA|https:/);
    expect(writesOf(m)).toEqual([]);
    user.keys.push(trueKey(THIRD, 0, null));
    await m.wake(NAME);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'awaiting-decision' });
    expect(urgent(m)).toHaveLength(2);
  });

  it('is told to operators again if SNS did not take the mail', async () => {
    const { m } = worldWith([trueKey(NEWER, 21, 0.1)]);
    m.state.operatorsAway = true;
    await expect(arrives(m, 'events', healthEvent([NEWER]))).rejects.toThrow('SNS is away');
    m.state.operatorsAway = false;
    await arrives(m, 'events', healthEvent([NEWER]));
    expect(m.toOperators).toHaveLength(1);
  });

  it("that is nobody's is told to operators: it may be the root user's", async () => {
    const { m } = worldWith();
    await arrives(m, 'events', healthEvent(['AKIAROOT000000000000']));
    expect(m.toOperators).toHaveLength(1);
    expect(m.toOperators[0]?.body).toContain('as exposed: ...0000.');
    expect(m.toOperators[0]?.body).toContain("or it is the root user's");
    expect(m.caseOf(USER_ID)).toBeNull();
  });

  it('reaches the users of all keys that one event names', async () => {
    const { m } = worldWith();
    const other = {
      userId: 'AIDAOTHER',
      userName: 'other',
      path: '/',
      tags: {},
      keys: [trueKey(THIRD, 9, 1)],
    };
    m.iam.users.set(other.userId, other);
    await arrives(m, 'events', healthEvent([OLDER, THIRD]));
    expect(m.caseOf(USER_ID)?.exposed?.keys).toHaveProperty(OLDER);
    expect(m.table.exposures.get('AIDAOTHER')?.keys).toHaveProperty(THIRD);
    expect(m.toOperators.map(({ subject }) => subject)).toEqual([expect.stringContaining('/other: URGENT')]);
  });

  it('that was decided to stay goes on as decided, and operators are told', async () => {
    const { m } = worldWith();
    await m.wake(NAME);
    await later(m, MINUTE);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    await m.sweep();
    expect(m.caseOf(USER_ID)?.phase).toBe('grace');
    await arrives(m, 'events', healthEvent([NEWER]));
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'grace', exposed: { keys: { [NEWER]: {} } } });
    expect(m.toOperators).toHaveLength(1);
    expect(m.toOperators[0]?.body).toContain('goes on as decided');
  });

  it('is restored with everybody told as of something urgent', async () => {
    const { m } = worldWith();
    await arrives(m, 'events', healthEvent([OLDER]));
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    await m.sweep();
    await later(m, MINUTE);
    const off = m.mails.filter(({ subject }) => subject.includes('deactivated'));
    expect(off).toHaveLength(2);
    expect(off.map(({ link }) => link?.includes('/r/'))).toEqual([false, false]);
    const from = m.mails.length;
    // Not by a press: it must be typed.
    expect(await restore(m, 'platform-lead', OLDER)).toBe('wrong');
    const token = off.at(-1)?.link?.split('/').at(-1) ?? '';
    const back = { text: 'reactivate 3QXK', fours: ['3QXK'] };
    const answer = { kind: 'restore' as const, back, asked: true, chosen: [OLDER], facts: facts(m) };
    expect(await recordDecision(portsOf(m), token, 'decide', answer)).toMatchObject({ kind: 'recorded' });
    await m.sweep();
    await later(m, MINUTE);
    expect(urgent(m, from)).toHaveLength(2);
    expect(m.caseOf(USER_ID)?.phase).toBe('awaiting-decision');
  });

  it('is remembered while another pass has the lease, and while the case cannot be read', async () => {
    const { m } = worldWith();
    await m.wake(NAME);
    await later(m, MINUTE);
    const row = m.table.rows.get(USER_ID);
    if (row === undefined) {
      throw new Error('no case');
    }
    const lease = { until: plus(m.clock.now(), MINUTE), by: 'another' };
    m.table.rows.set(USER_ID, { ...row, case: { ...row.case, lease } });
    await arrives(m, 'events', healthEvent([OLDER]));
    expect(m.table.exposures.get(USER_ID)?.keys).toHaveProperty(OLDER);
    m.table.rows.set(USER_ID, row);
    const from = m.mails.length;
    await later(m, 2 * MINUTE);
    await m.wake(NAME);
    expect([m.caseOf(USER_ID)?.exposed?.keys, urgent(m, from).length]).toEqual([
      { [OLDER]: { at: '2026-11-23T16:05:00.000Z' } },
      2,
    ]);
  });

  it('outlives the case and the answer: the same pair, active again later, is urgent again', async () => {
    const { m, user } = worldWith();
    await arrives(m, 'events', healthEvent([OLDER]));
    const { keys } = user;
    user.keys = keys.map((one) => (one.id === OLDER ? { ...one, status: 'Inactive' as const } : one));
    await m.wake(NAME);
    await passing(m, 50 * HOUR);
    expect(m.caseOf(USER_ID)?.phase).toBe('closed');
    user.keys = keys;
    const from = m.mails.length;
    await m.wake(NAME);
    expect([m.caseOf(USER_ID)?.phase, urgent(m, from).length]).toEqual(['awaiting-decision', 2]);
  });
});

describe('a user whom AWS quarantines', () => {
  it('is urgent: nobody is told to keep any key, until AWS Health names one', async () => {
    const { m } = worldWith();
    await arrives(m, 'events', quarantineEvent(NOW));
    const [mail] = m.mails;
    expect(mail?.subject).toContain(': URGENT, exposed key, your decision needed');
    expect(mail?.body).toContain(
      'AWS quarantined the user, because a key is exposed. Keep none until you know which key is exposed.',
    );
    expect(mail?.body).not.toMatch(/KEEP|DEACTIVATE|Confidence/);
    await arrives(m, 'events', healthEvent([OLDER]));
    await m.wake(NAME);
    const last = m.mails.at(-1);
    expect(m.caseOf(USER_ID)?.alarmed?.exposed).toEqual([NEWER, OLDER]);
    expect(last?.body).not.toContain('proposed');
  });

  it('whom IAM does not show yet is told to operators, and kept under the name', async () => {
    const { m, user } = worldWith();
    m.iam.users.clear();
    await arrives(m, 'events', quarantineEvent(NOW));
    expect(m.table.underNames.get(NAME)?.exposed).toEqual({ keys: {}, quarantined: { at: NOW } });
    expect(m.toOperators[0]?.body).toContain('AWS quarantined the user of a key of IAM user ci-deploy');
    expect(m.toOperators[0]?.body).toContain('Solekey could not read the keys of this user.');
    m.iam.users.set(USER_ID, user);
    await m.wake(NAME);
    expect(urgent(m)).toHaveLength(2);
  });

  it('keeps the key that was created afterwards', async () => {
    const { m, user } = worldWith([trueKey(NEWER, 21, 0.1)]);
    await arrives(m, 'events', quarantineEvent(plus(NOW, -HOUR)));
    user.keys.push(trueKey(THIRD, 0, null));
    await m.wake(NAME);
    expect(m.mails[0]?.body).toContain('KEEP ...R7WZ');
  });

  it('and whose case only another release can read is told to operators, and kept beside the case', async () => {
    const { m } = worldWith();
    await m.wake(NAME);
    m.table.unread.set(USER_ID, {
      unread: {
        account: ACCOUNT,
        userId: USER_ID,
        userName: NAME,
        number: 1,
        keys: [],
        why: 'newer',
        reason: 'x',
      },
      version: 1,
      wakeAt: null,
    });
    const exposure = { kind: 'user' as const, at: NOW };
    const wake = { kind: 'user' as const, account: ACCOUNT, userName: NAME, attempt: 0 };
    expect(await reconcile(m.world, wake, { origin: null, exposure })).toBe('done');
    expect(m.table.exposures.get(USER_ID)?.quarantined).toEqual({ at: NOW });
    expect(m.toOperators).toHaveLength(1);
    await reconcile(m.world, wake, { origin: null, exposure });
    expect(m.toOperators).toHaveLength(2);
  });
});
