import { describe, expect, it } from 'vitest';
import { showCase } from '../../../functions/app/approve/show-case.ts';
import { reconcile } from '../../../functions/app/reconcile/reconcile.ts';
import type { Wake } from '../../../functions/app/wake.ts';
import type { NewerRequest } from '../../../functions/core/case/requests.ts';
import { withNewerAnswer } from '../../../functions/core/case/unread.ts';
import { HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import {
  decide,
  dueIn,
  eventsOf,
  facts,
  intoGrace,
  intoQuestion,
  later,
  NAME,
  portsOf,
  restore,
  scene,
  worldWith,
  writesOf,
} from '../../fakes/acts.ts';
import { ACCOUNT, aClaim, NEWER, OLDER, USER_ID } from '../../fakes/cases.ts';
import { withConfig } from '../../fakes/rule.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

const counted = ({ log }: MemoryWorld) => log.lines.filter((line) => line === 'count CaseNotReadable').length;

/** From now on the stored case cannot be read. */
function makeUnreadable(m: MemoryWorld): void {
  const current = m.caseOf(USER_ID);
  if (current === null) {
    throw new Error('there should be a case');
  }
  const unread = { ...withNewerAnswer(current, 'x'), reason: 'phase is "quarantined"' };
  m.table.unread.set(USER_ID, { unread, version: current.version, wakeAt: m.clock.now() });
}

describe('a case that this release cannot read', () => {
  it('is left alone, counted, and tried again every 15 minutes, until it can be read again', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    m.wakes.sent.splice(0);
    const writes = writesOf(m);
    const sent = m.mails.length;
    makeUnreadable(m);
    for (let quarters = 1; quarters <= 8; quarters += 1) {
      await m.sweep();
      expect(counted(m)).toBe(quarters);
      expect(m.table.unread.get(USER_ID)?.wakeAt).toBe(plus(m.clock.now(), 15 * MINUTE));
      m.clock.move(15 * MINUTE);
    }
    expect([writes, m.mails.length - sent]).toEqual([[], 0]);
    expect(m.log.lines.join('\n')).toContain('"reason":"phase is \\"quarantined\\""');
    m.table.unread.delete(USER_ID);
    await m.wake(NAME);
    expect(writes).toEqual(['deactivate 3QXK of ci-deploy']);
    expect(scene(m)).toContain('grace');
  });

  it('does not lose who made a key: the message that says so comes only once', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    makeUnreadable(m);
    const origin = { keyId: NEWER, createdBy: 'user/mallory', at: m.clock.now() };
    const wake: Wake = { kind: 'user', account: ACCOUNT, userId: USER_ID, attempt: 0 };
    expect(await reconcile(m.world, wake, { origin })).toBe('done');
    for (let n = 0; n < 30; n += 1) {
      const other = { ...origin, keyId: `AKIA0000000000000${n}` };
      await reconcile(m.world, wake, { origin: other });
    }
    // The key is one of those that the case shows, so nobody can crowd it out.
    expect(Object.keys(m.table.evidences.get(USER_ID) ?? {})).toHaveLength(21);
    m.table.unread.delete(USER_ID);
    await m.wake(NAME);
    expect(m.caseOf(USER_ID)?.origins[NEWER]?.createdBy).toBe('user/mallory');
  });

  it('takes no answer, and its page says why', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    makeUnreadable(m);
    expect(await restore(m, 'sec-lead', OLDER)).toBe('unread');
    expect(m.table.requests.size).toBe(1);
    expect(m.wakes.sent).toHaveLength(1);
    const token = await m.links.mint(aClaim({ caseNumber: 1 }));
    expect(await showCase(portsOf(m), token, 'decide')).toMatchObject({
      kind: 'unread',
      unread: { reason: 'phase is "quarantined"', keys: [{ id: NEWER }, { id: OLDER, status: 'Inactive' }] },
    });
    const other = await m.links.mint(aClaim({ caseNumber: 9 }));
    expect(await showCase(portsOf(m), other, 'decide')).toMatchObject({ kind: 'settled', current: null });
  });

  it('is judged in AWS Config by a live reading alone, which says so', async () => {
    const { m, user } = worldWith();
    await intoQuestion(m);
    makeUnreadable(m);
    const { run, shown, config } = withConfig(m);
    expect((await run()).ids).toEqual([USER_ID]);
    expect(shown()).toEqual({ [USER_ID]: 'NON_COMPLIANT' });
    expect(config.shown.get(USER_ID)?.annotation).toContain('cannot read the case');
    user.keys = user.keys.slice(0, 1);
    m.clock.move(5 * HOUR);
    expect((await run()).ids).toEqual([USER_ID]);
    expect(shown()).toEqual({ [USER_ID]: 'COMPLIANT' });
    expect(config.shown.get(USER_ID)?.annotation).toContain('1 active key: ...MPLE. Based on its keys alone');
    m.iam.users.delete(USER_ID);
    m.clock.move(5 * HOUR);
    expect((await run()).ids).toContain(USER_ID);
  });

  it('that is closed is not in the due index for ever', async () => {
    const { m, user } = worldWith();
    await intoQuestion(m);
    user.keys = user.keys.slice(0, 1);
    await m.wake(NAME);
    await later(m, MINUTE);
    expect(m.caseOf(USER_ID)?.phase).toBe('closed');
    const row = m.table.rows.get(USER_ID);
    m.table.rows.set(USER_ID, { ...(row as NonNullable<typeof row>), wakeAt: m.clock.now() });
    await m.sweep();
    expect(dueIn(m)).toBeNull();
  });
});

describe('an answer that only a newer release understands', () => {
  /** An answer of another kind, given through a link of ours or not, under the digest of the present question. */
  async function answered(m: MemoryWorld, signed: boolean): Promise<NewerRequest> {
    const token = await m.links.mint(aClaim({ caseNumber: 1 }));
    const answer = { digest: facts(m), at: m.clock.now(), ask: { kind: 'spare', until: m.clock.now() } };
    const sealed = m.links.seal(token, answer as never);
    return { newer: 'spare', sealed: signed ? sealed : { ...sealed, proof: 'f'.repeat(64) } };
  }

  it('is neither refused nor passed over: the case is left to that release', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    m.table.newer.set(`${ACCOUNT}/${USER_ID}/${facts(m)}`, await answered(m, true));
    const before = m.caseOf(USER_ID);
    await m.wake(NAME);
    expect([counted(m), m.caseOf(USER_ID)]).toEqual([1, before]);
    expect(m.log.lines.join('\n')).toContain('the stored answer is of the kind');
    expect(await decide(m, 'sec-lead', NEWER)).toBe('unread');
  });

  it('that nobody gave through a link of ours is refused like any other', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    m.table.newer.set(`${ACCOUNT}/${USER_ID}/${facts(m)}`, await answered(m, false));
    expect(await decide(m, 'sec-lead', NEWER)).toBe('unread');
    await m.wake(NAME);
    expect(counted(m)).toBe(0);
    expect(eventsOf(m)).toContain('request-refused not-signed');
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
  });

  it('that came while somebody answered on an older page is told to that person', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    const newer = await answered(m, true);
    const { approvals } = m.table;
    const { request } = approvals;
    // The page was shown before it was stored.
    let asked = 0;
    approvals.request = async (...args) => {
      asked += 1;
      return asked <= 2 ? null : request(...args);
    };
    m.table.newer.set(`${ACCOUNT}/${USER_ID}/${facts(m)}`, newer);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('unread');
    expect(m.table.requests.size).toBe(0);
  });
});
