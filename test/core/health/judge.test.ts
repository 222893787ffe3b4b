import { describe, expect, it } from 'vitest';
import { mappingProblem, samePolicy } from '../../../functions/core/health/as-deployed.ts';
import { type HealthContext, JUDGES, waitingFrom } from '../../../functions/core/health/judge.ts';
import { ledgerEntry } from '../../../functions/core/model/ledger.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { NEWER, NOW, POLICY } from '../../fakes/cases.ts';
import { EXPECTED, EXPOSURES, healthy, OPERATOR, rule, subscription, WATCHED } from '../../fakes/health.ts';

const CONTEXT: HealthContext = {
  expected: EXPECTED,
  policy: POLICY,
  operators: [OPERATOR],
  watchedCalls: WATCHED,
  exposurePattern: EXPOSURES,
  watchingSince: plus(NOW, -3 * DAY),
  waitingSince: null,
  noSignOffSince: null,
  now: NOW,
};

describe('as deployed', () => {
  it('means the same although AWS writes it differently', () => {
    const ours = { Statement: [{ Principal: { AWS: '*' }, Action: ['sqs:*'] }], Version: '2012-10-17' };
    const theirs = { Version: '2012-10-17', Statement: { Action: 'sqs:*', Principal: '*' } };
    expect(samePolicy(ours, theirs)).toBe(true);
    expect(samePolicy(ours, { ...theirs, Version: '2008-10-17' })).toBe(false);
    expect(samePolicy({ Principal: { AWS: '123' } }, { Principal: '123' })).toBe(false);
    expect(samePolicy(null, ours)).toBe(false);
    expect(samePolicy([1, 2], [2, 1])).toBe(false);
  });

  const mapping = { queue: 'events', state: 'Enabled', connected: true, filtered: false };
  it.each([
    [{ ...mapping }, null],
    [{ ...mapping, state: 'Updating' }, null],
    [{ ...mapping, state: null }, 'does not exist any more'],
    [{ ...mapping, state: 'Disabling' }, 'not enabled (disabling)'],
    [{ ...mapping, connected: false }, 'a function other than'],
    [{ ...mapping, filtered: true }, 'filter'],
  ])('%j', (given, words) => {
    const problem = mappingProblem(given);
    expect(problem === null ? null : problem.includes(words ?? '-')).toBe(words === null ? null : true);
  });

  it('has a target with the input that was deployed', () => {
    const rest = { takenAt: NOW };
    const judged = (input: unknown) =>
      JUDGES.survey({ rule: rule('arn:evaluate', {}, input), ...rest }, CONTEXT);
    expect(judged({ solekey: 'survey' })).toEqual([]);
    expect(judged(null)[0]?.words).toContain('changes its input');
  });
});

describe('the control item', () => {
  const why = {
    at: NOW,
    command: 'revoke' as const,
    by: 'arn:aws:iam::123456789012:user/op',
    reason: 'left',
  };
  const last = ledgerEntry(null, null, { pauses: [], revoked: [], revision: 2 }, why);
  const { after } = last;
  it.each([
    ['nothing at all', null, null, true],
    ['an item of a release without a ledger', { pauses: [], revoked: ['a'], revision: 3 }, null, true],
    ['an item as its last entry left it', after, last, true],
    ['an item that was changed', { ...after, revoked: ['a'] }, last, false],
    [
      'an item and an entry that were changed',
      { ...after, revoked: ['a'] },
      { ...last, after: { ...after, revoked: ['a'] } },
      false,
    ],
    ['an item of another entry', after, ledgerEntry(last, after, after, why), false],
    ['a deleted item', null, last, false],
    ['a deleted ledger', after, null, false],
  ])('%s', (_what, content, found, fine) => {
    expect(JUDGES.control({ content, last: found }, CONTEXT).length === 0).toBe(fine);
  });
});

describe('events that wait', () => {
  const waiting = (handledAt: string | null) => ({ waiting: 1, handledAt });
  it('count from the first run that saw them, or the last that was handled', () => {
    expect(waitingFrom(null, waiting(null), NOW)).toBe(NOW);
    const since = plus(NOW, -20 * MINUTE);
    expect(waitingFrom(since, waiting(null), NOW)).toBe(since);
    expect(waitingFrom(since, waiting(plus(NOW, -MINUTE)), NOW)).toBe(NOW);
    expect(waitingFrom(since, { waiting: 0, handledAt: null }, NOW)).toBe(null);
  });

  it('are a finding after ten minutes in which none was handled', () => {
    const found = (since: string | null, handledAt: string | null) =>
      JUDGES['key-events'](waiting(handledAt), { ...CONTEXT, waitingSince: since }).length;
    const long = plus(NOW, -10 * MINUTE);
    expect(found(null, null)).toBe(0);
    expect(found(plus(NOW, -5 * MINUTE), null)).toBe(0);
    expect(found(long, null)).toBe(1);
    expect(found(long, plus(NOW, -HOUR))).toBe(1);
    expect(found(long, plus(NOW, -MINUTE))).toBe(0);
  });
});

describe('approvers', () => {
  const [lead, platform] = POLICY.approvers.map((one) => ({ ...one, mail: 'all' as const }));
  const found = (revoked: string[], mail: 'all' | 'none') =>
    JUDGES.approvers(
      { pauses: [], revoked },
      { ...CONTEXT, policy: { approvers: [lead, { ...platform, mail }] as typeof POLICY.approvers } },
    ).map(({ words }) => words);

  it('are fine while one who is mailed is left', () => {
    expect(found([], 'none')).toEqual([]);
    expect(found(['sec-lead'], 'all')).toEqual([]);
  });

  it('are a finding if only those are left who are not, or nobody', () => {
    expect(found(['sec-lead'], 'none')).toEqual([
      'Every approver with "mail": "all" is revoked, so those with "mail": "none" are asked about everything.',
    ]);
    expect(found(['sec-lead', 'platform-lead'], 'none')).toEqual([
      'Every approver is revoked, so nobody is asked and nothing is deleted.',
    ]);
  });
});

describe('daily runs', () => {
  const survey = (takenAt: string | null, watchingSince = CONTEXT.watchingSince) =>
    JUDGES.survey({ rule: healthy().survey.rule, takenAt }, { ...CONTEXT, watchingSince })[0]?.words ?? '';
  it('of the survey may be missing on the first day only', () => {
    expect(survey(null, plus(NOW, -25 * HOUR))).toBe('');
    expect(survey(null)).toContain('No survey has been completed yet');
    expect(survey(plus(NOW, -27 * HOUR))).toContain('27 hours ago');
    expect(survey(plus(NOW, -25 * HOUR))).toBe('');
  });

  const rule = (more: object) =>
    JUDGES['config-rule'](
      { active: true, activatedAt: plus(NOW, -3 * DAY), succeededAt: null, failedAt: null, ...more },
      CONTEXT,
    )[0]?.words ?? '';
  it('of the rule in AWS Config too', () => {
    expect(rule({})).toContain('no successful run for more than a day');
    expect(rule({ activatedAt: NOW })).toBe('');
    expect(rule({ activatedAt: null })).toBe('');
    expect(rule({ succeededAt: plus(NOW, -HOUR), failedAt: plus(NOW, -2 * HOUR) })).toBe('');
    expect(rule({ active: false })).toContain('not active');
    expect(rule({ failedAt: NOW })).toContain('failed (just now)');
  });
});

describe('subscriptions', () => {
  const [first, second] = POLICY.approvers.map(({ email }) => subscription(email));
  const found = (...all: (typeof first)[]) =>
    JUDGES.subscriptions(
      all.flatMap((one) => one ?? []),
      CONTEXT,
    ).map(({ words }) => words);

  it('count by the best of an address, and only those by mail', () => {
    const email = first?.endpoint ?? '';
    expect(found(first, second, subscription(email, { id: null }))).toEqual([]);
    expect(found(subscription(email, { protocol: 'https' }), second)).toHaveLength(2);
  });

  it('of an address that several approvers share are one finding', () => {
    const both = POLICY.approvers.map((approver) => ({ ...approver, email: 'both@example.com' }));
    const words = JUDGES.subscriptions([], { ...CONTEXT, policy: { approvers: both } }).map(
      (one) => one.words,
    );
    expect(words).toEqual([
      'sec-lead and platform-lead: the address is not subscribed, so mails are dropped.',
    ]);
  });

  it('of somebody else are a finding before they are confirmed', () => {
    const foreign = subscription('x@example.com', { id: null });
    expect(found(first, second, foreign)[0]).toContain('not confirmed');
  });
});

it('a key from before health watched, or from the last hour, is no sign', () => {
  const found = (created: string, announced = false) =>
    JUDGES.unannounced([{ keyId: NEWER, userName: 'ci-deploy', created, announced }], CONTEXT).length;
  expect(found(plus(NOW, -4 * DAY))).toBe(0);
  expect(found(plus(NOW, -30 * MINUTE))).toBe(0);
  expect(found(plus(NOW, -2 * HOUR))).toBe(1);
  expect(found(plus(NOW, -2 * HOUR), true)).toBe(0);
});
