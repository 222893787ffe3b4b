import { describe, expect, it } from 'vitest';
import { addressMark } from '../../../functions/core/case/requests.ts';
import type { HealthState } from '../../../functions/core/health/state.ts';
import { REACHES, subscriptionStates } from '../../../functions/core/health/subscriptions.ts';
import { healthLine, healthMail } from '../../../functions/core/health/words.ts';
import { HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { UTC } from '../../../functions/core/model/zone.ts';
import { ACCOUNT, NOW, POLICY } from '../../fakes/cases.ts';
import { subscription } from '../../fakes/health.ts';

const STATE: HealthState = {
  watchingSince: '2026-11-20T08:00:00.000Z',
  checkedAt: NOW,
  waitingSince: null,
  noSignOffSince: null,
  lastKeyEvent: plus(NOW, -3 * HOUR),
  checks: 15,
  fine: 15,
  open: [],
};

describe('the line in digests', () => {
  it.each([
    [STATE, 'Watching since 20 Nov; last key event 3 hours ago; 15 of 15 checks fine.'],
    [
      { ...STATE, lastKeyEvent: null, fine: 14 },
      'Watching since 20 Nov; no key event yet; 14 of 15 checks fine; operators have been told.',
    ],
    [
      { ...STATE, checkedAt: plus(NOW, -17 * MINUTE) },
      'Solekey has not checked itself since 23 Nov 2026, 15:53 UTC: new keys may go unnoticed.',
    ],
    [null, 'Solekey has not checked itself yet.'],
  ])('%#', (state, line) => {
    expect(healthLine(state, NOW, UTC)).toBe(line);
  });
});

it('the mail says what is wrong, where to read what to do, and how the rest is', () => {
  const trail = {
    check: 'trail',
    kind: 'broken',
    about: '',
    words: 'No CloudTrail trail covers us-east-1.',
    heading: 'The trail',
    since: NOW,
    told: true,
  } as const;
  const ended = { ...trail, check: 'survey', words: 'The last survey was 2 days ago.' } as const;
  const mail = (began: boolean, over: boolean) =>
    healthMail(
      { began: began ? [trail] : [], ended: over ? [ended] : [] },
      { ...STATE, fine: 14 },
      POLICY,
      ACCOUNT,
      NOW,
    );
  expect(mail(true, true)).toEqual({
    subject: '[Solekey] prod-payments: 1 problem found, 1 ended',
    body: [
      'Solekey in prod-payments (123456789012) found 1 problem (23 Nov 2026, 16:10 UTC).',
      'No CloudTrail trail covers us-east-1.\nWhat to do: section "The trail" of the operating guide',
      'This problem has ended.',
      'The last survey was 2 days ago. (since 23 Nov 2026, 16:10 UTC)',
      'Watching since 20 Nov; last key event 3 hours ago; 14 of 15 checks fine; operators have been told.\n',
    ].join('\n\n'),
  });
  const two = healthMail({ began: [], ended: [ended, trail] }, STATE, POLICY, ACCOUNT, NOW);
  expect(two.subject).toBe('[Solekey] prod-payments: 2 ended');
  expect(two.body).toContain('these problems have ended');
  expect(mail(false, true).subject).toBe('[Solekey] prod-payments: problem with the survey has ended');
  expect(mail(false, true).body).toMatch(
    /^Solekey in prod-payments \(123456789012\): this problem has ended\./,
  );
});

describe('stored states of subscriptions', () => {
  const { approvers } = POLICY;
  const [security, platform] = approvers.map(({ email }) => email);
  it('change their time only when they change', () => {
    const all = [subscription(security ?? ''), subscription(platform ?? '', { id: null })];
    const before = subscriptionStates({}, approvers, all, plus(NOW, -HOUR));
    const marks = [addressMark(security ?? ''), addressMark(platform ?? '')] as const;
    const lost = subscriptionStates(before, approvers, all.slice(1), NOW);
    expect(lost).toEqual({
      [marks[0]]: { state: 'missing', since: NOW },
      [marks[1]]: { state: 'pending', since: plus(NOW, -HOUR) },
    });
  });

  it('name those of others by their id, or by the mark of their address', () => {
    const all = [subscription('x@example.com'), subscription('y@example.com', { id: null })];
    const states = subscriptionStates({}, [], all, NOW);
    expect(Object.keys(states)).toEqual(['id-of-x@example.com', addressMark('y@example.com')]);
    expect(Object.values(states).map(({ state }) => REACHES[state])).toEqual([false, false]);
  });
});
