import { describe, expect, it } from 'vitest';
import { type DecisionKind, keptBy } from '../../../functions/core/case/decision.ts';
import {
  confirmedIfNeeded,
  deletionStep,
  jointStep,
  needsConfirmation,
} from '../../../functions/core/case/deletion.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { aDecision, NOW, noneKept, POLICY, someSpared, toldOf } from '../../fakes/cases.ts';

describe('a deletion that is to be announced', () => {
  const off = { deactivated: plus(NOW, -7 * DAY), graceEnds: NOW };
  const step = (reached?: Readonly<Record<string, string>>) =>
    deletionStep(
      aDecision(),
      off,
      POLICY,
      reached === undefined ? UNRESTRICTED : { ...UNRESTRICTED, reached },
      NOW,
    );

  it('waits while nobody is reached, and is looked at again soon', () => {
    expect(step()).toEqual({ step: 'announce' });
    expect(step({})).toEqual({ step: 'wait', until: plus(NOW, 15 * MINUTE) });
  });
});

describe('a deletion that was announced', () => {
  it('comes at its date, and is not looked at later because IAM may lag', () => {
    const ends = plus(NOW, POLICY.settle / 2);
    const off = { deactivated: plus(NOW, -7 * DAY), graceEnds: ends, ...toldOf(plus(NOW, -2 * DAY)) };
    const at = (now: string) => deletionStep(aDecision(), off, POLICY, UNRESTRICTED, now);
    expect(at(NOW)).toEqual({ step: 'wait', until: ends });
    expect(at(ends)).toEqual({ step: 'delete' });
  });

  it('waits for every key of the decision', () => {
    expect(jointStep(['wait', 'announce', 'delete'])).toBe('wait');
    expect(jointStep(['delete', 'announce', 'wait'])).toBe('wait');
    expect(jointStep(['announce', 'delete'])).toBe('announce');
    expect(jointStep([])).toBe('delete');
  });
});

describe('the confirmation that a deletion needs whatever usage shows (S14)', () => {
  const decisions = {
    keep: aDecision(),
    none: noneKept(),
    'not-now': someSpared(),
  } as const satisfies Record<DecisionKind, unknown>;

  it('is that of every decision that keeps no single key, unless usage is off', () => {
    for (const decision of Object.values(decisions)) {
      expect(needsConfirmation(decision, { usage: [] })).toBe(keptBy(decision) === null);
      expect(needsConfirmation(decision, { usage: null })).toBe(false);
    }
  });

  it('never makes a deletion less strict', () => {
    const none = (deletion: 'after-grace' | 'on-confirmation' | 'never', usage: [] | null) =>
      confirmedIfNeeded(deletion, noneKept(), { usage });
    expect(none('after-grace', [])).toBe('on-confirmation');
    expect(none('on-confirmation', [])).toBe('on-confirmation');
    expect(none('never', [])).toBe('never');
    expect(none('after-grace', null)).toBe('after-grace');
    expect(confirmedIfNeeded('after-grace', aDecision(), { usage: [] })).toBe('after-grace');
  });
});
