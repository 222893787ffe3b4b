import { describe, expect, it } from 'vitest';
import { withDropped } from '../../../functions/core/case/dropped.ts';
import { plus } from '../../../functions/core/model/time.ts';
import { aDrop, NOW } from '../../fakes/cases.ts';

describe('an answer that was dropped', () => {
  it('is recorded once, however often its request is found', () => {
    const one = aDrop();
    expect(withDropped({ dropped: [one] }, aDrop({ why: 'expired' }))).toEqual([one]);
  });

  it.each([
    ['at another moment', aDrop({ at: plus(NOW, 1) })],
    ['by somebody else', aDrop({ by: 'platform-lead' })],
    ['of another kind', aDrop({ kind: 'restore' })],
  ])('is another one if it was given %s', (_, other) => {
    expect(withDropped({ dropped: [aDrop()] }, other)).toEqual([aDrop(), other]);
  });

  it('pushes out the oldest of five', () => {
    const five = [1, 2, 3, 4, 5].map((second) => aDrop({ at: plus(NOW, second), owed: false }));
    const sixth = aDrop({ at: plus(NOW, 6) });
    expect(withDropped({ dropped: five }, sixth)).toEqual([...five.slice(1), sixth]);
    expect(withDropped({}, sixth)).toEqual([sixth]);
    const untold = five.map((one) => ({ ...one, owed: true }));
    expect(withDropped({ dropped: untold }, sixth)).toEqual([...untold, sixth]);
  });
});
