import { describe, expect, test } from 'vitest';
import type { DecisionRequest } from '../../../functions/core/case/requests.ts';
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
  THIRD,
} from '../../fakes/cases.ts';
import { asked, codes, judged, seen } from './scene.ts';

const KEEP: DecisionRequest['ask'] = { kind: 'keep', keep: NEWER, off: [OLDER], acknowledged: [] };

describe('an answer counts for the question that it answers', () => {
  test('with another digest it is no decision, whatever it says', () => {
    const answer = asked(aCase(), KEEP, {}, { digest: 'f'.repeat(64) });
    const { next, action } = judged({ request: answer });
    expect([next?.decision ?? null, action]).toEqual([null, null]);
  });

  test('given about the keys as last shown, it does not become a decision about other keys', () => {
    const third = key(THIRD, 'Active', { created: plus(NOW, -MINUTE) });
    const all: DecisionRequest['ask'] = { ...KEEP, off: [OLDER, THIRD] };
    const { next, action } = judged({
      observed: seen([newer(), older(), third]),
      request: asked(aCase(), all),
    });
    expect([next?.decision ?? null, action]).toEqual([null, null]);
  });

  test('a pass that voids a decision, and so asks anew, takes up no answer to the question before', () => {
    const keys = [newer(), older(), key(THIRD)];
    const current = aCase({ keys, decision: aDecision(), asking: 2 });
    const { next } = judged({
      current,
      observed: seen(keys),
      request: asked(current, { ...KEEP, off: [OLDER, THIRD] }),
    });
    expect(next).toMatchObject({ decision: null, asking: 3 });
  });

  test('given under the previous number of the question, it is none either', () => {
    const answer = asked(aCase({ asking: 1 }), KEEP);
    const { next, action } = judged({ current: aCase({ asking: 2 }), request: answer });
    expect([next?.decision ?? null, action]).toEqual([null, null]);
  });
});

describe('the grounds of a decision', () => {
  const grounds = { reason: 'replaced' as const, commentDigest: 'c'.repeat(64) };

  test('are part of it, the words as their digest only', () => {
    const { next } = judged({ request: asked(aCase(), { ...KEEP, ...grounds }) });
    expect(next?.decision).toMatchObject(grounds);
  });

  test('are absent from it where no page asked', () => {
    const { next } = judged({ request: asked(aCase(), KEEP) });
    expect(next?.decision).toMatchObject({ keep: NEWER });
    expect(next?.decision).not.toHaveProperty('reason');
    expect(next?.decision).not.toHaveProperty('commentDigest');
  });
});

describe('a refused answer', () => {
  const refusal = (judgement: ReturnType<typeof judged>) =>
    judgement.events.find(({ code }) => code === 'request-refused');

  test('is on record with the name of whoever gave it', () => {
    const judgement = judged({ request: asked(aCase(), KEEP, { expires: plus(NOW, -HOUR) }) });
    // Only an approver who was removed is a reason to ask everybody else again.
    expect(judgement.next?.askedAgain).toBeNull();
    expect(refusal(judgement)).toEqual({ code: 'request-refused', detail: 'link-expired', by: 'sec-lead' });
  });

  test('observe mode refuses a decision, and no restore', () => {
    const policy = { ...POLICY, mode: 'observe' as const };
    expect(refusal(judged({ policy, request: asked(aCase(), KEEP) }))?.detail).toBe('observe-mode');
    const current = inGrace();
    const observed = seen(current.keys);
    const back = judged({
      policy,
      current,
      observed,
      request: asked(current, { kind: 'restore', keys: [OLDER] }),
    });
    expect([refusal(back), codes(back).includes('restore-asked')]).toEqual([undefined, true]);
  });
});
