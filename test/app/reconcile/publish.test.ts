import { describe, expect, it } from 'vitest';
import type { Mail } from '../../../functions/app/ports.ts';
import { givenBy } from '../../../functions/core/case/mailed-to.ts';
import { addressMark } from '../../../functions/core/case/requests.ts';
import { DAY, MINUTE, plus } from '../../../functions/core/model/time.ts';
import {
  BOTH,
  dueIn,
  eventsOf,
  intoGrace,
  intoQuestion,
  later,
  NAME,
  scene,
  worldWith,
} from '../../fakes/acts.ts';
import { OLDER, POLICY, USER_ID } from '../../fakes/cases.ts';
import { caseClaimIn } from '../../fakes/claims.ts';

const ON = 'MPLE Active, 3QXK Active';

/** A violation was found, and people are to be told in this minute. */
async function atTheDoor() {
  const { m, user } = worldWith();
  await m.wake(NAME);
  m.clock.move(MINUTE);
  return { m, user };
}

describe('when SNS is away', () => {
  it('what is owed stays owed, is tried later and later, and arrives once', async () => {
    const { m } = await atTheDoor();
    m.state.snsAway = true;
    await m.sweep();
    const waits: (number | null)[] = [];
    for (let look = 0; look < 8; look += 1) {
      waits.push(dueIn(m));
      expect(m.caseOf(USER_ID)?.owed).toHaveLength(3);
      await later(m, dueIn(m) ?? 0);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((times) => times * MINUTE));
    expect(scene(m)).toBe(`awaiting-decision | ${ON} | silence`);
    m.state.snsAway = false;
    await later(m, dueIn(m) ?? 0);
    expect(scene(m)).toBe(`awaiting-decision | ${ON} | detected to ${BOTH}`);
    expect(m.caseOf(USER_ID)).toMatchObject({ owed: [], lease: null });
    expect(m.table.rows.get(USER_ID)?.failures).toBe(0);
    await later(m, DAY);
    expect(scene(m)).toContain('silence');
  });

  it('a conflict with another pass after the sending makes nobody hear it twice', async () => {
    const { m } = await atTheDoor();
    const { commit } = m.table.cases;
    let conflicts = 2;
    m.world.cases = {
      ...m.table.cases,
      commit: async (change) =>
        change.entry.rule === 'notices' && conflicts-- > 0 ? 'stale' : commit(change),
    };
    await m.sweep();
    expect(scene(m)).toBe(`awaiting-decision | ${ON} | detected to ${BOTH}`);
    expect(m.caseOf(USER_ID)).toMatchObject({ owed: [], lease: null });
    await later(m, 10 * MINUTE);
    expect(scene(m)).toContain('silence');
  });

  it('one recipient that fails keeps nobody else waiting, and nobody is told twice', async () => {
    const { m } = await atTheDoor();
    const { mail } = m.world.publisher;
    let away = true;
    const only = async (one: Mail) => {
      if (away && one.recipient === 'platform-lead') {
        throw new Error('no');
      }
      await mail(one);
    };
    m.world.publisher = { ...m.world.publisher, mail: only };
    await m.sweep();
    expect(scene(m)).toContain('detected to sec-lead');
    expect(m.caseOf(USER_ID)?.owed.map(({ recipient }) => recipient)).toEqual(['platform-lead']);
    away = false;
    await later(m, MINUTE);
    expect(m.mails.map(({ recipient }) => recipient)).toEqual(['sec-lead', 'platform-lead']);
    expect(m.news).toHaveLength(1);
  });

  it('a pass that dies after SNS accepted mails again: doubled, never lost', async () => {
    const { m } = await atTheDoor();
    m.world.cases = {
      ...m.table.cases,
      async commit(change) {
        if (change.entry.rule === 'notices') {
          throw new Error('the function was killed');
        }
        return m.table.cases.commit(change);
      },
    };
    await expect(m.sweep()).rejects.toThrow('killed');
    expect(m.caseOf(USER_ID)?.owed).toHaveLength(3);
    m.world.cases = m.table.cases;
    await later(m, 89);
    expect(m.mails).toHaveLength(2);
    await later(m, MINUTE * 10);
    expect(m.mails.map(({ recipient }) => recipient)).toEqual([
      ...['sec-lead', 'platform-lead'],
      ...['sec-lead', 'platform-lead'],
    ]);
    expect(m.caseOf(USER_ID)?.owed).toEqual([]);
  });

  it('the end of the case of a user who is gone is told, when SNS is back', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    m.iam.users.delete(USER_ID);
    await m.wake(NAME);
    m.state.snsAway = true;
    await later(m, MINUTE);
    expect(scene(m)).toBe('closed(user-gone) | no user | silence');
    m.state.snsAway = false;
    await later(m, MINUTE);
    expect(scene(m)).toBe(`closed(user-gone) | no user | closed to ${BOTH}`);
    expect(dueIn(m)).toBeNull();
  });

  it('no deletion without an announcement that was accepted, and in time', async () => {
    const { m, user } = worldWith();
    await intoGrace(m);
    m.state.snsAway = true;
    await later(m, 6 * DAY);
    for (let day = 0; day < 5; day += 1) {
      await later(m, DAY);
    }
    expect(user.keys).toHaveLength(2);
    expect(m.caseOf(USER_ID)?.phase).toBe('grace');
    m.state.snsAway = false;
    await later(m, DAY);
    expect(scene(m)).toContain(`grace | MPLE Active, 3QXK Inactive | deletion-announced to ${BOTH}`);
    const announced = m.clock.now();
    expect(m.caseOf(USER_ID)?.progress[OLDER]?.announced).toBe(announced);
    await later(m, DAY - MINUTE);
    expect(scene(m)).toContain('grace | MPLE Active, 3QXK Inactive');
    await later(m, MINUTE);
    expect(m.caseOf(USER_ID)?.phase).toBe('deleting');
  });
});

describe('who is told what', () => {
  it('a link is for one person, one case, one purpose, and for as long as links are valid', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    const claims = m.mails.flatMap(({ link }) => caseClaimIn(link) ?? []);
    const about = { userId: USER_ID, caseNumber: 1, account: '123456789012' };
    const expires = plus(m.clock.now(), POLICY.linkValidity);
    const marks = { 'sec-lead': 'security@example.com', 'platform-lead': 'platform@example.com' };
    const wanted = (['decide', 'restore'] as const).flatMap((purpose) =>
      Object.entries(marks).map(([by, email]) => [
        { ...about, purpose, expires },
        { by, address: addressMark(email) },
      ]),
    );
    const said = claims.map((claim) => {
      const { userId, caseNumber, account, purpose, expires: ends } = claim;
      return [{ userId, caseNumber, account, purpose, expires: ends }, givenBy(claim, POLICY)];
    });
    expect(said).toEqual(wanted);
    expect(m.mails.map(({ link }) => link?.split('/')[3])).toEqual(['c', 'c', 'r', 'r']);
  });

  it('who is revoked gets nothing more, and is owed nothing', async () => {
    const { m } = await atTheDoor();
    m.table.state.control = { pauses: [], revoked: ['sec-lead'] };
    await m.sweep();
    expect(scene(m)).toContain('detected to platform-lead');
    expect(m.caseOf(USER_ID)?.owed).toEqual([]);
  });

  it('who is revoked while a notice is owed does not get it', async () => {
    const { m } = await atTheDoor();
    m.state.snsAway = true;
    await m.sweep();
    m.state.snsAway = false;
    m.table.state.control = { pauses: [], revoked: ['sec-lead'] };
    await later(m, MINUTE);
    expect(scene(m)).toContain('detected to platform-lead');
    expect(m.caseOf(USER_ID)?.owed).toEqual([]);
  });

  it('a notice that is overtaken by events is not sent', async () => {
    const { m, user } = await atTheDoor();
    m.state.snsAway = true;
    await m.sweep();
    user.keys = user.keys.slice(0, 1);
    m.state.snsAway = false;
    await later(m, MINUTE);
    expect(scene(m)).toBe('awaiting-decision | MPLE Active | silence');
    await later(m, MINUTE);
    expect(scene(m)).toBe(`closed(by-owner) | MPLE Active | closed to ${BOTH}`);
  });

  it('what was told to whom is history', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    expect(eventsOf(m).filter((event) => event === 'told detected')).toHaveLength(3);
  });

  it('the log names the failure, never the link', async () => {
    const { m } = await atTheDoor();
    m.state.snsAway = true;
    await m.sweep();
    expect(m.log.lines.filter((line) => line.startsWith('error'))).toHaveLength(3);
    expect(m.log.lines.join('\n')).not.toContain('v1.');
  });
});
