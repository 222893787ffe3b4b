import { describe, expect, test } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import { announcedAt } from '../../../functions/core/case/dates.ts';
import { type Control, UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { aDecision, inGrace, NOW, newer, OLDER, older, POLICY, toldOf } from '../../fakes/cases.ts';
import { judged, result, seen } from './scene.ts';

const AN_HOUR_AGO = plus(NOW, -HOUR);
const pausedSince = (from: string) => ({ pauses: [{ from, to: null }], revoked: [] });
const pausedFor = (from: string, to: string) => ({ pauses: [{ from, to }], revoked: [] });

/** Announced twelve hours ago, to be deleted in twelve. */
const announced = (): Case =>
  inGrace(
    {
      deactivated: plus(NOW, -6.5 * DAY),
      graceEnds: plus(NOW, DAY / 2),
      ...toldOf(plus(NOW, -DAY / 2)),
    },
    { decision: aDecision({ at: plus(NOW, -6.6 * DAY) }) },
  );
const look = (control: Control) =>
  judged({ current: announced(), observed: seen([newer(), older('Inactive')]), control });

describe('a pause after the deletion was announced', () => {
  test('is looked at for its end, because then people must be told anew', () => {
    expect(look(pausedSince(AN_HOUR_AGO))).toMatchObject({
      next: null,
      dueAt: plus(NOW, POLICY.settle),
    });
  });

  test('is followed by the announcement at once, and by no deletion before its time', () => {
    const control = pausedFor(AN_HOUR_AGO, plus(NOW, -MINUTE));
    const told = look(control);
    expect(result(told)).toMatchObject({ phase: 'grace', owed: ['deletion-announced'], action: null });
    const current = {
      ...announced(),
      progress: { [OLDER]: { ...announced().progress[OLDER], ...toldOf(NOW) } },
    };
    const lead = Math.min(DAY, POLICY.grace / 2);
    const off = seen([newer(), older('Inactive')]);
    const early = judged({ current, control, observed: off, now: plus(NOW, lead - MINUTE) });
    expect(early).toMatchObject({ next: null, action: null });
    const due = judged({ current, control, observed: off, now: plus(NOW, lead) });
    expect(due.next?.phase).toBe('deleting');
  });

  test('that was over before it changes nothing', () => {
    const control = pausedFor(plus(NOW, -2 * DAY), plus(NOW, -2 * DAY + HOUR));
    expect(look(control)).toMatchObject({ next: null, dueAt: plus(NOW, DAY / 2 + HOUR) });
  });
});

describe('an announcement', () => {
  test.each([
    ['without any pause', UNRESTRICTED, true],
    ['made at the very end of a pause', pausedFor(plus(NOW, -HOUR), NOW), true],
    ['before the end of a pause', pausedFor(plus(NOW, -HOUR), plus(NOW, 1)), false],
    ['while paused', pausedSince(AN_HOUR_AGO), false],
  ])('%s counts: %s', (_when, control, counts) => {
    expect(announcedAt(toldOf(NOW), POLICY, control)).toBe(counts ? NOW : null);
    expect(announcedAt({}, POLICY, control)).toBe(null);
  });
});
