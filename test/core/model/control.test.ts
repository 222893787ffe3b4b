import { describe, expect, it } from 'vitest';
import { paused, reinstated, resumed, revoked, selfPause } from '../../../functions/core/model/control.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { HOUR, plus } from '../../../functions/core/model/time.ts';
import { NOW } from '../../fakes/cases.ts';

const LATER = plus(NOW, HOUR);
const itself = paused(UNRESTRICTED, NOW, 'too much');

describe('a pause by Solekey itself', () => {
  it('has its reason, a pause by a person has none', () => {
    expect(selfPause(itself)).toEqual({ from: NOW, reason: 'too much' });
    expect(paused(UNRESTRICTED, NOW).pauses).toEqual([{ from: NOW, to: null }]);
    expect(selfPause(paused(UNRESTRICTED, NOW))).toBe(null);
    expect(selfPause(UNRESTRICTED)).toBe(null);
  });

  it('ends as any other, keeps its reason, and says nothing about the next one', () => {
    const over = resumed(itself, LATER);
    expect(over.pauses).toEqual([{ from: NOW, to: LATER, reason: 'too much' }]);
    expect(selfPause(over)).toBe(null);
    expect(selfPause(paused(over, plus(LATER, 1)))).toBe(null);
    expect(selfPause(paused(over, plus(LATER, 1), 'again'))).toEqual({
      from: plus(LATER, 1),
      reason: 'again',
    });
  });

  it('that is not there does not end, and no pause touches who is revoked', () => {
    expect(resumed(UNRESTRICTED, NOW)).toBe(UNRESTRICTED);
    const both = revoked(revoked(itself, 'sec-lead'), 'sec-lead');
    expect(both.revoked).toEqual(['sec-lead']);
    expect(reinstated(both, 'sec-lead')).toEqual(itself);
  });

  it('changes nothing while one lasts, whoever began it', () => {
    expect(paused(itself, LATER)).toBe(itself);
    const person = paused(UNRESTRICTED, NOW);
    expect(paused(person, LATER, 'too much')).toBe(person);
    expect(selfPause(revoked(itself, 'sec-lead'))).toEqual({ from: NOW, reason: 'too much' });
  });
});
