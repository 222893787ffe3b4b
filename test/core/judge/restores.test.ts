import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import {
  aCase,
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
} from '../../fakes/cases.ts';
import { asked, codes, judged, progressOf, result, seen } from './scene.ts';

const TAGGED = { tag: { key: 'solekey:exclude', value: 'true' }, users: [] };
const restoring = restoringSince(plus(NOW, -MINUTE));
const OFF = [newer(), older('Inactive')];

describe('a restore that IAM refuses', () => {
  it.each([
    [-2, 'restore-by-hand'],
    [-1.5, null],
  ])(
    '%d times `settle` after the first refusal, people are given the command or not: %s',
    (times, heldFor) => {
      const refusedSince = plus(NOW, times * POLICY.settle);
      const current = inGrace({ restoring, refused: 'reactivate', refusedSince });
      expect(result(judged({ current, observed: seen(OFF) })).heldFor).toBe(heldFor);
    },
  );
});

describe('a restore without proof', () => {
  it('lapses alone: that of another key goes on', () => {
    const third = key(THIRD, 'Inactive');
    const off = { deactivated: plus(NOW, -HOUR), graceEnds: plus(NOW, HOUR), restoring };
    const current = inGrace({ restoring }, { keys: [...OFF, third] });
    const both = { ...current, progress: { ...current.progress, [THIRD]: off } };
    const judgement = judged({
      current: both,
      observed: seen([...OFF, third]),
      last: { action: { kind: 'reactivate', keyId: OLDER }, outcome: 'not-made', unproved: 'restore' },
    });
    expect(progressOf(judgement, OLDER)?.restoring).toBeUndefined();
    expect(progressOf(judgement, THIRD)?.restoring).toBeDefined();
  });
});

describe('a restore that comes too late to be begun', () => {
  it('is said to have lapsed, in the history and to whoever asked', () => {
    const late = restoringSince(plus(NOW, -POLICY.decisionValid - HOUR));
    const judgement = judged({ current: inGrace({ restoring: late }), observed: seen(OFF) });
    expect(judgement.events).toContainEqual(
      expect.objectContaining({ code: 'restore-lapsed', keyId: OLDER, by: 'sec-lead' }),
    );
    expect(judgement.next?.dropped).toMatchObject([{ kind: 'restore', by: 'sec-lead', digest: '' }]);
  });
});

describe('a restore that is asked for while the user is excluded', () => {
  it('is not said to be dropped because of that', () => {
    const current = inGrace({}, { excluded: true });
    const request = asked(current, { kind: 'restore', keys: [OLDER] });
    const policy = { ...POLICY, exclude: TAGGED };
    const observed = seen(OFF, { tags: { 'solekey:exclude': 'true' } });
    const judgement = judged({ current, policy, observed, request });
    expect(judgement.next?.dropped ?? []).toEqual([]);
    expect(codes(judgement)).toContain('restore-asked');
  });
});

describe('a decision that waited for its turn', () => {
  it('has the time recorded for which it waited, and waits no longer once the next key is claimed', () => {
    const heldUp = { since: plus(NOW, -2 * HOUR), seconds: 60 };
    const decision = aDecision({ carriedOutAt: plus(NOW, -3 * HOUR), heldUp });
    const judgement = judged({ current: aCase({ phase: 'approved', decision, asking: 2 }) });
    expect(result(judgement).action).toMatch(/^deactivate/);
    expect(judgement.next?.decision).toMatchObject({
      carriedOutAt: plus(NOW, -3 * HOUR),
      heldUp: { since: null, seconds: 2 * HOUR + 60 },
      keep: NEWER,
    });
  });
});
