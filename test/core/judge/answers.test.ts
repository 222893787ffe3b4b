import { describe, expect, test } from 'vitest';
import type { DecisionRequest } from '../../../functions/core/case/requests.ts';
import { MINUTE, plus } from '../../../functions/core/model/time.ts';
import { aCase, aDecision, key, NEWER, NOW, newer, OLDER, older, THIRD } from '../../fakes/cases.ts';
import { asked, judged, seen } from './scene.ts';

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
