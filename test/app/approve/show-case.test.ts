import { describe, expect, it } from 'vitest';
import { recordDecision } from '../../../functions/app/approve/record-decision.ts';
import { showCase } from '../../../functions/app/approve/show-case.ts';
import { parseToken } from '../../../functions/contracts/link.ts';
import { addressMark, type DecisionRequest } from '../../../functions/core/case/requests.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { ACCOUNT, aCase, inGrace, NEWER, NOW, OLDER, POLICY, USER_ID } from '../../fakes/cases.ts';
import { page } from '../../fakes/page.ts';

describe('a link that opens nothing', () => {
  it.each([
    ['nonsense', 'v1.nonsense'],
    ['nothing', ''],
  ])('%s', async (_name, token) => {
    expect(await showCase(page().ports, token, 'decide')).toEqual({ kind: 'refused', why: 'not-ours' });
  });

  it('is one on the path of another purpose', async () => {
    const { ports, link } = page();
    const notOurs = { kind: 'refused', why: 'not-ours' };
    expect(await showCase(ports, await link({ purpose: 'restore' }), 'decide')).toEqual(notOurs);
    expect(await showCase(ports, await link(), 'restore')).toEqual(notOurs);
  });

  it('is one that has expired, from the first second after', async () => {
    const { ports, link } = page();
    expect((await showCase(ports, await link({ expires: NOW }), 'decide')).kind).toBe('found');
    const late = await link({ expires: plus(NOW, -1) });
    expect(await showCase(ports, late, 'decide')).toMatchObject({ kind: 'refused', why: 'expired' });
  });

  it('leads to a new one for 90 days after it expired, whatever became of the case', async () => {
    const closed = aCase({ phase: 'closed', closedAs: 'remediated' });
    for (const current of [aCase(), closed, aCase({ number: 4 }), null]) {
      const { ports, link } = page(current);
      const renewable = await showCase(ports, await link({ expires: plus(NOW, -90 * DAY) }), 'decide');
      expect(renewable).toMatchObject({ why: 'expired', renewal: { approver: { id: 'sec-lead' } } });
      const late = await link({ expires: plus(NOW, -90 * DAY - 1) });
      expect(await showCase(ports, late, 'decide')).toEqual({ kind: 'refused', why: 'expired' });
    }
  });

  it.each([
    ['of somebody who is no approver', { recipient: 'nobody' }, []],
    ['mailed to a former address', { address: addressMark('old@example.com') }, []],
    ['of an approver revoked in the meantime', {}, ['sec-lead']],
  ])('leads to no new one if it is one %s', async (_name, more, revoked) => {
    const { ports, store, link } = page();
    store.control = { pauses: [], revoked };
    const late = await link({ expires: plus(NOW, -1), ...more });
    expect(await showCase(ports, late, 'decide')).toEqual({ kind: 'refused', why: 'expired' });
  });

  it.each([
    ['of somebody who is no approver', { recipient: 'nobody' }],
    ['mailed to a former address', { address: addressMark('old@example.com') }],
    ['of another person with the same id', { recipient: 'platform-lead' }],
  ])('is one %s', async (_name, more) => {
    const { ports, link } = page();
    expect(await showCase(ports, await link(more), 'decide')).toEqual({ kind: 'refused', why: 'not-yours' });
  });

  it('is one of an approver revoked in the meantime', async () => {
    const { ports, store, link } = page();
    store.control = { pauses: [], revoked: ['sec-lead'] };
    expect(await showCase(ports, await link(), 'decide')).toEqual({ kind: 'refused', why: 'not-yours' });
  });
});

describe('a case that is over', () => {
  it.each([
    ['closed', aCase({ phase: 'closed', closedAs: 'remediated' }), 'remediated'],
    ['followed by another', aCase({ number: 4 }), undefined],
    ['unknown', null, undefined],
  ])('is settled when %s', async (_name, current, closedAs) => {
    const { ports, link } = page(current);
    const shown = await showCase(ports, await link(), 'decide');
    expect(shown.kind).toBe('settled');
    expect(shown.kind === 'settled' && shown.current?.closedAs).toBe(closedAs);
  });

  it('is not told to somebody who may not decide', async () => {
    const { ports, link } = page(aCase({ phase: 'closed', closedAs: 'remediated' }));
    const shown = await showCase(ports, await link({ recipient: 'nobody' }), 'decide');
    expect(shown).toEqual({ kind: 'refused', why: 'not-yours' });
  });
});

describe('an open case', () => {
  it('is shown with who came and by which link', async () => {
    const { ports, link } = page();
    const shown = await showCase(ports, await link(), 'decide');
    expect(shown).toMatchObject({
      kind: 'found',
      visitor: { approver: POLICY.approvers[0], claim: { caseNumber: 3, purpose: 'decide' } },
      view: { state: 'question', decided: null },
    });
  });

  it('opens for a restore link too', async () => {
    const { ports, link } = page(inGrace());
    const shown = await showCase(ports, await link({ purpose: 'restore' }), 'restore');
    expect(shown).toMatchObject({ kind: 'found', view: { state: 'grace', restorable: [{ id: OLDER }] } });
  });

  it('changes nothing by being looked at', async () => {
    const { ports, store, wakes, link } = page();
    await showCase(ports, await link(), 'decide');
    expect([store.writes, wakes.sent]).toEqual([0, []]);
  });

  const stored = (token: string, digest: string): DecisionRequest => ({
    digest,
    at: NOW,
    ask: { kind: 'keep', keep: NEWER, off: [OLDER], acknowledged: [] },
    payload: parseToken(token)?.payload ?? '',
    proof: 'a'.repeat(64),
  });

  it('reads each answer once, also for somebody who answers', async () => {
    const { ports, store, link, facts } = page();
    await store.record(ACCOUNT, USER_ID, stored(await link(), facts()));
    const read: string[] = [];
    const counting: typeof store.request = (account, userId, digest) => {
      read.push(digest);
      return store.request(account, userId, digest);
    };
    const off = { text: '3QXK', fours: ['3QXK'] };
    const answer = { kind: 'keep' as const, keep: NEWER, off, inUse: false, shownInUse: [], facts: facts() };
    const counted = { ...ports, store: { ...store, request: counting } };
    const done = await recordDecision(counted, await link(), 'decide', answer);
    expect(done).toMatchObject({ decided: { by: 'sec-lead' } });
    expect(read).toEqual([...new Set(read)]);
  });

  it('shows an answer of somebody else', async () => {
    const { ports, store, link, facts } = page();
    const theirs = await link({ recipient: 'platform-lead', address: addressMark('platform@example.com') });
    await store.record(ACCOUNT, USER_ID, stored(theirs, facts()));
    const shown = await showCase(ports, await link(), 'decide');
    expect(shown).toMatchObject({ view: { state: 'decided', decided: { by: 'platform-lead', at: NOW } } });
  });

  it.each([
    ['is none', async () => 'v1.forged'],
    ['is of another case', async () => page().link({ caseNumber: 2 })],
    ['is of another user', async () => page().link({ userId: 'AIDAOTHER' })],
    ['is of another account', async () => page().link({ account: '210987654321' })],
  ])('attributes an answer to nobody when its link %s', async (_name, token) => {
    const { ports, store, link, facts } = page();
    await store.record(ACCOUNT, USER_ID, stored(await token(), facts()));
    const shown = await showCase(ports, await link(), 'decide');
    expect(shown).toMatchObject({ view: { state: 'decided', decided: { by: null } } });
  });
});
