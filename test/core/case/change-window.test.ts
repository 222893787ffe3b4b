import { expect, test } from 'vitest';
import { windowCloses, windowOpens } from '../../../functions/core/case/change-window.ts';
import { HOUR, plus } from '../../../functions/core/model/time.ts';
import { aDecision, NOW, POLICY } from '../../fakes/cases.ts';

/** 23 November 2026, 16:10 UTC, is a Monday. */
const on = (day: 'mon' | 'tue') => {
  const from = { hour: 16, minute: 0 };
  const changeWindow = { days: [day], from, to: { hour: 18, minute: 0 }, zone: 'UTC' };
  return { ...POLICY, changeWindow };
};

test('a window opens for a change that must wait, and closes for one that need not', () => {
  expect(windowOpens(null, on('mon'), NOW)).toBeNull();
  expect(windowCloses(null, on('mon'), NOW)).toBe('2026-11-23T18:00:00.000Z');
  expect(windowOpens(null, on('tue'), NOW)).toBe('2026-11-24T16:00:00.000Z');
  expect(windowCloses(null, on('tue'), NOW)).toBeNull();
  expect(windowCloses(null, on('mon'), plus(NOW, 2 * HOUR))).toBeNull();
});

test('without a window, and for a compromised key, there is nothing to wait for', () => {
  const compromised = aDecision({ reason: 'compromised' });
  expect([windowOpens(null, POLICY, NOW), windowCloses(null, POLICY, NOW)]).toEqual([null, null]);
  expect(windowOpens(compromised, on('tue'), NOW)).toBeNull();
  expect(windowCloses(compromised, on('mon'), NOW)).toBeNull();
});
