import { describe, expect, it } from 'vitest';
import { recordDecision } from '../../../functions/app/approve/record-decision.ts';
import { questionDigest } from '../../../functions/core/case/facts.ts';
import type { Deletion } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { confirmedAt, NEWER, NOW, OLDER, POLICY, USER_ID, used } from '../../fakes/cases.ts';
import { type MemoryWorld, memoryWorld } from '../../fakes/world.ts';

/** A user with two keys, found, asked about and decided: the older one is off when this returns. */
async function decided(deletion: Deletion, more: Partial<typeof POLICY> = {}) {
  const m = memoryWorld({ ...POLICY, deletion, ...more });
  const keys = [
    { id: NEWER, status: 'Active' as const, created: plus(NOW, -21 * DAY), lastUsed: used(plus(NOW, -HOUR)) },
    {
      id: OLDER,
      status: 'Active' as const,
      created: plus(NOW, -600 * DAY),
      lastUsed: used(plus(NOW, -43 * DAY)),
    },
  ];
  m.iam.users.set(USER_ID, { userId: USER_ID, userName: 'ci-deploy', path: '/', tags: {}, keys });
  await m.wake('ci-deploy');
  await pass(m, 2 * MINUTE);
  const typed = { text: '3QXK', fours: ['3QXK'] };
  const keep = {
    kind: 'keep' as const,
    keep: NEWER,
    off: typed,
    inUse: false,
    shownInUse: [],
    facts: facts(m),
  };
  expect(await answer(m, keep)).toMatchObject({ kind: 'recorded' });
  await pass(m, MINUTE);
  expect(status(m)).toBe('Inactive');
  return m;
}

/** Time passes, in steps that the sweep takes part in; nobody else does anything. */
async function pass(m: MemoryWorld, seconds: number): Promise<void> {
  for (let left = seconds; left > 0; left -= HOUR) {
    m.clock.move(Math.min(left, HOUR));
    await m.sweep();
  }
  for (const wake of [1, 2, 3]) {
    m.clock.move(wake * MINUTE);
    await m.sweep();
  }
}

const tokenIn = (link: string | null) => /\/[cr]\/(.*)$/.exec(link ?? '')?.[1] ?? '';

/** Answers through the newest mail with a link for deciding. */
async function answer(m: MemoryWorld, given: Parameters<typeof recordDecision>[3]) {
  const { clock, log, policy } = m.world;
  const mail = m.mails.findLast(({ recipient, link }) => recipient === 'sec-lead' && link?.includes('/c/'));
  const ports = { links: m.links, store: m.table.approvals, clock, log, policy, wakes: m.wakes };
  return recordDecision(ports, tokenIn(mail?.link ?? null), 'decide', given);
}

const confirm = (m: MemoryWorld, four = '3QXK') =>
  answer(m, { kind: 'confirm', remove: { text: four, fours: [four] }, facts: facts(m) });

function facts(m: MemoryWorld): string {
  const current = m.caseOf(USER_ID);
  return current === null ? '' : questionDigest(current, m.world.policy);
}

const status = (m: MemoryWorld) =>
  m.iam.users.get(USER_ID)?.keys.find(({ id }) => id === OLDER)?.status ?? 'gone';
const phase = (m: MemoryWorld) => m.caseOf(USER_ID)?.phase;
const notices = (m: MemoryWorld) => m.news.map(({ notice }) => notice);

describe('a play with deletion never', () => {
  it('ends with the key off and the case closed, and announces nothing', async () => {
    const m = await decided('never');
    await pass(m, 6 * DAY);
    expect(phase(m)).toBe('grace');
    await pass(m, DAY);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'closed', closedAs: 'deactivated', owed: [] });
    expect(status(m)).toBe('Inactive');
    expect(notices(m)).toEqual(['detected', 'deactivated', 'closed']);
  });

  it('goes on as a case like any other when somebody switches the key on', async () => {
    const m = await decided('never');
    await pass(m, 8 * DAY);
    const key = m.iam.users.get(USER_ID)?.keys.find(({ id }) => id === OLDER);
    if (key !== undefined) {
      key.status = 'Active';
    }
    m.clock.move(2 * DAY);
    await m.wake('ci-deploy');
    await pass(m, 2 * MINUTE);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'awaiting-decision', number: 2 });
    expect(notices(m).at(-1)).toBe('detected');
  });
});

describe('a play with deletion on-confirmation', () => {
  it('deletes nothing as long as nobody confirms, and keeps asking', async () => {
    const m = await decided('on-confirmation', { escalation: ['platform-lead'] });
    await pass(m, 30 * DAY);
    expect(phase(m)).toBe('awaiting-confirmation');
    expect(status(m)).toBe('Inactive');
    const told = notices(m);
    expect(told.slice(0, 4)).toEqual(['detected', 'deactivated', 'deletion-announced', 'confirm-deletion']);
    expect(told.filter((kind) => kind === 'confirm-deletion').length).toBe(4);
    expect(told.filter((kind) => kind === 'escalated')).toEqual(['escalated']);
  });

  it('looks rarely while it waits', async () => {
    const m = await decided('on-confirmation');
    await pass(m, 8 * DAY);
    const before = m.iam.state.reads;
    await pass(m, 2 * DAY);
    expect(m.iam.state.reads - before).toBeLessThan(30);
  });

  it('deletes once a person confirmed, and has that on record', async () => {
    const m = await decided('on-confirmation');
    await pass(m, 8 * DAY);
    expect(await confirm(m, 'MPLE')).toMatchObject({ kind: 'wrong', mistakes: [{ field: 'remove' }] });
    const at = m.clock.now();
    expect(await confirm(m)).toMatchObject({ kind: 'recorded', again: false, view: { state: 'decided' } });
    expect(await confirm(m)).toMatchObject({ kind: 'recorded', again: true });
    await pass(m, HOUR);
    expect(status(m)).toBe('gone');
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'closed', closedAs: 'remediated' });
    const proof = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(m.table.decisions.map(({ confirmed }) => confirmed)).toEqual([
      null,
      { ...confirmedAt(at), proof },
    ]);
  });

  it('brings the key back instead, if that is asked for first', async () => {
    const m = await decided('on-confirmation');
    await pass(m, 8 * DAY);
    const back = { text: '3QXK', fours: ['3QXK'] };
    const shown = facts(m);
    expect(await answer(m, { kind: 'restore', back, facts: shown })).toMatchObject({ kind: 'recorded' });
    expect(await confirm(m)).toMatchObject({ kind: 'taken', decided: { ask: { kind: 'restore' } } });
    await pass(m, HOUR);
    expect(status(m)).toBe('Active');
    expect(phase(m)).toBe('awaiting-decision');
  });

  it('takes no confirmation before it asks for one', async () => {
    const m = await decided('on-confirmation');
    expect(await confirm(m)).toMatchObject({ kind: 'not-now' });
  });

  it('waits out a pause with a confirmation given in it, and announces anew', async () => {
    const m = await decided('on-confirmation');
    await pass(m, 8 * DAY);
    m.table.state.control = { pauses: [{ from: m.clock.now(), to: null }], revoked: [] };
    await confirm(m);
    await pass(m, DAY);
    expect([phase(m), status(m)]).toEqual(['awaiting-confirmation', 'Inactive']);
    const [{ from } = { from: NOW }] = m.table.state.control.pauses;
    m.table.state.control = { pauses: [{ from, to: m.clock.now() }], revoked: [] };
    await pass(m, 12 * HOUR);
    expect([notices(m).at(-1), status(m)]).toEqual(['deletion-announced', 'Inactive']);
    await pass(m, DAY);
    expect(status(m)).toBe('gone');
  });

  it('does not follow a setting that became laxer, and follows a stricter one', async () => {
    const m = await decided('on-confirmation');
    Object.assign(m.world.policy, { deletion: 'after-grace' });
    await pass(m, 10 * DAY);
    expect(phase(m)).toBe('awaiting-confirmation');
    Object.assign(m.world.policy, { deletion: 'never' });
    await pass(m, DAY + HOUR);
    expect(m.caseOf(USER_ID)).toMatchObject({ closedAs: 'deactivated' });
  });
});
