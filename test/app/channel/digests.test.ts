import { describe, expect, it } from 'vitest';
import { sendDigests } from '../../../functions/app/reconcile/digest.ts';
import { addressMark } from '../../../functions/core/case/requests.ts';
import { UNUSED_PACE } from '../../../functions/core/channel/pace.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { intoGrace, intoQuestion, passing, worldWith } from '../../fakes/acts.ts';
import { ACCOUNT, NOW, POLICY, USER_ID } from '../../fakes/cases.ts';
import { arrives } from '../../fakes/messages.ts';
import { type MemoryWorld, memoryWorld } from '../../fakes/world.ts';

const wishFor = (email: string) => ({
  kind: 'digest' as const,
  account: ACCOUNT,
  address: addressMark(email),
});
const [LEAD] = POLICY.approvers;
const WISH = wishFor(LEAD?.email ?? '');

/** A world in which one case has a reminder that waits for the digests of both approvers. */
async function reminded() {
  const { m } = worldWith();
  await intoQuestion(m);
  await passing(m, 3 * DAY);
  expect(m.caseOf(USER_ID)?.owed.map(({ pooled }) => pooled)).toEqual(['reminder', 'reminder']);
  return m;
}

const pooledOf = (m: MemoryWorld) => m.caseOf(USER_ID)?.owed.map(({ recipient }) => recipient);
const toMorning = (m: MemoryWorld) => m.clock.move(15 * HOUR);

describe('a digest', () => {
  it('tells its own reader, strikes off what it told, and leaves the other reader theirs', async () => {
    const m = await reminded();
    toMorning(m);
    await sendDigests(m.world, WISH);
    expect(m.digestMails.map(({ recipient }) => recipient)).toEqual(['sec-lead']);
    expect(pooledOf(m)).toEqual(['platform-lead']);
    const told = m.table.history.get(USER_ID)?.at(-1)?.events;
    expect(told).toEqual([{ code: 'told', by: 'sec-lead', detail: 'reminder' }]);
    await sendDigests(m.world, WISH);
    expect(m.digestMails).toHaveLength(1);
  });

  it('says how many concerns are open', async () => {
    const m = await reminded();
    const changed = { since: null, users: 0, privileged: [], automation: [] };
    m.signOff.ask = {
      asked: false,
      due: m.clock.now(),
      changed,
      open: 2,
      overdue: 1,
      firstTarget: '2026-11-20',
    };
    toMorning(m);
    await sendDigests(m.world, WISH);
    expect(m.digestMails[0]?.body).toContain(
      '2 concerns about changes are open, 1 of them past its target date.',
    );
  });

  it('comes every week while a concern is open although no case is', async () => {
    const m = memoryWorld();
    m.table.paces.kept = true;
    const changed = { since: null, users: 0, privileged: [], automation: [] };
    const [other] = POLICY.approvers.slice(1);
    m.signOff.ask = { asked: true, due: NOW, changed, open: 1, overdue: 0, firstTarget: '2027-01-31' };
    await arrives(m, 'wakes', { kind: 'sign-off', account: ACCOUNT });
    m.signOff.ask = { ...m.signOff.ask, asked: false };
    m.world.policy = {
      ...m.world.policy,
      approvers: POLICY.approvers.map((one) => (one === other ? { ...one, mail: 'none' } : one)),
    };
    await passing(m, 16 * DAY);
    expect(m.digestMails.map(({ recipient }) => recipient)).toEqual(['sec-lead', 'sec-lead', 'sec-lead']);
    expect(m.digestMails[0]?.subject).toBe('[Solekey] prod-payments: 1 concern open');
    m.signOff.ask = { ...m.signOff.ask, open: 0 };
    await passing(m, 8 * DAY);
    expect(m.digestMails).toHaveLength(3);
  });

  it('is repeated without open cases if nobody knows of concerns, and is sent without them otherwise', async () => {
    const away = async () => {
      throw new Error('the table is away');
    };
    const m = await reminded();
    toMorning(m);
    m.world.signOffs = { read: away };
    await sendDigests(m.world, WISH);
    expect(m.digestMails).toHaveLength(1);
    expect(m.log.lines.join()).toContain('without the line about open concerns');
    const none = memoryWorld();
    none.table.paces.kept = true;
    none.table.paces.stored.set(WISH.address, { about: WISH, pace: { ...UNUSED_PACE, due: NOW } });
    none.world.signOffs = { read: away };
    await expect(sendDigests(none.world, WISH)).rejects.toThrow('the table is away');
  });

  it('has an open case that an older release wrote without the list, and puts it there', async () => {
    const m = await reminded();
    const rank = m.table.ranks.get(USER_ID);
    m.table.ranks.clear();
    toMorning(m);
    await sendDigests(m.world, WISH);
    expect(m.digestMails[0]?.body).toContain('- ci-deploy: 2 active access keys');
    expect(rank).toBeDefined();
    expect(m.table.ranks.get(USER_ID)).toBe(rank);
  });

  it('is not sent before it is due, whoever asks for it', async () => {
    const m = await reminded();
    await sendDigests(m.world, WISH);
    expect(m.digestMails).toEqual([]);
  });

  it('does not repeat the next morning what was mailed by itself', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    await passing(m, 2 * DAY);
    expect(m.digestMails).toEqual([]);
  });

  it('leaves a case that another pass holds, and tells of it again the next day', async () => {
    const m = await reminded();
    toMorning(m);
    const row = m.table.rows.get(USER_ID);
    if (row === undefined) {
      throw new Error('no case');
    }
    const lease = { until: plus(m.clock.now(), HOUR), by: 'somebody' };
    m.table.rows.set(USER_ID, { ...row, case: { ...row.case, lease } });
    await sendDigests(m.world, WISH);
    expect(m.digestMails).toHaveLength(1);
    expect(pooledOf(m)).toHaveLength(2);
    expect(m.log.lines.join()).toContain('A case is busy');
  });

  it('strikes off from the case as somebody else has just written it', async () => {
    const m = await reminded();
    toMorning(m);
    const { commit } = m.table.cases;
    let races = 1;
    m.world.cases = {
      ...m.table.cases,
      commit: async (change) => (races-- > 0 ? 'stale' : commit(change)),
    };
    await sendDigests(m.world, WISH);
    expect(pooledOf(m)).toEqual(['platform-lead']);
  });

  it('is repeated after five minutes if SNS was away', async () => {
    const m = await reminded();
    toMorning(m);
    m.state.snsAway = true;
    await expect(sendDigests(m.world, WISH)).rejects.toThrow('SNS is away');
    expect(pooledOf(m)).toHaveLength(2);
    m.state.snsAway = false;
    m.clock.move(4 * MINUTE);
    await sendDigests(m.world, WISH);
    expect(m.digestMails).toEqual([]);
    m.clock.move(MINUTE);
    await sendDigests(m.world, WISH);
    expect(m.digestMails).toHaveLength(1);
  });

  it('waits for the next hour if this one is full', async () => {
    const m = await reminded();
    toMorning(m);
    m.table.paces.kept = true;
    const stored = m.table.paces.stored.get(WISH.address);
    const hour = m.clock.now().slice(0, 13);
    m.table.paces.stored.set(WISH.address, {
      about: WISH,
      pace: { ...(stored?.pace as NonNullable<typeof stored>['pace']), hour, used: 20 },
    });
    await sendDigests(m.world, WISH);
    expect(m.digestMails).toEqual([]);
    expect(m.log.lines.join()).toContain('A digest has to wait');
    expect(pooledOf(m)).toHaveLength(2);
  });

  it('goes to nobody who may not decide any more', async () => {
    const m = await reminded();
    m.table.state.control = { pauses: [], revoked: ['sec-lead'] };
    toMorning(m);
    await sendDigests(m.world, WISH);
    expect(m.digestMails).toEqual([]);
  });

  it('has a case that a release without a list wrote last', async () => {
    const m = await reminded();
    m.table.ranks.clear();
    toMorning(m);
    await sendDigests(m.world, WISH);
    expect(m.digestMails[0]?.body).toContain('- ci-deploy: 2 active access keys');
    expect([...m.table.ranks.keys()]).toEqual([USER_ID]);
  });

  it('has a link that only shows in observe mode, and is sent once a week', async () => {
    const { m } = worldWith(undefined, { mode: 'observe' });
    await intoQuestion(m);
    await passing(m, 8 * DAY);
    const own = m.digestMails.filter(({ recipient }) => recipient === 'sec-lead');
    expect(own).toHaveLength(2);
    expect(own[0]?.body).toContain('nothing can be decided here');
  });

  it('goes without the line about Solekey itself if that cannot be read', async () => {
    const m = await reminded();
    toMorning(m);
    const away = async () => {
      throw new Error('the table is away');
    };
    m.world.health = { load: away, subscriptions: away };
    await sendDigests(m.world, WISH);
    expect(m.digestMails).toHaveLength(1);
    expect(m.log.lines.join()).toContain('without the line about Solekey itself');
  });
});

it('an announcement that waits for a digest counts only when the digest has named it', async () => {
  const { m } = worldWith();
  await intoGrace(m);
  m.table.paces.kept = true;
  // Three ordinary mails in every hour of the announcement have used up the number of both addresses.
  for (const { email } of POLICY.approvers) {
    const about = wishFor(email);
    const pace = m.table.paces.stored.get(about.address)?.pace;
    m.clock.watchers.push({
      before: () => undefined,
      after: () => {
        const now = m.table.paces.stored.get(about.address)?.pace ?? pace;
        m.table.paces.stored.set(about.address, {
          about,
          pace: { ...(now as NonNullable<typeof now>), hour: m.clock.now().slice(0, 13), used: 3 },
        });
      },
    });
  }
  await passing(m, 6 * DAY + 2 * HOUR);
  const told = m.digestMails.filter(({ body }) =>
    body.includes('to be deleted, unless someone reactivates them'),
  );
  expect(told.length).toBeGreaterThan(0);
  expect(m.mails.some(({ subject }) => subject.includes('will be deleted'))).toBe(false);
  await passing(m, 3 * DAY);
  expect(m.caseOf(USER_ID)?.closedAs).toBe('remediated');
});
