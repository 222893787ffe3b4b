import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { decide, later, NAME, passing, scene, trueKey, worldWith } from '../../fakes/acts.ts';
import { ACCOUNT, NEWER, NOW, OLDER, THIRD, USER_ID } from '../../fakes/cases.ts';
import { arrives, keyEvent } from '../../fakes/messages.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

const TRUSTING = { trustedCreators: ['role/*'] };
const MALLORY = 'user/mallory';

/** A key that the user has since an hour, beside the one in use. */
const freshPair = () => [trueKey(NEWER, 21, 0.1), trueKey(THIRD, 1 / 24, null)];
const made = (by: string, at = plus(NOW, -HOUR)) => keyEvent('CreateAccessKey', { keyId: THIRD, by, at });
const origins = (m: MemoryWorld) =>
  Object.fromEntries(
    Object.entries(m.caseOf(USER_ID)?.origins ?? {}).map(([id, { createdBy }]) => [id, createdBy]),
  );
const urgent = (m: MemoryWorld, from = 0) =>
  m.mails.slice(from).filter(({ subject }) => subject.includes('URGENT')).length;

describe('evidence that somebody forges in the wake queue', () => {
  it.each<[string, object]>([
    [
      'a wake that says the owner made the key',
      {
        kind: 'user',
        account: ACCOUNT,
        userName: NAME,
        origin: { keyId: THIRD, createdBy: `user/${NAME}`, at: NOW },
        attempt: 0,
      },
    ],
    ['an event that says the owner made the key', made(NAME)],
    ['an event that says so at a later time', made(NAME, NOW)],
  ])('%s turns no urgent case into a quiet rotation', async (_what, forged) => {
    const { m } = worldWith(freshPair(), TRUSTING);
    await arrives(m, 'events', made('mallory'));
    expect([m.caseOf(USER_ID)?.phase, urgent(m)]).toEqual(['awaiting-decision', 2]);
    await arrives(m, 'wakes', forged);
    await passing(m, 3 * HOUR);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'awaiting-decision' });
    expect(origins(m)).toEqual({ [THIRD]: MALLORY });
  });

  it.each<[string, object]>([
    [
      'a wake',
      {
        kind: 'user',
        account: ACCOUNT,
        userName: NAME,
        origin: { keyId: THIRD, createdBy: 'user/alice', at: NOW },
        attempt: 0,
      },
    ],
    ['an event', made('alice')],
  ])('%s accuses nobody, and is no more than a wake', async (_what, forged) => {
    const { m } = worldWith(freshPair(), TRUSTING);
    await arrives(m, 'wakes', forged);
    await later(m, MINUTE);
    expect(scene(m)).toContain('rotating');
    expect([origins(m), urgent(m)]).toEqual([{}, 0]);
  });

  it('does not make the real event come too late to alarm', async () => {
    const { m } = worldWith(freshPair(), TRUSTING);
    await arrives(m, 'wakes', made(NAME));
    await later(m, MINUTE);
    expect(m.caseOf(USER_ID)?.phase).toBe('rotating');
    await arrives(m, 'events', made('mallory'));
    expect([m.caseOf(USER_ID)?.phase, urgent(m)]).toEqual(['awaiting-decision', 2]);
  });

  it('nor where people were asked already, and an expected creator is on record', async () => {
    const { m } = worldWith([trueKey(NEWER, 21, 0.1), trueKey(THIRD, 20, null)], TRUSTING);
    await arrives(m, 'events', made(NAME));
    await later(m, MINUTE);
    expect([scene(m), origins(m)]).toEqual([
      expect.stringContaining('detected to'),
      { [THIRD]: `user/${NAME}` },
    ]);
    await arrives(m, 'events', made('mallory'));
    expect([urgent(m), origins(m)]).toEqual([2, { [THIRD]: MALLORY }]);
  });
});

describe('evidence that only one event has', () => {
  it('is kept while another pass has the lease, and alarms as soon as that is over', async () => {
    const { m } = worldWith(freshPair(), TRUSTING);
    await m.wake(NAME);
    const row = m.table.rows.get(USER_ID);
    if (row === undefined) {
      throw new Error('no case');
    }
    const lease = { until: plus(NOW, MINUTE), by: 'another' };
    m.table.rows.set(USER_ID, { ...row, case: { ...row.case, lease } });
    await arrives(m, 'events', made('mallory'));
    expect(origins(m)).toEqual({});
    m.clock.move(MINUTE);
    for (const { wake } of m.wakes.delayed.splice(0)) {
      await arrives(m, 'wakes', wake);
    }
    expect([m.caseOf(USER_ID)?.phase, origins(m), urgent(m)]).toEqual([
      'awaiting-decision',
      { [THIRD]: MALLORY },
      2,
    ]);
  });

  it('is kept while IAM does not show the key yet', async () => {
    const { m, user } = worldWith([trueKey(NEWER, 21, 0.1)], TRUSTING);
    await arrives(m, 'events', made('mallory'));
    user.keys.push(trueKey(THIRD, 0, null));
    await m.wake(NAME);
    expect([m.caseOf(USER_ID)?.phase, origins(m), urgent(m)]).toEqual([
      'awaiting-decision',
      { [THIRD]: MALLORY },
      2,
    ]);
  });

  it('is kept under the name of a user whom IAM does not show yet, with few others', async () => {
    const { m, user } = worldWith([], TRUSTING);
    m.iam.users.clear();
    for (let n = 0; n < 30; n += 1) {
      const at = plus(NOW, n - 60);
      await arrives(
        m,
        'events',
        keyEvent('CreateAccessKey', { keyId: `AKIACHURN${n}0000000000`, by: 'x', at }),
      );
    }
    await arrives(m, 'events', made('mallory'));
    expect(Object.keys(m.table.underNames.get(NAME)?.origins ?? {})).toHaveLength(20);
    m.iam.users.set(USER_ID, user);
    user.keys.push(trueKey(THIRD, 0, null));
    await m.wake(NAME);
    expect(m.caseOf(USER_ID)).toBeNull();
    user.keys.push(trueKey(NEWER, 21, 0.1));
    const { userId } = user;
    await arrives(m, 'wakes', { kind: 'user', account: ACCOUNT, userId, attempt: 0 });
    expect([m.caseOf(USER_ID)?.phase, origins(m)[THIRD], urgent(m)]).toEqual([
      'awaiting-decision',
      MALLORY,
      2,
    ]);
  });

  it('does not get lost when a list of IAM lacks the key for a moment', async () => {
    const { m, user } = worldWith(freshPair(), TRUSTING);
    await arrives(m, 'events', made('mallory'));
    const { keys } = user;
    user.keys = keys.slice(0, 1);
    await m.wake(NAME);
    user.keys = keys;
    await m.wake(NAME);
    await passing(m, HOUR);
    expect([m.caseOf(USER_ID)?.phase, origins(m)]).toEqual(['awaiting-decision', { [THIRD]: MALLORY }]);
  });

  it('outlives the case: the same key, active again days later, is no quiet rotation', async () => {
    const { m, user } = worldWith(freshPair(), TRUSTING);
    await arrives(m, 'events', made('mallory'));
    const { keys } = user;
    user.keys = keys.map((one) => (one.id === THIRD ? { ...one, status: 'Inactive' as const } : one));
    await m.wake(NAME);
    await passing(m, 50 * HOUR);
    expect(m.caseOf(USER_ID)?.phase).toBe('closed');
    user.keys = keys;
    const from = m.mails.length;
    await m.wake(NAME);
    expect([m.caseOf(USER_ID)?.phase, urgent(m, from)]).toEqual(['awaiting-decision', 2]);
  });

  it('is not repeated once a person decided to keep the key', async () => {
    const { m, user } = worldWith(freshPair(), TRUSTING);
    await arrives(m, 'events', made('mallory'));
    expect(await decide(m, 'sec-lead', THIRD, { inUse: true })).toBe('recorded');
    await m.sweep();
    await passing(m, 10 * DAY, 6 * HOUR);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'closed', closedAs: 'remediated' });
    await passing(m, 2 * DAY, 6 * HOUR);
    user.keys.push({ ...trueKey(OLDER, 0, null), created: m.clock.now() });
    const from = m.mails.length;
    await m.wake(NAME);
    await later(m, MINUTE);
    expect([m.caseOf(USER_ID)?.phase, m.mails.length > from, urgent(m, from)]).toEqual([
      'awaiting-decision',
      true,
      0,
    ]);
    expect(m.caseOf(USER_ID)?.origins[THIRD]?.answered).toBeDefined();
  });
});

describe('expectations that a later event supersedes', () => {
  const off = (at: string) => keyEvent('UpdateAccessKey', { keyId: NEWER, status: 'Inactive', at });
  const on = (at: string) => keyEvent('UpdateAccessKey', { keyId: NEWER, status: 'Active', at });
  const [FIRST, SECOND] = [plus(NOW, -2), plus(NOW, -1)];

  /** Delivers these events and every wake that follows; returns how many evaluations that took. */
  async function evaluations(m: MemoryWorld, ...events: object[]): Promise<number> {
    let count = 0;
    for (const event of events) {
      count += 1;
      await arrives(m, 'events', event);
    }
    for (let next = m.wakes.delayed.shift(); next !== undefined; next = m.wakes.delayed.shift()) {
      if (next.wake.expects !== undefined) {
        count += 1;
        await arrives(m, 'wakes', next.wake);
      }
    }
    return count;
  }

  it.each<[string, object[], number]>([
    ['off and on again', [off(FIRST), on(SECOND)], 3],
    ['off and on again, in the wrong order', [on(SECOND), off(FIRST)], 2],
    [
      'made and deleted',
      [
        keyEvent('CreateAccessKey', { keyId: THIRD, at: FIRST }),
        keyEvent('DeleteAccessKey', { keyId: THIRD, at: FIRST }),
      ],
      3,
    ],
    [
      'deleted, and then told that it was made',
      [
        keyEvent('DeleteAccessKey', { keyId: THIRD, at: SECOND }),
        keyEvent('CreateAccessKey', { keyId: THIRD, at: FIRST }),
      ],
      2,
    ],
  ])('%s costs few evaluations and is no error', async (_what, events, most) => {
    const { m } = worldWith();
    expect(await evaluations(m, ...events)).toBeLessThanOrEqual(most);
    expect(m.log.lines.filter((line) => line.startsWith('error') || line.includes('NeverMet'))).toEqual([]);
  });

  it('holds for a user who is gone, too', async () => {
    const { m } = worldWith();
    m.iam.users.clear();
    const events = [
      keyEvent('CreateAccessKey', { keyId: THIRD, at: FIRST, userName: 'brief' }),
      keyEvent('DeleteAccessKey', { keyId: THIRD, at: SECOND, userName: 'brief' }),
    ];
    expect(await evaluations(m, ...events)).toBeLessThanOrEqual(3);
    expect(m.log.lines.join()).not.toContain('NeverMet');
  });

  it('what a wake in the wake queue says supersedes nothing', async () => {
    const { m } = worldWith();
    const expects = { keyId: NEWER, status: 'Active', at: plus(NOW, HOUR) };
    await arrives(m, 'wakes', { kind: 'user', account: ACCOUNT, userName: NAME, expects, attempt: 0 });
    await arrives(m, 'wakes', on(plus(NOW, HOUR)));
    expect(m.table.underNames.size).toBe(0);
    expect(await evaluations(m, off(FIRST))).toBe(5);
    expect(m.log.lines).toContain('count ExpectationNeverMet');
  });
});
