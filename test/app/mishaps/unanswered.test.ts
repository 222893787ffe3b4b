import { describe, expect, it } from 'vitest';
import { paused, resumed } from '../../../functions/core/model/control.ts';
import { DAY, HOUR, MINUTE } from '../../../functions/core/model/time.ts';
import { buildApp } from '../../../functions/web/app.ts';
import {
  BOTH,
  decide,
  dueIn,
  eventsOf,
  facts,
  intoGrace,
  intoQuestion,
  later,
  NAME,
  passing,
  portsOf,
  restore,
  scene,
  worldWith,
  writesOf,
} from '../../fakes/acts.ts';
import { browse } from '../../fakes/browse.ts';
import { NEWER, OLDER, USER_ID } from '../../fakes/cases.ts';
import type { WriteFault } from '../../fakes/iam.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

/** What somebody sees behind the newest link in their mails, and after sending a form there. */
function appOf(m: MemoryWorld) {
  const app = buildApp(portsOf(m));
  const path = (recipient: string) =>
    new URL(m.mails.findLast((mail) => mail.recipient === recipient && mail.link !== null)?.link ?? '')
      .pathname;
  return {
    page: async (recipient: string) => (await browse(app, path(recipient))).text,
    async answer(recipient: string, fields: Record<string, string>) {
      const body = new URLSearchParams({ ...fields, facts: facts(m) }).toString();
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      return (await browse(app, path(recipient), { method: 'POST', body, headers })).text;
    },
  };
}

const progress = (m: MemoryWorld) => m.caseOf(USER_ID)?.progress[OLDER];

/** The call to delete the older key got no answer; then a pause takes the deletion back. */
async function takenBack(fault: WriteFault) {
  const { m, user } = worldWith();
  await intoGrace(m);
  await passing(m, 7 * DAY);
  m.iam.faults.push(fault);
  while (progress(m)?.deletionClaimed === undefined) {
    await later(m, MINUTE);
  }
  m.table.state.control = paused(m.table.state.control, m.clock.now());
  await later(m, 2 * MINUTE);
  expect(m.caseOf(USER_ID)?.phase).toBe('grace');
  scene(m);
  return { m, user, status: () => user.keys.find(({ id }) => id === OLDER)?.status ?? 'gone' };
}

describe('a key may still be deleted by a call that IAM did not answer', () => {
  it('a restore is recorded and waits, and page and mail say why; the key is gone then, and people are told', async () => {
    const { m, status } = await takenBack('lands-later');
    const writes = writesOf(m);
    expect(await restore(m, 'sec-lead', OLDER)).toBe('recorded');
    await m.sweep();
    expect(scene(m)).toBe(`held(unknown) | MPLE Active, 3QXK Inactive | held to ${BOTH}`);
    expect(m.mails.at(-1)?.body).toContain('IAM has not answered');
    expect(m.mails.at(-1)?.body).toContain('Security lead asked');
    await passing(m, 15 * MINUTE, MINUTE);
    expect(status()).toBe('gone');
    expect(writes).toEqual([]);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'closed', closedAs: 'remediated' });
    expect(m.mails.at(-1)?.body).toContain(
      'asked to reactivate a key, but it was deleted before that could be done',
    );
  });

  it('the key is reactivated as soon as it is certain that it was not deleted, ten minutes after the call', async () => {
    const { m, status } = await takenBack('lost-before');
    expect(await restore(m, 'sec-lead', OLDER)).toBe('recorded');
    await m.sweep();
    expect(dueIn(m)).toBe(8 * MINUTE);
    await later(m, 7 * MINUTE);
    expect(status()).toBe('Inactive');
    await later(m, MINUTE);
    expect(status()).toBe('Active');
    expect(eventsOf(m)).toContain('deletion-lost');
    expect(scene(m)).toContain(`awaiting-decision | MPLE Active, 3QXK Active | held,restored to ${BOTH}`);
  });

  it('without a restore the deletion is committed anew after the pause', async () => {
    const { m, status } = await takenBack('lost-before');
    m.table.state.control = resumed(m.table.state.control, m.clock.now());
    await passing(m, 26 * HOUR, HOUR);
    await passing(m, 10 * MINUTE, MINUTE);
    expect(status()).toBe('gone');
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'closed', closedAs: 'remediated' });
  });

  it('a later attempt that IAM refuses does not make the earlier one answered', async () => {
    const { m, user } = worldWith();
    await intoGrace(m);
    await passing(m, 7 * DAY);
    m.iam.faults.push('lands-later', 'refused', 'refused');
    while (progress(m)?.refused === undefined) {
      await later(m, MINUTE);
    }
    expect(progress(m)?.deletionUnanswered).toBeDefined();
    expect(await restore(m, 'sec-lead', OLDER)).toBe('recorded');
    const writes = writesOf(m);
    await m.sweep();
    await passing(m, 15 * MINUTE, MINUTE);
    expect(writes).toEqual([]);
    expect(user.keys.map(({ id }) => id)).toEqual([NEWER]);
    expect(m.caseOf(USER_ID)?.closedAs).toBe('remediated');
  });

  it('is remembered although the owner reactivates the key by hand', async () => {
    const { m, user, status } = await takenBack('lands-later');
    for (const key of user.keys) {
      key.status = 'Active';
    }
    await m.wake(NAME);
    expect(m.caseOf(USER_ID)?.askedAgain?.code).toBe('reactivated');
    await passing(m, 6 * MINUTE, MINUTE);
    expect(status()).toBe('gone');
    await m.wake(NAME);
    expect(eventsOf(m)).toContain('deleted');
    expect(eventsOf(m)).not.toContain('gone-without-us');
  });
});

describe('a key may still be deactivated by a call that IAM did not answer', () => {
  it('it is ours to reactivate, although the decision was void meanwhile', async () => {
    const { m, user } = worldWith();
    await intoQuestion(m);
    m.iam.faults.push('lands-later');
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    await m.sweep();
    m.table.state.control = paused(m.table.state.control, m.clock.now());
    user.keys = user.keys.filter(({ id }) => id !== NEWER);
    await passing(m, 4 * MINUTE, MINUTE);
    expect(m.caseOf(USER_ID)).toMatchObject({ decision: null });
    expect(m.caseOf(USER_ID)?.phase).not.toBe('closed');
    await passing(m, 8 * MINUTE, MINUTE);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'held', heldFor: 'no-active-key' });
    expect(await restore(m, 'sec-lead', OLDER)).toBe('recorded');
  });

  it('a case whose other key was deleted meanwhile is closed once nothing is under way', async () => {
    const { m, user } = worldWith();
    await intoQuestion(m);
    m.iam.faults.push('lost-before');
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    await m.sweep();
    user.keys = user.keys.filter(({ id }) => id !== NEWER);
    await passing(m, 12 * MINUTE, MINUTE);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'closed', closedAs: 'by-owner' });
  });
});

it('the page of a key whose deletion is not answered says why its restore waits, and until when', async () => {
  const { m } = await takenBack('lost-before');
  const app = appOf(m);
  const asked = await app.answer('sec-lead', { back: '3QXK' });
  expect(asked).toContain('IAM has not answered, so it may still take effect');
  expect(asked).toContain('Solekey waits until 30 Nov 2026, 16:2');
  expect(asked).not.toContain('within a minute');
  expect(await app.page('platform-lead')).toContain('IAM has not answered');
  await m.sweep();
  const page = await app.page('platform-lead');
  expect(page).toContain('Security lead asked to reactivate key …3QXK of this user.');
  expect(page).not.toContain('within a minute');
});
