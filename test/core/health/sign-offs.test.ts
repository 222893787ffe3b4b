import { describe, expect, it } from 'vitest';
import { type HealthContext, resultOf } from '../../../functions/core/health/judge.ts';
import type { SignOffReading } from '../../../functions/core/health/readings.ts';
import { isNotLeft, missingFrom, signOffFindings } from '../../../functions/core/health/sign-offs.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { NOW } from '../../fakes/cases.ts';

const LEFT: SignOffReading = {
  asked: true,
  due: plus(NOW, DAY),
  open: 0,
  overdue: 0,
  firstTarget: null,
  leftAt: NOW,
};
const words = (more: Partial<SignOffReading>) =>
  signOffFindings({ ...LEFT, ...more }, NOW).map((finding) => finding.words);

describe('a sign-off', () => {
  it('is a finding two weeks after it was due', () => {
    expect(words({})).toEqual([]);
    expect(words({ due: plus(NOW, -14 * DAY + 1) })).toEqual([]);
    expect(words({ due: plus(NOW, -14 * DAY) })).toEqual([
      'A sign-off of all changes was due on 9 Nov 2026, and nobody has given it. Approvers were asked.',
    ]);
  });

  it('is one as well if nobody could be asked', () => {
    expect(words({ asked: false, due: plus(NOW, -20 * DAY) })).toEqual([
      'A sign-off of all changes was due on 3 Nov 2026, and nobody has given it. Approvers were not asked, because there is no report.',
    ]);
  });
});

describe('a concern', () => {
  it('is a finding if it is open more than 30 days after its target date', () => {
    expect(words({ open: 1, overdue: 1, firstTarget: '2026-10-24' })).toEqual([]);
    expect(words({ open: 1, overdue: 1, firstTarget: '2026-10-23' })).toEqual([
      'A concern about the changes is still open; its target date was 23 Oct 2026.',
    ]);
    expect(words({ open: 3, overdue: 2, firstTarget: '2026-10-23' })).toEqual([
      '3 concerns about the changes are open, 2 of them past the target date, the first since 23 Oct 2026.',
    ]);
  });

  it('does not hide a sign-off that is late', () => {
    const late = { due: plus(NOW, -20 * DAY), open: 1, overdue: 1, firstTarget: '2026-10-01' };
    expect(signOffFindings({ ...LEFT, ...late }, NOW).map(({ about }) => about)).toEqual(['due', 'concerns']);
  });
});

describe('the state that the survey leaves', () => {
  const old = plus(NOW, -2 * DAY - 1);

  it('is not fine if it is older than two days, or has been missing for so long', () => {
    expect(isNotLeft({ leftAt: plus(NOW, -2 * DAY) }, null, NOW)).toBe(false);
    expect(isNotLeft({ leftAt: old }, null, NOW)).toBe(true);
    expect(isNotLeft(null, NOW, NOW)).toBe(false);
    expect(isNotLeft(null, old, NOW)).toBe(true);
    expect(isNotLeft({ leftAt: null }, old, NOW)).toBe(true);
    expect(isNotLeft(null, null, NOW)).toBe(false);
  });

  it('that is too old is no result of the check, whatever it says', () => {
    const context = { noSignOffSince: null, now: NOW } as HealthContext;
    const late = { ...LEFT, due: plus(NOW, -20 * DAY) };
    expect(resultOf('sign-off', late, context)).toMatchObject({ result: 'broken' });
    expect(resultOf('sign-off', LEFT, context)).toEqual({ result: 'fine' });
    expect(resultOf('sign-off', null, context)).toEqual({ result: 'fine' });
    const unknown = { result: 'could-not-check', why: 'not-left' };
    expect(resultOf('sign-off', { ...late, leftAt: old }, context)).toEqual(unknown);
    expect(resultOf('sign-off', null, { ...context, noSignOffSince: old })).toEqual(unknown);
  });

  it('is missing from the first run that does not find it, until one does', () => {
    expect(missingFrom(null, null, NOW)).toBe(NOW);
    expect(missingFrom(old, null, NOW)).toBe(old);
    expect(missingFrom(old, { leftAt: null }, NOW)).toBe(old);
    expect(missingFrom(old, { leftAt: NOW }, NOW)).toBe(null);
  });
});
