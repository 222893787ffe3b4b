import { describe, expect, test } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import type { DecisionRequest } from '../../../functions/core/case/requests.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { inGrace, key, NEWER, NOW, newer, OLDER, older, THIRD, toldOf } from '../../fakes/cases.ts';
import { asked, judged, judgedAgain, progressOf, seen } from './scene.ts';

/** The grace period is over and the deletion is announced, committed, and about to be called. */
const committed: Case = inGrace(
  {
    deactivated: plus(NOW, -9 * DAY),
    graceEnds: plus(NOW, -2 * DAY),
    ...toldOf(plus(NOW, -3 * DAY), plus(NOW, -2 * DAY)),
    deleting: plus(NOW, -HOUR),
    seenInactive: plus(NOW, -30 * MINUTE),
  },
  { phase: 'deleting' },
);

/** A third key is Active as well: this is not the set that was decided on (S5). */
const third = [newer(), older('Inactive'), key(THIRD)];

describe('a deletion that was committed, and then its decision is void', () => {
  test('without a third key the next pass would call it', () => {
    const { action } = judged({ current: committed, observed: seen([newer(), older('Inactive')]) });
    expect(action).toEqual({ kind: 'delete', keyId: OLDER });
  });

  test('nothing of it is left but that we deactivated the key', () => {
    const judgement = judged({ current: committed, observed: seen(third) });
    expect(judgement).toMatchObject({ action: null, next: { decision: null } });
    const { deactivated, ...rest } = progressOf(judgement, OLDER) ?? {};
    expect(deactivated).toBe(committed.progress[OLDER]?.deactivated);
    const left = ['deleting', 'seenInactive', 'announced', 'announcedFor', 'announcedTo', 'graceEnds'];
    expect(Object.keys(rest).filter((field) => left.includes(field))).toEqual([]);
  });

  test('a new decision gives the key a new grace period, and nothing is deleted before its end', () => {
    const first = judged({ current: committed, observed: seen(third) });
    const current = { ...committed, ...first.next, owed: [] };
    const ask: DecisionRequest['ask'] = { kind: 'keep', keep: NEWER, off: [OLDER, THIRD], acknowledged: [] };
    const now = plus(NOW, DAY);
    const request = asked(current, ask, {}, { at: now });
    const decided = judged({ now, current, observed: seen(third, { at: now }), request });
    expect(decided.next?.decision).not.toBeNull();
    expect(progressOf(decided, OLDER)?.deleting).toBeUndefined();
    const off = seen([newer(), older('Inactive'), key(THIRD, 'Inactive')], { at: plus(now, HOUR) });
    const later = judgedAgain(decided, { now: plus(now, HOUR), observed: off });
    expect(later.action?.kind).not.toBe('delete');
    expect(progressOf(later, OLDER)?.deleting).toBeUndefined();
  });
});

test('a kept key that is gone is said to be the reason, whatever else has changed', () => {
  const { next } = judged({ current: inGrace(), observed: seen([older('Inactive'), key(THIRD)]) });
  expect(next).toMatchObject({ decision: null, askedAgain: { code: 'kept-key-gone', keyId: NEWER } });
});

test('a key of ours that the decision does not name voids it, although no key is Active that was not shown', () => {
  const off = { deactivated: plus(NOW, -HOUR), graceEnds: plus(NOW, 7 * DAY - HOUR) };
  const keys = [newer(), older('Inactive'), key(THIRD, 'Inactive')];
  const named = inGrace({}, { keys, progress: { [OLDER]: off } });
  expect(judged({ current: named, observed: seen(keys) }).next?.decision).not.toBeNull();
  const unnamed = inGrace({}, { keys, progress: { [OLDER]: off, [THIRD]: off } });
  const { next } = judged({ current: unnamed, observed: seen(keys) });
  expect(next).toMatchObject({ decision: null, askedAgain: { code: 'keys-changed' } });
});
