import { describe, expect, it } from 'vitest';
import { givenBy } from '../../../functions/core/case/mailed-to.ts';
import { DAY, HOUR, MINUTE } from '../../../functions/core/model/time.ts';
import {
  BOTH,
  decide,
  eventsOf,
  facts,
  intoGrace,
  intoQuestion,
  later,
  NAME,
  restore,
  scene,
  trueKey,
  twoKeys,
  worldWith,
  writesOf,
} from '../../fakes/acts.ts';
import { ACCOUNT, NEWER, OLDER, THIRD, USER_ID } from '../../fakes/cases.ts';
import { caseClaimIn } from '../../fakes/claims.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

const ON = 'MPLE Active, 3QXK Active';
const OFF = 'MPLE Active, 3QXK Inactive';

describe('the spine: from two keys to one, with the sweep alone', () => {
  it('asks, switches off, waits, announces, deletes, verifies, closes', async () => {
    const { m } = worldWith();
    const writes = writesOf(m);
    await m.wake(NAME);
    expect(scene(m)).toBe(`awaiting-decision | ${ON} | silence`);
    await later(m, MINUTE);
    expect(scene(m)).toBe(`awaiting-decision | ${ON} | detected to ${BOTH}`);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    const story: [number, string][] = [
      [0, `grace | ${OFF} | deactivated to ${BOTH}`],
      [5 * DAY + 23 * HOUR, `grace | ${OFF} | silence`],
      [HOUR, `grace | ${OFF} | deletion-announced to ${BOTH}`],
      [DAY - MINUTE, `grace | ${OFF} | silence`],
      [MINUTE, `deleting | ${OFF} | silence`],
      [MINUTE, 'deleting | MPLE Active | silence'],
      [MINUTE, `closed(remediated) | MPLE Active | closed to ${BOTH}`],
      [30 * DAY, 'closed(remediated) | MPLE Active | silence'],
    ];
    for (const [seconds, seen] of story) {
      await later(m, seconds);
      expect(scene(m)).toBe(seen);
    }
    expect(writes).toEqual(['deactivate 3QXK of ci-deploy', 'delete 3QXK of ci-deploy']);
    expect(m.table.decisions).toMatchObject([{ by: 'sec-lead', keep: NEWER, remove: [OLDER] }]);
    expect(m.table.rows.get(USER_ID)?.wakeAt).toBeNull();
  });

  it('the same happens when every message but the mails is lost', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    await decide(m, 'platform-lead', NEWER);
    m.wakes.sent.length = 0;
    await later(m, DAY);
    expect(scene(m)).toBe(`grace | ${OFF} | deactivated to ${BOTH}`);
  });

  it('gives each approver a link of their own, and machines none', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    const claims = m.mails.map(({ link }) => caseClaimIn(link));
    expect(m.mails.map(({ recipient }) => recipient)).toEqual(
      claims.map((claim) => claim && givenBy(claim, m.world.policy)?.by),
    );
    expect(new Set(m.mails.map(({ link }) => link)).size).toBe(2);
    expect(claims.every((claim) => claim?.purpose === 'decide' && claim.userId === USER_ID)).toBe(true);
    expect(JSON.stringify(m.news)).not.toMatch(/v1\.|https:|AKIA/);
  });

  it('looking again and again changes nothing', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    const version = m.caseOf(USER_ID)?.version;
    for (let look = 0; look < 5; look += 1) {
      await m.wake(NAME);
    }
    expect(m.caseOf(USER_ID)?.version).toBe(version);
    expect(scene(m)).toContain('silence');
  });

  it.each([
    ['no key', []],
    ['one key', [trueKey(NEWER, 21, 1)]],
    [
      'one of two active',
      [trueKey(NEWER, 21, 1), { ...trueKey(OLDER, 600, 43), status: 'Inactive' as const }],
    ],
  ])('%s is no case', async (_what, keys) => {
    const { m } = worldWith(keys);
    expect(await m.wake(NAME)).toBe('done');
    expect(scene(m)).toContain('no case');
    expect(m.table.rows.size).toBe(0);
  });
});

describe('what people and owners do', () => {
  it.each([
    ['within notifyAfter mails nobody', 30, 'silence'],
    ['after people were told tells them of the end', 2 * MINUTE, `rotation,closed to ${BOTH}`],
  ])('a rotation that finishes by itself %s', async (_what, seconds, told) => {
    const { m, user } = worldWith([trueKey(NEWER, 0, null), trueKey(OLDER, 600, 1)]);
    await m.wake(NAME);
    expect(m.caseOf(USER_ID)?.phase).toBe('rotating');
    await later(m, seconds);
    user.keys = user.keys.filter(({ id }) => id === NEWER);
    await m.wake(NAME);
    await later(m, MINUTE);
    expect(scene(m)).toBe(`closed(by-owner) | MPLE Active | ${told}`);
  });

  it('an owner who settles it after the question ends the case', async () => {
    const { m, user } = worldWith();
    await intoQuestion(m);
    user.keys = user.keys.map((key) => (key.id === OLDER ? { ...key, status: 'Inactive' } : key));
    await m.wake(NAME);
    await later(m, MINUTE);
    expect(scene(m)).toBe(`closed(by-owner) | ${OFF} | closed to ${BOTH}`);
  });

  it('an answer to a question that has moved on is not carried out, and people are asked anew', async () => {
    const { m, user } = worldWith();
    await intoQuestion(m);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    user.keys.push(trueKey(THIRD, 0, null));
    const writes = writesOf(m);
    await m.sweep();
    expect(scene(m)).toBe(`awaiting-decision | ${ON}, R7WZ Active | answer-dropped to sec-lead`);
    await later(m, MINUTE);
    expect(scene(m)).toBe(`awaiting-decision | ${ON}, R7WZ Active | asked-again to ${BOTH}`);
    expect(writes).toEqual([]);
    expect(m.table.decisions).toEqual([]);
  });

  it('a key brought back: both on, asked again, and a new answer gets a whole new grace period', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    await later(m, 5 * DAY);
    expect(await restore(m, 'platform-lead', OLDER)).toBe('recorded');
    await m.sweep();
    expect(scene(m)).toBe(`awaiting-decision | ${ON} | restored to ${BOTH}`);
    await later(m, 3 * DAY);
    expect(scene(m)).toBe(`awaiting-decision | ${ON} | reminder to `);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    await m.sweep();
    expect(scene(m)).toBe(`grace | ${OFF} | deactivated to ${BOTH}`);
    await later(m, 7 * DAY - MINUTE);
    expect(scene(m)).toContain('deletion-announced');
    expect(m.iam.users.get(USER_ID)?.keys).toHaveLength(2);
  });

  it('three keys: two are switched off one after the other, and go together', async () => {
    const { m } = worldWith([...twoKeys(), trueKey(THIRD, 300, 100)]);
    const writes = writesOf(m);
    await intoQuestion(m);
    await decide(m, 'sec-lead', NEWER);
    await m.sweep();
    expect(scene(m)).toBe(`grace | ${OFF}, R7WZ Inactive | deactivated to ${BOTH}`);
    await later(m, 6 * DAY);
    for (let minute = 0; minute < 4; minute += 1) {
      await later(m, minute === 0 ? DAY : MINUTE);
    }
    expect(scene(m)).toBe(`closed(remediated) | MPLE Active | deletion-announced,closed to ${BOTH}`);
    expect(writes.map((write) => write.split(' of')[0])).toEqual([
      'deactivate 3QXK',
      'deactivate R7WZ',
      'delete 3QXK',
      'delete R7WZ',
    ]);
  });

  it('two keys in use: the one to go must be acknowledged', async () => {
    const { m } = worldWith([trueKey(NEWER, 21, 0.1), trueKey(OLDER, 600, 0.1)]);
    await intoQuestion(m);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('wrong');
    expect(await decide(m, 'sec-lead', NEWER, { inUse: true })).toBe('recorded');
    await m.sweep();
    expect(scene(m)).toBe(`grace | ${OFF} | deactivated to ${BOTH}`);
  });

  it('a key first used after the answer stays on, and people are asked again', async () => {
    const { m, user } = worldWith();
    await intoQuestion(m);
    await decide(m, 'sec-lead', NEWER);
    m.wakes.sent.length = 0;
    m.clock.move(HOUR);
    const [, older] = user.keys;
    if (older) {
      older.lastUsed = { kind: 'used', at: m.clock.now(), service: 's3', region: 'eu-west-1' };
    }
    await m.wake(NAME);
    expect(scene(m)).toBe(`awaiting-decision | ${ON} | asked-again to ${BOTH}`);
    expect(m.table.decisions).toEqual([]);
  });

  it('a request that nobody signed is refused once, and blocks nobody', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    const digest = await forge(m);
    await m.wake(NAME);
    expect(eventsOf(m)).toContain('request-refused not-signed');
    expect(m.table.decisions).toEqual([]);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    expect([...m.table.requests.values()].filter((request) => request.digest !== digest)).toHaveLength(1);
    await m.sweep();
    expect(scene(m)).toBe(`grace | ${OFF} | deactivated to ${BOTH}`);
  });
});

/** Puts a request for the present question into the table, as somebody could who can write there and has no link. */
async function forge(m: MemoryWorld): Promise<string> {
  const digest = facts(m);
  const ask = { kind: 'keep' as const, keep: OLDER, off: [NEWER], acknowledged: [NEWER] };
  const request = { digest, at: m.clock.now(), ask, payload: '', proof: '' };
  await m.table.approvals.record(ACCOUNT, USER_ID, request);
  return digest;
}
