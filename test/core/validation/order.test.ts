import { describe, expect, it } from 'vitest';
import { HOUR, plus } from '../../../functions/core/model/time.ts';
import {
  alsoLive,
  isOrdered,
  type LiveOrder,
  liveOrder,
  notInReportYet,
  type WantedLive,
} from '../../../functions/core/validation/order.ts';
import { NOW } from '../../fakes/cases.ts';

const BEFORE = plus(NOW, -HOUR);
const given = (users: LiveOrder['users'], at = BEFORE): LiveOrder => ({ schema: 1, at, users });

/** The users of the order that is given now; null if none is. */
function ordered(wanted: Partial<WantedLive>): LiveOrder['users'] | null {
  const nothing = { closed: [], changed: [], also: [], signOff: false, last: null, ordered: null };
  return liveOrder({ at: NOW, ...nothing, ...wanted })?.users ?? null;
}

describe('the order for live readings', () => {
  it('has users whose case closed, of whom something is new, and who have several keys', () => {
    expect(ordered({ closed: ['c', 'a'], changed: ['b', 'a'], also: ['d'] })).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is not given for users with several keys alone, nor for nothing', () => {
    expect(ordered({ also: ['d'] })).toBeNull();
    expect(ordered({})).toBeNull();
  });

  it('is everybody before a sign-off', () => {
    expect(ordered({ changed: ['a'], signOff: true })).toBe('everybody');
  });

  it('keeps what an earlier one wanted until an inventory was taken for it', () => {
    expect(ordered({ changed: ['a'], last: given(['z']) })).toEqual(['a', 'z']);
    expect(ordered({ changed: ['a'], last: given(['z']), ordered: BEFORE })).toEqual(['a']);
  });

  it('is not given again while it waits for its inventory', () => {
    expect(ordered({ changed: ['a'], closed: ['b'], last: given(['a', 'b']) })).toBeNull();
    expect(ordered({ changed: ['a'], signOff: true, last: given('everybody') })).toBeNull();
    expect(ordered({ signOff: true, last: given('everybody'), ordered: BEFORE })).toBe('everybody');
  });
});

it('users whose case closed within five hours are not in a credential report yet', () => {
  const closed = [
    { userId: 'a', closedAt: plus(NOW, -5 * HOUR) },
    { userId: 'b', closedAt: plus(NOW, -4 * HOUR) },
  ];
  expect(notInReportYet(closed, NOW)).toEqual(['b']);
});

describe('an inventory', () => {
  it('is taken once for each order', () => {
    expect(isOrdered(given([]), null)).toBe(true);
    expect(isOrdered(given([]), plus(BEFORE, -1))).toBe(true);
    expect(isOrdered(given([]), BEFORE)).toBe(false);
  });

  it('that is due anyway reads the same users again, but not everybody', () => {
    expect(alsoLive(null, null)).toEqual([]);
    expect(alsoLive(given(['a']), BEFORE)).toEqual(['a']);
    expect(alsoLive(given('everybody'), BEFORE)).toEqual([]);
    expect(alsoLive(given('everybody'), null)).toBe('everybody');
  });
});
