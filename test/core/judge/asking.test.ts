import { describe, expect, test } from 'vitest';
import { judge } from '../../../functions/core/judge/judge.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import {
  ACCOUNT,
  aCase,
  inGrace,
  key,
  NOW,
  newer,
  older,
  POLICY,
  THIRD,
  USER_ID,
} from '../../fakes/cases.ts';
import { codes, judged, judgedAgain, result, seen, situation } from './scene.ts';

const kinds = (judgement: ReturnType<typeof judged>) =>
  (judgement.next?.owed ?? []).map(({ kind, recipient }) => `${kind} ${recipient}`);

describe('a case begins', () => {
  test('at once, but people are told after notifyAfter and a second look', () => {
    const begun = judged({ current: null });
    expect(begun.next).toMatchObject({
      number: 1,
      version: 1,
      phase: 'awaiting-decision',
      asking: 1,
      owed: [],
      lease: null,
    });
    expect(begun.dueAt).toBe(plus(NOW, POLICY.notifyAfter));
    const told = judged({ current: begun.next, now: plus(NOW, POLICY.notifyAfter) });
    expect(kinds(told)).toEqual(['detected *', 'detected sec-lead', 'detected platform-lead']);
    expect(told.dueAt).toBe(told.next?.lease?.until);
  });

  test('at once with notifyAfter zero', () => {
    expect(kinds(judged({ current: null, policy: { ...POLICY, notifyAfter: 0 } }))).toHaveLength(3);
  });

  test('not for one active key, whatever else there is', () => {
    expect(judged({ current: null, observed: seen([newer(), older('Inactive')]) })).toMatchObject({
      rule: 'compliant',
      next: null,
    });
  });

  test('again under the same number within a day, and under the next one later', () => {
    const closed = aCase({ phase: 'closed', closedAs: 'by-owner', phaseSince: plus(NOW, -HOUR), asking: 4 });
    expect(judged({ current: closed }).next).toMatchObject({
      number: 3,
      asking: 5,
      opened: closed.opened,
      version: 8,
    });
    const long = judged({ current: { ...closed, phaseSince: plus(NOW, -2 * DAY) } });
    expect(long.next).toMatchObject({ number: 4, asking: 1, opened: NOW, version: 8 });
  });

  test('with who made the key, if the event said so, whether or not a list shows the key already', () => {
    const origin = { keyId: newer().id, createdBy: 'role/deployer', at: NOW };
    expect(judged({ current: null, origin }).next?.origins).toEqual({
      [newer().id]: { createdBy: 'role/deployer', at: NOW },
    });
    expect(judged({ current: null, origin: { ...origin, keyId: THIRD } }).next?.origins).toEqual({
      [THIRD]: { createdBy: 'role/deployer', at: NOW },
    });
  });
});

describe('a rotation', () => {
  const fresh = seen([older(), key(THIRD, 'Active', { created: plus(NOW, -HOUR) })]);

  test('is left alone until its window ends; then people are asked', () => {
    const begun = judged({ current: null, observed: fresh });
    expect(begun.next).toMatchObject({ phase: 'rotating', rotationFrom: plus(NOW, -HOUR) });
    const told = judge({ ...situation({ current: begun.next, observed: fresh }), now: plus(NOW, MINUTE) });
    expect(kinds(told)[0]).toBe('rotation *');
    const current = { ...(told.next ?? aCase()), owed: [], lease: null };
    const end = plus(NOW, POLICY.rotationWindow - HOUR);
    expect(judged({ current, observed: fresh, now: plus(NOW, 2 * MINUTE) }).dueAt).toBe(
      plus(NOW, DAY + 2 * MINUTE),
    );
    expect(judged({ current, observed: fresh, now: plus(end, -60) }).dueAt).toBe(end);
    const over = judged({ current, observed: fresh, now: end });
    expect(over.next?.phase).toBe('awaiting-decision');
    expect(kinds(over)[0]).toBe('detected *');
  });

  test('does not begin anew by making the key again within 30 days', () => {
    const before = aCase({
      phase: 'closed',
      closedAs: 'by-owner',
      phaseSince: plus(NOW, -3 * DAY),
      rotationFrom: plus(NOW, -8 * DAY),
    });
    expect(judged({ current: before, observed: fresh }).next).toMatchObject({
      phase: 'awaiting-decision',
      rotationFrom: plus(NOW, -8 * DAY),
    });
    const longAgo = { ...before, rotationFrom: plus(NOW, -31 * DAY) };
    expect(judged({ current: longAgo, observed: fresh }).next?.phase).toBe('rotating');
  });
});

describe('an open question', () => {
  test('is reminded of, and nothing is written in between', () => {
    const current = aCase();
    expect(judged({ current })).toMatchObject({ next: null, dueAt: plus(NOW, DAY) });
    const later = judged({ current, now: plus(current.toldAt ?? NOW, POLICY.remindEvery) });
    expect(kinds(later)).toEqual(['reminder *', 'reminder sec-lead', 'reminder platform-lead']);
  });

  test('goes to the escalation list once, at its time, and to nobody where there is none', () => {
    const policy = { ...POLICY, escalation: ['platform-lead'] };
    const current = aCase();
    const at = plus(current.toldAt ?? NOW, POLICY.escalateAfter);
    const told = judged({ current, policy, now: at });
    expect(kinds(told)).toEqual(['escalated *', 'escalated platform-lead']);
    expect(told.next?.escalatedAt).toBe(at);
    const again = judged({
      current: { ...current, escalatedAt: at, remindedAt: at },
      policy,
      now: plus(at, MINUTE),
    });
    expect(again.next).toBeNull();
    expect(kinds(judged({ current, now: at }))[0]).toBe('reminder *');
    expect(
      judged({ current: { ...current, remindedAt: plus(at, -MINUTE) }, policy, now: plus(at, -MINUTE) })
        .dueAt,
    ).toBe(at);
  });

  test('is put anew at once when the keys changed after people were told', () => {
    const third = seen([newer(), older(), key(THIRD, 'Active', { created: plus(NOW, -20 * DAY) })]);
    const changed = judged({ observed: third });
    expect(changed.next).toMatchObject({ askedAgain: { code: 'keys-changed' }, asking: 2 });
    expect(changed.next?.former).toHaveLength(1);
    expect(codes(changed)).toContain('keys-changed');
    const quiet = judged({ current: aCase({ toldAt: null, phaseSince: NOW }), observed: third });
    expect(quiet.next).toMatchObject({ askedAgain: null, owed: [] });
  });

  test('remembers five former questions', () => {
    const former = Array.from({ length: 5 }, (_, n) => ({ digest: String(n), keys: [], until: NOW }));
    const changed = judged({ current: aCase({ former }), observed: seen([newer(), older(), key(THIRD)]) });
    expect(changed.next?.former.map(({ digest }) => digest).slice(0, 4)).toEqual(['1', '2', '3', '4']);
  });

  test('asks nobody who may not decide any more', () => {
    const control = { pauses: [], revoked: ['sec-lead'] };
    const current = aCase({ owed: [{ kind: 'detected', recipient: 'sec-lead', since: NOW }] });
    expect(judged({ current, control }).next?.owed).toEqual([]);
  });
});

describe('what cannot be seen', () => {
  const blind = { kind: 'unknown', account: ACCOUNT, userId: USER_ID, why: 'denied', at: NOW } as const;

  test('is told although nothing seemed to be left to ask when it was last seen', () => {
    const since = plus(NOW, -DAY);
    const current = aCase({ unknownSince: since, compliantSince: since });
    const held = judged({ current, observed: blind });
    expect(held.next).toMatchObject({ phase: 'held', heldFor: 'unknown', compliantSince: since });
    expect(kinds(held)).toContain('held sec-lead');
  });

  test('changes nothing for a day, then people are told, then it waits', () => {
    const first = judged({ observed: blind });
    expect(first.next).toMatchObject({ unknownSince: NOW, phase: 'awaiting-decision' });
    const day = plus(NOW, DAY);
    const held = judged({ current: first.next, observed: blind, now: day });
    expect(held.next).toMatchObject({ phase: 'held', heldFor: 'unknown' });
    expect(kinds(held)).toContain('held sec-lead');
    const current = { ...(held.next ?? aCase()), owed: [], lease: null };
    expect(judged({ current, observed: blind, now: plus(day, HOUR) }).next).toBeNull();
    expect(judged({ current, now: plus(day, HOUR) }).next).toMatchObject({
      phase: 'awaiting-decision',
      unknownSince: null,
    });
  });

  test('is nothing at all for a user without a case', () => {
    expect(judged({ current: null, observed: blind })).toMatchObject({
      rule: 'unknown',
      next: null,
      dueAt: null,
    });
  });

  test('a missing user is believed at the second look only', () => {
    const missing = { kind: 'missing', account: ACCOUNT, userId: USER_ID, at: NOW } as const;
    const first = judged({ observed: missing });
    expect(first).toMatchObject({ next: { missingSince: NOW }, dueAt: plus(NOW, POLICY.settle) });
    expect(judged({ current: first.next, observed: missing, now: plus(NOW, 30) }).next).toBeNull();
    const second = judged({ current: first.next, observed: missing, now: plus(NOW, POLICY.settle) });
    expect(second.next).toMatchObject({ phase: 'closed', closedAs: 'user-gone' });
    expect(judged({ current: first.next }).next?.missingSince).toBeNull();
  });
});

describe('a case that ends', () => {
  test('in silence when nobody had been told of it', () => {
    const quiet = aCase({ toldAt: null, remindedAt: null });
    const observed = seen([newer()]);
    const first = judged({ current: quiet, observed });
    expect(first.next).toMatchObject({ phase: 'awaiting-decision', compliantSince: NOW });
    expect(first.dueAt).toBe(plus(NOW, POLICY.settle));
    const next = { phase: 'closed', owed: [], lease: null, compliantSince: null };
    expect(judgedAgain(first, { observed }).next).toMatchObject(next);
  });

  test('does not do so on one listing, which may be a stale one', () => {
    const observed = seen([newer()]);
    const first = judged({ observed });
    const back = judgedAgain(first, { observed: seen([newer(), older()]) });
    expect(back.next).toMatchObject({ phase: 'awaiting-decision', compliantSince: null });
    expect(judgedAgain(back, { observed, now: plus(NOW, DAY) }).next?.phase).toBe('awaiting-decision');
  });

  test('still owes its last notice after a crash', () => {
    const closed = aCase({
      phase: 'closed',
      closedAs: 'by-owner',
      owed: [{ kind: 'closed', recipient: 'sec-lead', since: NOW }],
    });
    const again = judged({ current: closed, observed: seen([newer()]) });
    expect(again.next).toMatchObject({ phase: 'closed', owed: [{ recipient: 'sec-lead' }] });
    expect(again.dueAt).toBe(again.next?.lease?.until);
  });

  test('with no key left that works, after our own deletion, is held for a moment first', () => {
    const gone = inGrace(
      { deleting: plus(NOW, -HOUR), deletionClaimed: plus(NOW, -60) },
      { phase: 'deleting' },
    );
    const held = judged({ current: gone, observed: seen([newer('Inactive')]) });
    expect(held.next).toMatchObject({ phase: 'held', heldFor: 'no-active-key' });
    const current = { ...(held.next ?? gone), owed: [], lease: null };
    expect(judged({ current, observed: seen([newer('Inactive')]), now: plus(NOW, 30) }).rule).toBe(
      'no-active-key',
    );
    const observed = seen([newer('Inactive')]);
    const told = judged({ current, observed, now: plus(NOW, POLICY.settle) });
    const closed = judgedAgain(told, { observed, now: plus(NOW, 2 * POLICY.settle) });
    expect(closed.next).toMatchObject({ phase: 'closed', closedAs: 'remediated' });
  });
});

test('a hold for another reason than the last is told of, also when nobody was ever asked', () => {
  const hold = { phase: 'held', heldFor: 'unknown', decision: null, toldAt: NOW, phaseSince: NOW } as const;
  const keys = [newer('Inactive'), older('Inactive')];
  const current = inGrace({}, { ...hold, keys, remindedAt: NOW });
  const now = plus(NOW, HOUR);
  const judgement = judged({ current, observed: seen(keys), now });
  expect(result(judgement)).toMatchObject({ heldFor: 'no-active-key', owed: ['held'] });
  expect(judgement.next?.toldAt).toBe(now);
});
