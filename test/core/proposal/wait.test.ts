import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import { adviceFor, advised } from '../../../functions/core/proposal/advice.ts';
import { waitFor } from '../../../functions/core/proposal/wait.ts';
import { aCase, key, NEWER, NOW, newer, OLDER, older, POLICY } from '../../fakes/cases.ts';

const fresh = key(NEWER, 'Active', { created: plus(NOW, -2 * HOUR) });
const rotating = (more: Partial<Case> = {}) =>
  aCase({ phase: 'rotating', keys: [older(), fresh], rotationFrom: plus(NOW, -2 * HOUR), ...more });

describe('a rotation in progress', () => {
  it('is a reason to wait for the end of its window, and for no verdict on any key', () => {
    const wait = { until: plus(NOW, 7 * DAY - 2 * HOUR), why: { code: 'rotation', keyId: NEWER } } as const;
    const advice = adviceFor(rotating(), POLICY, NOW);
    expect(advice).toEqual({ kind: 'wait', wait });
    expect([NEWER, OLDER].map((id) => advised(id, advice))).toEqual(['stays', 'stays']);
  });

  it.each<[string, Case]>([
    ['people are asked', aCase({ rotationFrom: NOW })],
    ['the window is over', rotating({ rotationFrom: plus(NOW, -7 * DAY) })],
    ['somebody unexpected made a key', rotating({ origins: { [NEWER]: { createdBy: 'root', at: NOW } } })],
    ['no key is active', rotating({ keys: [newer('Inactive')] })],
  ])('is none when %s', (_name, current) => {
    expect(waitFor(current, POLICY, NOW)).toBeNull();
    expect(adviceFor(current, POLICY, NOW).kind).not.toBe('wait');
  });
});
