import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import {
  announcedUntil,
  announcementDue,
  announcementLead,
  answerExpires,
  escalatesAt,
  escalationDue,
  firstToldFrom,
  graceEnd,
  graceInForce,
  reminderDue,
  rotationEnds,
  toldAgainFrom,
} from '../../../functions/core/case/dates.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import { aCase, aDecision, NOW, POLICY } from '../../fakes/cases.ts';

const FUNCTIONS = join(import.meta.dirname, '../../../functions');

test('the dates of a case that waits for people', () => {
  const current = aCase({ rotationFrom: NOW, phaseSince: NOW, toldAt: NOW, remindedAt: plus(NOW, DAY) });
  expect(rotationEnds(current, POLICY)).toBe(plus(NOW, 7 * DAY));
  expect(firstToldFrom(current, POLICY)).toBe(plus(NOW, 60));
  // A day after the first notice, so the second comes after as much as it took, and three days.
  expect(reminderDue(current, POLICY)).toBe(plus(NOW, 5 * DAY));
  expect(reminderDue(aCase({ remindedAt: null }), POLICY)).toBe(null);
  expect(escalatesAt(NOW, POLICY)).toBe(plus(NOW, 7 * DAY));
  expect(answerExpires(NOW, POLICY)).toBe(plus(NOW, 7 * DAY));
});

describe('the escalation', () => {
  const policy = { ...POLICY, escalation: ['platform-lead'] };

  it.each([
    ['is due once people were told', aCase({ toldAt: NOW }), UNRESTRICTED, plus(NOW, 7 * DAY)],
    ['waits for the first mail', aCase({ toldAt: null }), UNRESTRICTED, null],
    ['comes once', aCase({ toldAt: NOW, escalatedAt: NOW }), UNRESTRICTED, null],
    [
      'needs somebody who is still an approver',
      aCase({ toldAt: NOW }),
      { pauses: [], revoked: ['platform-lead'] },
      null,
    ],
  ])('%s', (_what, current, control, due) => {
    expect(escalationDue(current, policy, control)).toBe(due);
  });
});

test('that the keys changed again is told at most once in `notifyAfter`; any other question at once', () => {
  const changed = { askedAgain: { code: 'keys-changed' }, remindedAt: NOW } as const;
  expect(toldAgainFrom(aCase(changed), POLICY)).toBe(plus(NOW, POLICY.notifyAfter));
  expect(toldAgainFrom(aCase({ ...changed, remindedAt: null }), POLICY)).toBe('');
  expect(toldAgainFrom(aCase({ ...changed, askedAgain: { code: 'decision-expired' } }), POLICY)).toBe('');
});

describe('the grace period', () => {
  it('is what people were told or the setting, whichever is longer', () => {
    const decision = aDecision({ terms: { grace: 3 * DAY, deletion: 'after-grace' } });
    expect([graceInForce(decision, POLICY), graceInForce(null, POLICY)]).toEqual([7 * DAY, 7 * DAY]);
    expect(graceInForce(decision, { ...POLICY, grace: DAY })).toBe(3 * DAY);
  });

  it('ends never before the date that was told, and later by time paused and a longer setting', () => {
    const progress = { deactivated: NOW, graceEnds: plus(NOW, 7 * DAY) };
    const later = plus(NOW, 2 * DAY);
    const paused = { pauses: [{ from: plus(NOW, DAY), to: null }], revoked: [] };
    expect(graceEnd(progress, { ...POLICY, grace: DAY }, UNRESTRICTED, later)).toBe(plus(NOW, 7 * DAY));
    expect(graceEnd(progress, { ...POLICY, grace: 9 * DAY }, UNRESTRICTED, later)).toBe(plus(NOW, 9 * DAY));
    expect(graceEnd(progress, POLICY, paused, later)).toBe(plus(NOW, 8 * DAY));
    expect(graceEnd({}, POLICY, UNRESTRICTED, later)).toBe(null);
  });

  it('is announced to end a day before, or half of it where it is shorter', () => {
    expect([announcementLead(7 * DAY), announcementLead(DAY)]).toEqual([DAY, DAY / 2]);
    const hour = { ...POLICY, deletionNotice: HOUR };
    expect(announcementDue(NOW, aDecision(), hour)).toBe(plus(NOW, -DAY));
    expect(announcementDue(NOW, aDecision(), { ...POLICY, deletionNotice: 2 * DAY })).toBe(
      plus(NOW, -2 * DAY),
    );
  });

  it('is announced as early before, and deletes as late after, under a grace period shortened since', () => {
    const shortened = { ...POLICY, grace: HOUR, deletionNotice: HOUR };
    expect(announcementDue(NOW, aDecision(), shortened)).toBe(plus(NOW, -DAY));
    expect(announcedUntil(NOW, {}, aDecision(), shortened)).toBe(plus(NOW, DAY));
  });

  it('keeps the date that an announcement named, where that is later', () => {
    const named = { announcedFor: plus(NOW, 3 * DAY) };
    expect(announcedUntil(NOW, {}, aDecision(), POLICY)).toBe(plus(NOW, DAY));
    expect(announcedUntil(NOW, named, aDecision(), POLICY)).toBe(plus(NOW, 3 * DAY));
  });
});

test('nobody else computes a date from a setting that has its date here', () => {
  const settings = 'rotationWindow|escalateAfter|decisionValid|deletionNotice|remindEvery|notifyAfter';
  const computed = new RegExp(`plus\\([^;]*\\b(policy|situation)\\.(${settings})\\b|terms\\.grace\\b`);
  const sources = readdirSync(FUNCTIONS, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const computing = sources.filter((file) => computed.test(readFileSync(join(FUNCTIONS, file), 'utf8')));
  expect(computing).toEqual(['core/case/dates.ts']);
});
