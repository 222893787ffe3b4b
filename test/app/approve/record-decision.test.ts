import { describe, expect, it } from 'vitest';
import type { PostedAnswer } from '../../../functions/app/approve/posted-answer.ts';
import { recordDecision } from '../../../functions/app/approve/record-decision.ts';
import { parseToken } from '../../../functions/contracts/link.ts';
import type { Case } from '../../../functions/core/case/case.ts';
import type { DecisionReason } from '../../../functions/core/case/decision.ts';
import { shown } from '../../../functions/core/case/facts.ts';
import { addressMark, type DecisionRequest } from '../../../functions/core/case/requests.ts';
import {
  ACCOUNT,
  aCase,
  aClaim,
  aDecision,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  OLDER,
  older,
  POLICY,
  restoringSince,
  THIRD,
  USER_ID,
} from '../../fakes/cases.ts';
import { asMailed, macOf } from '../../fakes/claims.ts';
import { type Page, page } from '../../fakes/page.ts';

const PLATFORM = { recipient: 'platform-lead', address: addressMark('platform@example.com') };
const typed = (text: string) => ({ text, fours: text === '' ? [] : text.split(' ') });
const keep = (
  world: Page,
  more: Partial<Extract<PostedAnswer, { readonly kind: 'keep' }>> = {},
): PostedAnswer => ({
  kind: 'keep',
  keep: NEWER,
  off: typed('3QXK'),
  inUse: false,
  shownInUse: [NEWER],
  facts: world.facts(),
  ...more,
});
const back = (world: Page, text = '3QXK'): PostedAnswer => ({
  kind: 'restore',
  back: typed(text),
  facts: world.facts(),
});

describe('a decision', () => {
  it('is recorded once, with the link it came through, and starts the work', async () => {
    const world = page();
    const token = await world.link();
    const done = await recordDecision(world.ports, token, 'decide', keep(world));
    const ask = { kind: 'keep' as const, keep: NEWER, off: [OLDER], acknowledged: [] };
    expect(done).toMatchObject({
      kind: 'recorded',
      again: false,
      sent: true,
      decided: { by: 'sec-lead', at: NOW, ask },
      view: { state: 'decided' },
    });
    const request = world.links.seal(token, { digest: world.facts(), at: NOW, ask });
    expect([...world.store.requests.values()]).toEqual([request]);
    expect(await world.links.claimOf(request)).toEqual(asMailed(aClaim()));
    expect(world.wakes.sent).toEqual([{ kind: 'user', account: ACCOUNT, userId: USER_ID, attempt: 0 }]);
  });

  it('acknowledges the keys in use that it switches off', async () => {
    const world = page();
    const answer = keep(world, { keep: OLDER, off: typed('MPLE'), inUse: true });
    const done = await recordDecision(world.ports, await world.link(), 'decide', answer);
    expect(done).toMatchObject({
      kind: 'recorded',
      decided: { ask: { off: [NEWER], acknowledged: [NEWER] } },
    });
  });

  it('is stored without the link, and without the part of it that could be added to the rest', async () => {
    const world = page();
    const token = await world.link();
    await recordDecision(world.ports, token, 'decide', keep(world));
    const stored = JSON.stringify([...world.store.requests]);
    const [mac = '', hex = ''] = macOf(token);
    expect([mac.length, hex.length]).toEqual([43, 64]);
    for (const secret of [token, mac, hex]) {
      expect(stored).not.toContain(secret);
    }
  });

  it('logs neither link nor whole key ids', async () => {
    const world = page();
    const token = await world.link();
    await recordDecision(world.ports, token, 'decide', keep(world));
    const log = world.log.lines.join('\n');
    expect(log).toContain('sec-lead');
    for (const secret of [token, token.slice(10, 40), token.slice(-43), NEWER, OLDER]) {
      expect(log).not.toContain(secret);
    }
  });

  it('stands although the work could not be started, and a second click starts it', async () => {
    const world = page();
    const token = await world.link();
    world.wakes.broken = true;
    const first = await recordDecision(world.ports, token, 'decide', keep(world));
    expect(first).toMatchObject({ kind: 'recorded', sent: false });
    expect(world.log.lines).toContain('count WakeNotSent');
    world.wakes.broken = false;
    const second = await recordDecision(world.ports, token, 'decide', keep(world));
    expect(second).toMatchObject({ kind: 'recorded', again: true, sent: true });
    expect(world.store.writes).toBe(1);
  });
});

describe('the same answer again', () => {
  it('finds the decision, also after it was taken over', async () => {
    const world = page();
    const token = await world.link();
    const answer = keep(world);
    await recordDecision(world.ports, token, 'decide', answer);
    world.clock.move(60);
    world.store.current = aCase({
      phase: 'approved',
      asking: 2,
      decision: aDecision({ by: 'sec-lead', at: NOW }),
    });
    const again = await recordDecision(world.ports, token, 'decide', answer);
    expect(again).toMatchObject({ kind: 'recorded', again: true, decided: { by: 'sec-lead', at: NOW } });
    expect(world.store.writes).toBe(1);
  });

  it('may come through another link of the same person', async () => {
    const world = page();
    await recordDecision(world.ports, await world.link(), 'decide', keep(world));
    const reminder = await world.link({ expires: '2026-12-24T00:00:00.000Z' });
    expect(await recordDecision(world.ports, reminder, 'decide', keep(world))).toMatchObject({ again: true });
  });

  it('is not one without the acknowledgement that the stored one has', async () => {
    const world = page();
    const token = await world.link();
    const ask = { kind: 'keep' as const, keep: NEWER, off: [OLDER], acknowledged: [OLDER] };
    const request = world.links.seal(token, { digest: world.facts(), at: NOW, ask });
    await world.store.record(ACCOUNT, USER_ID, request);
    expect((await recordDecision(world.ports, token, 'decide', keep(world))).kind).toBe('taken');
    const acknowledging = keep(world, { inUse: true, shownInUse: [OLDER] });
    expect(await recordDecision(world.ports, token, 'decide', acknowledging)).toMatchObject({ again: true });
  });

  it.each(['keep', 'none'] as const)('is not one for another reason: %s', async (kind) => {
    const world = page();
    const token = await world.link();
    const ports = { ...world.ports, offered: ['keep', 'none'] as const };
    const off = typed(kind === 'keep' ? '3QXK' : '3QXK MPLE');
    const given = { ...keep(world), off, inUse: true, kind } as Extract<
      PostedAnswer,
      { kind: 'keep' | 'none' }
    >;
    const because = (reason: DecisionReason) => ({ ...given, grounds: { reason, comment: '' } });
    expect((await recordDecision(ports, token, 'decide', because('unused'))).kind).toBe('recorded');
    const again = await recordDecision(ports, token, 'decide', because('unused'));
    expect(again).toMatchObject({ kind: 'recorded', again: true });
    for (const other of [because('compromised'), given]) {
      const later = await recordDecision(ports, token, 'decide', other);
      expect(later).toMatchObject({ kind: 'taken', decided: { by: 'sec-lead', ask: { reason: 'unused' } } });
    }
    expect(world.store.writes).toBe(1);
  });

  it('is found without a tick if it calls a key in use compromised', async () => {
    const world = page();
    const token = await world.link();
    const grounds = { reason: 'compromised' as const, comment: '' };
    const answer = keep(world, { keep: OLDER, off: typed('MPLE'), grounds });
    await recordDecision(world.ports, token, 'decide', answer);
    expect(await recordDecision(world.ports, token, 'decide', answer)).toMatchObject({ again: true });
  });

  it('of two clicks at once, one writes and both find it', async () => {
    const world = page();
    const token = await world.link();
    const both = await Promise.all(
      [1, 2].map(() => recordDecision(world.ports, token, 'decide', keep(world))),
    );
    expect(both.map((one) => one.kind)).toEqual(['recorded', 'recorded']);
    expect(world.store.writes).toBe(1);
  });
});

/** A request with another person's payload, as somebody could write who can read the table and has no link. */
function forged(world: Page, token: string): DecisionRequest {
  const payload = parseToken(token)?.payload ?? '';
  const ask = { kind: 'keep' as const, keep: OLDER, off: [NEWER], acknowledged: [NEWER] };
  return { digest: world.facts(), at: NOW, ask, payload, proof: '0'.repeat(64) };
}

describe('the first answer wins', () => {
  const other = (world: Page) => keep(world, { keep: OLDER, off: typed('MPLE'), inUse: true });

  it.each([
    ['of somebody else', PLATFORM, keep],
    ['of somebody else, saying the same', PLATFORM, keep],
    ['of the same person, saying something else', {}, other],
  ])('over a later one %s', async (_name, claim, answer) => {
    const world = page();
    await recordDecision(world.ports, await world.link(), 'decide', keep(world));
    const later = await recordDecision(world.ports, await world.link(claim), 'decide', answer(world));
    expect(later).toMatchObject({ kind: 'taken', decided: { by: 'sec-lead' }, view: { state: 'decided' } });
    expect(world.store.writes).toBe(1);
  });

  it('also when it comes between looking and writing', async () => {
    const world = page();
    const ask = { kind: 'keep' as const, keep: OLDER, off: [NEWER], acknowledged: [NEWER] };
    const theirs = world.links.seal(await world.link(PLATFORM), { digest: world.facts(), at: NOW, ask });
    world.ports.store.record = async () => theirs;
    const later = await recordDecision(world.ports, await world.link(), 'decide', keep(world));
    expect(later).toMatchObject({ kind: 'taken', decided: { by: 'platform-lead' } });
  });

  it('and has reconcile look at once whether it is genuine, which nobody here can tell', async () => {
    const world = page();
    await world.store.record(ACCOUNT, USER_ID, forged(world, await world.link(PLATFORM)));
    const later = await recordDecision(world.ports, await world.link(), 'decide', keep(world));
    expect(later).toMatchObject({ kind: 'taken', decided: { by: 'platform-lead' } });
    expect(world.wakes.sent).toEqual([{ kind: 'user', account: ACCOUNT, userId: USER_ID, attempt: 0 }]);
  });

  it('also when reconcile knows of it only through the case', async () => {
    const world = page(aCase({ phase: 'approved', decision: aDecision() }));
    const later = await recordDecision(world.ports, await world.link(), 'decide', keep(world));
    expect(later).toMatchObject({ kind: 'taken', decided: { by: 'platform-lead' } });
  });

  it('and a restore does not replace a decision on the same keys', async () => {
    const current = inGrace({}, { decision: null });
    const world = page(current);
    await recordDecision(world.ports, await world.link(), 'decide', keep(world));
    const later = await recordDecision(world.ports, await world.link(), 'decide', back(world));
    expect(later.kind).toBe('taken');
  });
});

describe('an answer to a former question', () => {
  it('is refused with what changed', async () => {
    const world = page();
    const answer = keep(world);
    const former = [{ digest: world.facts(), keys: shown(aCase().keys), until: NOW }];
    world.store.current = aCase({
      keys: [newer(), older(), key(THIRD)],
      former,
      askedAgain: { code: 'keys-changed' },
    });
    const late = await recordDecision(world.ports, await world.link(), 'decide', answer);
    expect(late).toMatchObject({
      kind: 'stale',
      moved: { recognised: true, changes: [{ keyId: THIRD, was: null, now: 'Active' }] },
      view: { state: 'question' },
    });
    expect(world.store.writes).toBe(0);
  });

  it('has reconcile look at the answer to the present question, which its page then shows', async () => {
    const world = page();
    const answer = keep(world);
    world.store.current = aCase({ asking: 2, askedAgain: { code: 'decision-expired' } });
    await world.store.record(ACCOUNT, USER_ID, forged(world, await world.link(PLATFORM)));
    const late = await recordDecision(world.ports, await world.link(), 'decide', answer);
    expect(late).toMatchObject({ kind: 'stale', view: { decided: { by: 'platform-lead' } } });
    expect(world.wakes.sent).toHaveLength(1);
  });

  it('is refused although the keys are the same, when the question was put anew', async () => {
    const world = page();
    const answer = keep(world);
    world.store.current = aCase({ asking: 2, askedAgain: { code: 'decision-expired' } });
    const late = await recordDecision(world.ports, await world.link(), 'decide', answer);
    expect(late).toMatchObject({
      kind: 'stale',
      moved: { recognised: true, changes: [], because: { code: 'decision-expired' } },
    });
  });
});

describe('a form that does not fit', () => {
  it.each<[string, Partial<Extract<PostedAnswer, { readonly kind: 'keep' }>>, string]>([
    ['no key chosen', { keep: null }, 'none-chosen'],
    ['a key that is not active', { keep: THIRD }, 'not-active'],
    ['nothing typed', { off: typed('') }, 'empty'],
    ['something unreadable', { off: { text: '3Q', fours: null } }, 'unreadable'],
    ['the wrong key', { off: typed('R7WZ') }, 'not-these'],
    ['the key that stays', { off: typed('MPLE') }, 'names-kept'],
    ['a key in use', { keep: OLDER, off: typed('MPLE') }, 'not-acknowledged'],
  ])('is refused: %s', async (_name, more, code) => {
    const world = page();
    const done = await recordDecision(world.ports, await world.link(), 'decide', keep(world, more));
    expect(done).toMatchObject({ kind: 'wrong', mistakes: [{ code }] });
    expect([world.store.writes, world.wakes.sent]).toEqual([0, []]);
  });
});

describe('a case that takes no decision', () => {
  it.each<[string, Case, Page['policy']]>([
    ['in observe mode', aCase(), { ...POLICY, mode: 'observe' }],
    ['of an excluded user', aCase({ phase: 'excluded', excluded: true }), POLICY],
    ['in grace', inGrace(), POLICY],
    ['with a restore on its way', inGrace({ restoring: restoringSince(NOW) }), POLICY],
    ['with one active key', aCase({ keys: [newer()] }), POLICY],
  ])('%s', async (_name, current, policy) => {
    const world = page(current);
    world.policy = policy;
    const done = await recordDecision({ ...world.ports, policy }, await world.link(), 'decide', keep(world));
    expect(done.kind).toBe('not-now');
    expect(world.store.writes).toBe(0);
  });

  it.each([
    ['a closed one', aCase({ phase: 'closed', closedAs: 'by-owner' }), 'settled'],
    ['a later one', aCase({ number: 4 }), 'settled'],
  ])('%s', async (_name, current, kind) => {
    const world = page(current);
    expect((await recordDecision(world.ports, await world.link(), 'decide', keep(world))).kind).toBe(kind);
  });

  it('and no link', async () => {
    const world = page();
    const done = await recordDecision(world.ports, 'v1.nonsense', 'decide', keep(world));
    expect(done).toEqual({ kind: 'refused', why: 'not-ours' });
  });
});

describe('a restore', () => {
  it.each([
    ['its own link', { purpose: 'restore' as const }, 'restore' as const],
    ['a link for deciding', {}, 'decide' as const],
  ])('comes through %s', async (_name, claim, path) => {
    const world = page(inGrace());
    const done = await recordDecision(world.ports, await world.link(claim), path, back(world));
    expect(done).toMatchObject({ kind: 'recorded', decided: { ask: { kind: 'restore', keys: [OLDER] } } });
    expect(world.wakes.sent).toHaveLength(1);
  });

  it('is not stopped by a pause', async () => {
    const world = page(inGrace());
    world.store.control = { pauses: [{ from: NOW, to: null }], revoked: [] };
    const done = await recordDecision(world.ports, await world.link(), 'decide', back(world));
    expect(done.kind).toBe('recorded');
  });

  it('asked for twice is found', async () => {
    const world = page(inGrace());
    await recordDecision(world.ports, await world.link(), 'decide', back(world));
    const again = await recordDecision(world.ports, await world.link(), 'decide', back(world));
    expect(again).toMatchObject({ kind: 'recorded', again: true });
    const other = await recordDecision(world.ports, await world.link(), 'decide', back(world, 'MPLE'));
    expect(other.kind).toBe('taken');
  });

  it('must name keys that can come back', async () => {
    const world = page(inGrace());
    const done = await recordDecision(world.ports, await world.link(), 'decide', back(world, 'MPLE'));
    expect(done).toMatchObject({ kind: 'wrong', mistakes: [{ field: 'back', code: 'not-these' }] });
  });

  it.each<[string, Case, Page['policy']]>([
    ['its deletion is committed', inGrace({ deleting: NOW }), POLICY],
    ['nothing of ours is off', aCase(), POLICY],
    ['the user is excluded', inGrace({}, { excluded: true }), POLICY],
    ['in observe mode', inGrace(), { ...POLICY, mode: 'observe' }],
  ])('is refused when %s', async (_name, current, policy) => {
    const world = page(current);
    const done = await recordDecision({ ...world.ports, policy }, await world.link(), 'decide', back(world));
    expect(done.kind).toBe('not-now');
  });

  it('is all that a link for restoring can do', async () => {
    const world = page();
    const token = await world.link({ purpose: 'restore' });
    expect((await recordDecision(world.ports, token, 'restore', keep(world))).kind).toBe('wrong-purpose');
    expect(world.store.writes).toBe(0);
  });
});
