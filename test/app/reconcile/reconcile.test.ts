import { describe, expect, it } from 'vitest';
import { Unreadable } from '../../../functions/app/ports.ts';
import { reconcile } from '../../../functions/app/reconcile/reconcile.ts';
import type { News, Wake } from '../../../functions/app/wake.ts';
import { MINUTE, type Seconds } from '../../../functions/core/model/time.ts';
import {
  decide,
  intoGrace,
  intoQuestion,
  later,
  NAME,
  scene,
  trueKey,
  worldWith,
  writesOf,
} from '../../fakes/acts.ts';
import { ACCOUNT, NEWER, OLDER, THIRD, USER_ID } from '../../fakes/cases.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

/** The delay of each wake that was sent on so far. */
const delays = (m: MemoryWorld): Seconds[] => m.wakes.delayed.map(({ delay }) => delay);

const wake = (more: Partial<Wake>): Wake => ({ kind: 'user', account: ACCOUNT, attempt: 0, ...more });
const created = wake({ userName: NAME, expects: { keyId: THIRD, status: 'Active' } });

/** Delivers a wake and each wake it sends on, until none is left; the first one as an event if it tells news. */
async function deliver(m: MemoryWorld, first: Wake, news: News | null = null): Promise<string[]> {
  const outcomes = [await reconcile(m.world, first, news)];
  let read = m.wakes.delayed.length - 1;
  for (let next = m.wakes.delayed[read]; next !== undefined; next = m.wakes.delayed[read]) {
    outcomes.push(await reconcile(m.world, next.wake));
    read += 1;
  }
  return outcomes;
}

describe('when IAM does not show yet what the event said', () => {
  it('looks again after 1/4, 1, 5 and 15 times settle, then judges what is seen, and counts', async () => {
    const { m } = worldWith();
    expect(await deliver(m, created)).toEqual(['wait', 'wait', 'wait', 'wait', 'done']);
    expect(delays(m)).toEqual([MINUTE, 15, 60, 300, 900]);
    expect(m.log.lines).toContain('count ExpectationNeverMet');
    expect(m.caseOf(USER_ID)?.phase).toBe('awaiting-decision');
  });

  it('is content as soon as it shows', async () => {
    const { m, user } = worldWith([trueKey(NEWER, 21, 1)]);
    expect(await reconcile(m.world, created)).toBe('wait');
    user.keys.push(trueKey(THIRD, 0, null));
    const [again] = m.wakes.delayed.splice(0);
    expect(again?.wake).toEqual({ ...created, attempt: 1 });
    expect(await reconcile(m.world, again?.wake ?? created)).toBe('done');
    // Nothing but the wake for the first notice.
    expect(m.wakes.delayed).toMatchObject([{ wake: { userId: USER_ID }, delay: MINUTE }]);
    expect(m.caseOf(USER_ID)?.phase).toBe('rotating');
    expect(m.log.lines).not.toContain('count ExpectationNeverMet');
  });

  it.each<[string, Wake['expects'], string]>([
    ['Active, and is', { keyId: NEWER, status: 'Active' }, 'done'],
    ['Active, and is not there', { keyId: THIRD, status: 'Active' }, 'wait'],
    ['Inactive, and is Active', { keyId: NEWER, status: 'Inactive' }, 'wait'],
    ['Inactive, and was deleted since', { keyId: THIRD, status: 'Inactive' }, 'done'],
    ['gone, and is there', { keyId: NEWER, status: 'Deleted' }, 'wait'],
    ['gone, and is', { keyId: THIRD, status: 'Deleted' }, 'done'],
  ])('a key should be %s', async (_what, expects, outcome) => {
    const { m } = worldWith();
    expect(await reconcile(m.world, { ...created, ...(expects === undefined ? {} : { expects }) })).toBe(
      outcome,
    );
  });

  it('a new user whom IAM does not know yet is waited for', async () => {
    const { m } = worldWith();
    const fresh = { ...created, userName: 'brand-new' };
    expect(await reconcile(m.world, fresh)).toBe('wait');
    expect(await reconcile(m.world, { ...fresh, expects: { keyId: THIRD, status: 'Deleted' } })).toBe(
      'nobody',
    );
    expect(await reconcile(m.world, wake({ userName: 'brand-new' }))).toBe('nobody');
  });

  it('also under the name of somebody who is gone: the wake is not taken for the former holder’s', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    m.iam.users.delete(USER_ID);
    m.wakes.delayed.splice(0);
    expect(await reconcile(m.world, created)).toBe('wait');
    const other = 'AIDAOTHEREXAMPLE00001';
    const keys = [trueKey(THIRD, 0, null), trueKey('AKIAI44QH8DHBEXAMPL4', 0, null)];
    m.iam.users.set(other, { userId: other, userName: NAME, path: '/', tags: {}, keys });
    const [again] = m.wakes.delayed.splice(0);
    expect(await reconcile(m.world, again?.wake ?? created)).toBe('done');
    expect(m.caseOf(other)?.phase).toBe('rotating');
  });

  it('what cannot be read contradicts nothing: the open case is looked at again anyway', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    m.iam.state.unreadable = true;
    const { userName: _none, ...byId } = created;
    m.wakes.delayed.splice(0);
    expect(await reconcile(m.world, { ...byId, userId: USER_ID })).toBe('done');
    expect([m.wakes.sent, m.wakes.delayed]).toEqual([[], []]);
  });
});

describe('who is meant', () => {
  it.each<[string, Partial<Wake>]>([
    ['by UserId', { userId: USER_ID, userName: NAME }],
    ['by name', { userName: NAME }],
    ['by name in another case', { userName: 'CI-DEPLOY' }],
    ['by key', { accessKeyId: OLDER }],
  ])('%s', async (_how, who) => {
    const { m } = worldWith();
    expect(await reconcile(m.world, wake(who))).toBe('done');
    expect(m.caseOf(USER_ID)).toMatchObject({ userId: USER_ID, userName: NAME });
  });

  it.each<[string, Partial<Wake>]>([
    ['a key that nobody has', { accessKeyId: THIRD }],
    ['a name that nobody had', { userName: 'nobody' }],
    ['nothing', {}],
  ])('%s is nobody', async (_how, who) => {
    const { m } = worldWith();
    expect(await reconcile(m.world, wake(who))).toBe('nobody');
  });

  it('a key that IAM denies to talk about is nobody’s; a list that it denies is unreadable', async () => {
    const { m } = worldWith();
    const deny = async () => {
      throw new Unreadable('denied', 'IAM');
    };
    m.world.iam = { ...m.iam.reader, ownerOf: deny };
    expect(await reconcile(m.world, wake({ accessKeyId: THIRD }))).toBe('nobody');
    m.world.iam = { ...m.iam.reader, user: deny };
    await expect(reconcile(m.world, wake({ userName: NAME }))).rejects.toBeInstanceOf(Unreadable);
  });

  it('a name that IAM no longer knows leads to the case that had it', async () => {
    const { m, user } = worldWith();
    await intoQuestion(m);
    user.userName = 'ci-renamed';
    expect(await reconcile(m.world, wake({ userName: NAME }))).toBe('done');
    expect(m.caseOf(USER_ID)?.userName).toBe('ci-renamed');
  });
});

describe('another pass is at work', () => {
  /** A claim whose pass got no answer: its lease lasts 90 s. */
  async function leased() {
    const { m, user } = worldWith();
    await intoQuestion(m);
    await decide(m, 'sec-lead', NEWER);
    m.wakes.sent.length = 0;
    m.wakes.delayed.length = 0;
    m.iam.faults.push('lost-before');
    await m.wake(NAME);
    return { m, user, version: m.caseOf(USER_ID)?.version };
  }

  it('its lease is respected, whatever is seen, and the wake comes again', async () => {
    const { m, user, version } = await leased();
    user.keys.push(trueKey(THIRD, 0, null));
    expect(await m.wake(NAME)).toBe('wait');
    expect(m.caseOf(USER_ID)?.version).toBe(version);
    expect(m.wakes.delayed).toMatchObject([{ wake: { userName: NAME, attempt: 1 }, delay: 15 }]);
  });

  it('is looked at when the lease is over, even if every message is lost and the sweep pushed the look', async () => {
    const { m } = await leased();
    m.clock.move(30);
    const row = m.table.rows.get(USER_ID);
    if (row) {
      m.table.rows.set(USER_ID, { ...row, wakeAt: m.clock.now() });
    }
    await m.sweep();
    m.wakes.sent.length = 0;
    await later(m, MINUTE);
    expect(scene(m)).toContain('grace | MPLE Active, 3QXK Inactive');
  });

  it('a wake that meets nothing but leases gives up and counts', async () => {
    const { m } = await leased();
    expect(await deliver(m, wake({ userName: NAME }))).toEqual(['wait', 'wait', 'wait', 'wait', 'done']);
    expect(m.log.lines).toContain('count LeaseOutlasted');
  });

  it('a look that fails meanwhile is not its failure', async () => {
    const { m } = await leased();
    m.iam.state.unreadable = true;
    await reconcile(m.world, wake({ userId: USER_ID }));
    expect(m.table.rows.get(USER_ID)).toMatchObject({ failures: 0, wakeAt: m.caseOf(USER_ID)?.lease?.until });
  });
});

describe('messages carry no authority', () => {
  it.each<[string, Partial<Wake>, News | null]>([
    ['expects a key off', { expects: { keyId: OLDER, status: 'Inactive' } }, null],
    ['expects a key gone', { expects: { keyId: NEWER, status: 'Deleted' } }, null],
    [
      'names another maker',
      {},
      { origin: { keyId: OLDER, createdBy: 'root', at: '2026-01-01T00:00:00.000Z' } },
    ],
  ])('a wake that %s changes no key', async (_what, more, news) => {
    const { m } = worldWith();
    const writes = writesOf(m);
    await intoQuestion(m);
    await deliver(m, wake({ userName: NAME, ...more }), news);
    expect(writes).toEqual([]);
  });

  it('who made a key is kept as evidence, for keys that exist and for a few that IAM may show later', async () => {
    const { m } = worldWith();
    const origin = { createdBy: 'user/alice', at: '2026-11-02T10:00:00.000Z' };
    const { keyId: _none, ...kept } = { ...origin, keyId: NEWER };
    await reconcile(m.world, wake({ userName: NAME }), { origin: { ...origin, keyId: NEWER } });
    const others = Array.from({ length: 30 }, (_, n) => `AKIAOTHER${String(n).padStart(11, '0')}`);
    for (const keyId of others) {
      await reconcile(m.world, wake({ userName: NAME }), { origin: { ...origin, keyId } });
    }
    const origins = m.caseOf(USER_ID)?.origins ?? {};
    expect(origins[NEWER]).toEqual(kept);
    expect(Object.keys(origins).sort()).toEqual([...others.slice(-20), NEWER].sort());
  });

  it('doubled and old wakes change nothing in grace', async () => {
    const { m } = worldWith();
    const writes = writesOf(m);
    await intoGrace(m);
    for (let time = 0; time < 3; time += 1) {
      await deliver(m, { ...created, expects: { keyId: OLDER, status: 'Active' } });
    }
    expect(writes).toEqual(['deactivate 3QXK of ci-deploy']);
    expect(m.caseOf(USER_ID)?.phase).toBe('grace');
  });
});
