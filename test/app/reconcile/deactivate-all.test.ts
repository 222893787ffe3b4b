/** The whole life of an answer that keeps no key, through the pages of the release that offers it. */
import { describe, expect, it } from 'vitest';
import { recordDecision } from '../../../functions/app/approve/record-decision.ts';
import { isOpen } from '../../../functions/core/case/case.ts';
import { DAY, HOUR, MINUTE } from '../../../functions/core/model/time.ts';
import {
  BOTH,
  deactivateAll,
  facts,
  intoQuestion,
  later,
  NAME,
  passing,
  portsOf,
  restore,
  scene,
  trueKey,
  worldWith,
  writesOf,
} from '../../fakes/acts.ts';
import { ACCOUNT, aClaim, NEWER, OLDER, USER_ID } from '../../fakes/cases.ts';
import type { TrueKey } from '../../fakes/iam.ts';
import { watchSafety } from '../../properties/monitor.ts';

async function allOff(usage: [] | null, keys?: TrueKey[]) {
  const { m, user } = worldWith(keys, { usage });
  watchSafety(m);
  const writes = writesOf(m);
  await intoQuestion(m);
  expect(await deactivateAll(m, 'sec-lead')).toBe('recorded');
  await m.sweep();
  expect(scene(m)).toBe(`grace | MPLE Inactive, 3QXK Inactive | deactivated to ${BOTH}`);
  return { m, user, writes };
}

describe('all keys deactivated', () => {
  it('are deleted after a confirmation, and the case ends', async () => {
    const { m, user, writes } = await allOff([]);
    await passing(m, 9 * DAY, 6 * HOUR);
    expect(m.caseOf(USER_ID)?.phase).toBe('awaiting-confirmation');
    expect(writes).toHaveLength(2);
    const mail = m.mails.findLast(({ subject }) => subject.includes('confirm'));
    const fours = ['MPLE', '3QXK'];
    const remove = { text: `delete ${fours.join(' ')}`, fours };
    const token = mail?.link?.split('/').at(-1) ?? '';
    const answer = { kind: 'confirm' as const, remove, facts: facts(m) };
    expect(await recordDecision(portsOf(m), token, 'delete', answer)).toMatchObject({ kind: 'recorded' });
    await passing(m, 2 * DAY, 10 * MINUTE);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'closed', closedAs: 'remediated' });
    expect(user.keys).toEqual([]);
  });

  it('wait for a confirmation also if none of them was in use', async () => {
    const { m, writes } = await allOff([], [trueKey(NEWER, 300, 43), trueKey(OLDER, 600, 60)]);
    await passing(m, 9 * DAY, 6 * HOUR);
    expect(m.caseOf(USER_ID)?.phase).toBe('awaiting-confirmation');
    expect(writes).toHaveLength(2);
  });

  it('are deleted at the end of grace where usage is off', async () => {
    const { m, user } = await allOff(null);
    await passing(m, 9 * DAY, HOUR);
    expect(isOpen(m.caseOf(USER_ID))).toBe(false);
    expect(user.keys).toEqual([]);
  });

  it('can be reactivated, which asks anew about the rest', async () => {
    const { m, user } = await allOff([]);
    expect(await restore(m, 'platform-lead', OLDER)).toBe('recorded');
    await m.sweep();
    await later(m, 2 * MINUTE);
    expect(user.keys.map(({ status }) => status)).toEqual(['Inactive', 'Active']);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'awaiting-decision', askedAgain: { code: 'restored' } });
  });
});

describe('until pages offer it', () => {
  it('such an answer is not taken from a page', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    expect(await deactivateAll(m, 'sec-lead', ['keep'])).toBe('not-now');
    expect(m.table.requests.size).toBe(0);
  });

  it('one that is stored is carried out, and a page shows it to whoever answers again', async () => {
    const { m, user } = worldWith();
    await intoQuestion(m);
    const token = await m.links.mint(aClaim({ caseNumber: m.caseOf(USER_ID)?.number ?? 0 }));
    const ask = { kind: 'none' as const, off: [NEWER, OLDER], acknowledged: [NEWER] };
    await m.table.approvals.record(
      ACCOUNT,
      USER_ID,
      m.links.seal(token, { digest: facts(m), at: m.clock.now(), ask }),
    );
    expect(await deactivateAll(m, 'sec-lead'), 'the same again').toBe('recorded');
    expect(await deactivateAll(m, 'platform-lead')).toBe('taken');
    await m.wake(NAME);
    expect(user.keys.map(({ status }) => status)).toEqual(['Inactive', 'Inactive']);
  });
});
