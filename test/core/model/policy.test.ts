import { describe, expect, it } from 'vitest';
import {
  currentApprovers,
  isPaused,
  pausedSince,
  resumedAt,
  UNRESTRICTED,
} from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import { NOW, POLICY } from '../../fakes/cases.ts';

const ago = (seconds: number) => plus(NOW, -seconds);
const over = { from: ago(3 * DAY), to: ago(2 * DAY) };
const control = (...pauses: { readonly from: string; readonly to: string | null }[]) => ({
  pauses,
  revoked: [],
});

describe('pauses', () => {
  it('last while the last of them has no end', () => {
    expect(isPaused(UNRESTRICTED)).toBe(false);
    expect(isPaused(control(over))).toBe(false);
    expect(isPaused(control(over, { from: ago(HOUR), to: null }))).toBe(true);
  });

  it('were over last when the last of them ended', () => {
    expect(resumedAt(UNRESTRICTED)).toBe(null);
    expect(resumedAt(control(over))).toBe(over.to);
    expect(resumedAt(control(over, { from: ago(HOUR), to: null }))).toBe(null);
  });

  it('are counted from a moment on, the one that lasts up to now', () => {
    expect(pausedSince(control(over), ago(10 * DAY), NOW)).toBe(DAY);
    expect(pausedSince(control(over), ago(2.5 * DAY), NOW)).toBe(DAY / 2);
    expect(pausedSince(control(over), ago(DAY), NOW)).toBe(0);
    expect(pausedSince(control(over, { from: ago(HOUR), to: null }), ago(10 * DAY), NOW)).toBe(DAY + HOUR);
  });
});

describe('approvers', () => {
  it('are those of the settings whose links still decide', () => {
    const ids = (revoked: string[]) => currentApprovers(POLICY, { pauses: [], revoked }).map(({ id }) => id);
    expect(ids([])).toEqual(['sec-lead', 'platform-lead']);
    expect(ids(['sec-lead'])).toEqual(['platform-lead']);
  });
});
