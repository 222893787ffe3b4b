import { describe, expect, it } from 'vitest';
import type { Case, NoticeKind, Pool } from '../../../functions/core/case/case.ts';
import { digestOf, isWorthSending, isWorthSendingFor } from '../../../functions/core/channel/digest.ts';
import {
  type DigestCase,
  type DigestContext,
  digestParts,
  NAMED_A_MAIL,
  renderDigest,
} from '../../../functions/core/messages/digest.ts';
import type { Policy } from '../../../functions/core/model/policy.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import {
  aCase,
  aDecision,
  aDrop,
  confirmedAt,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  OLDER,
  older,
  POLICY,
  used,
} from '../../fakes/cases.ts';

const [READER] = POLICY.approvers;
if (READER === undefined) {
  throw new Error('nobody reads');
}
const LEAD = READER;
const LINK = 'https://keys.example.com/l/v2NBbiwh9jQGGvRLmBkYDrX2Ys0PqTIWgh3';

/** A case with notices that wait for the reader's digest. */
function waiting(current: Case, ...kinds: readonly (readonly [NoticeKind, Pool])[]): DigestCase {
  const owed = kinds.map(([kind, pooled]) => ({ kind, recipient: 'sec-lead', since: NOW, pooled }));
  return { current: { ...current, owed }, evidence: {} };
}

const named = (userName: string, more: Partial<Case> = {}) =>
  aCase({ userName, userId: `AIDA${userName}`, toldAt: plus(NOW, -5 * DAY), ...more });

/** A case on hold, because its older key was used after it was deactivated. */
const usedWhileOff = (userName: string, more: Partial<Case> = {}) =>
  named(userName, {
    phase: 'held',
    heldFor: 'used-after-deactivation',
    askedAgain: { code: 'in-use', keyId: OLDER },
    progress: { [OLDER]: { deactivated: plus(NOW, -2 * DAY) } },
    keys: [newer(), key(OLDER, 'Inactive', { lastUsed: used(plus(NOW, -DAY)) })],
    ...more,
  });

function context(cases: readonly DigestCase[], more: Partial<DigestContext> = {}): DigestContext {
  return {
    digest: digestOf(cases, [LEAD], { urgent: false, daily: true }),
    policy: POLICY,
    control: UNRESTRICTED,
    recipient: LEAD,
    link: LINK,
    now: NOW,
    concerns: null,
    health: ['Watching since 20 Nov; last key event 3 hours ago; 15 of 15 checks fine.'],
    ...more,
  };
}

const going = (userName: string) =>
  waiting(
    inGrace(
      { graceEnds: plus(NOW, DAY), graceFrom: plus(NOW, -6 * DAY) },
      { userName, userId: `AIDA${userName}`, decision: aDecision({ carriedOutAt: plus(NOW, -6 * DAY) }) },
    ),
    ['deletion-announced', 'new'],
  );

const observing: Policy = { ...POLICY, mode: 'observe' };

const VARIANTS: Readonly<Record<string, () => DigestContext>> = {
  'first-run': () =>
    context(Array.from({ length: 30 }, (_, n) => waiting(named(`user-${n + 1}`), ['detected', 'new']))),
  'some-new': () =>
    context([
      waiting(named('batch-export')),
      waiting(named('ci-deploy'), ['reminder', 'reminder']),
      waiting(usedWhileOff('held-bot'), ['held', 'urgent']),
      waiting(named('done-bot', { phase: 'closed', closedAs: 'by-owner', keys: [newer()] }), [
        'closed',
        'new',
      ]),
      going('old-export'),
    ]),
  overdue: () =>
    context([
      waiting(named('batch-export', { toldAt: plus(NOW, -45 * DAY) }), ['reminder', 'reminder']),
      waiting(
        usedWhileOff('old-bot', {
          phaseSince: plus(NOW, -31 * DAY),
          toldAt: plus(NOW, -31 * DAY),
          progress: { [OLDER]: { deactivated: plus(NOW, -33 * DAY) } },
          keys: [newer(), key(OLDER, 'Inactive', { lastUsed: used(plus(NOW, -32 * DAY)) })],
        }),
      ),
      waiting(named('ci-deploy')),
    ]),
  'only-news': () => context([going('old-export')]),
  observe: () =>
    context(
      Array.from({ length: 3 }, (_, n) => waiting(named(`user-${n + 1}`), ['detected', 'weekly'])),
      { policy: observing },
    ),
  'in-berlin': () =>
    context([waiting(named('ci-deploy'), ['detected', 'new']), going('old-export')], {
      policy: { ...POLICY, digest: { ...POLICY.digest, zone: 'Europe/Berlin' } },
    }),
  'not-carried-out': () =>
    context([
      waiting(named('ci-deploy', { dropped: [aDrop({ why: 'keys-changed', pooled: true })] }), [
        'asked-again',
        'new',
      ]),
      waiting(
        named('done-bot', {
          phase: 'closed',
          closedAs: 'by-owner',
          keys: [newer()],
          dropped: [aDrop({ why: 'too-late', kind: 'restore', pooled: true })],
        }),
      ),
      waiting(named('vip', { phase: 'excluded', excluded: true, dropped: [aDrop({ pooled: true })] })),
    ]),
  one: () => context([waiting(named('ci-deploy'), ['detected', 'new'])]),
  'only-concerns': () => context([], { concerns: { open: 2, overdue: 1 } }),
  'with-concerns': () =>
    context([waiting(named('ci-deploy'), ['detected', 'new'])], { concerns: { open: 1, overdue: 1 } }),
};

describe('a digest', () => {
  it.each(Object.keys(VARIANTS))('%s reads as agreed', async (name) => {
    const { subject, body } = renderDigest((VARIANTS[name] as () => DigestContext)(), 0);
    await expect(`Subject: ${subject}\n\n${body}`).toMatchFileSnapshot(`golden/digest-${name}.txt`);
    expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/);
    expect(body).toMatch(/^[\n\x20-\x7e]+\n$/);
    expect(body.split('https://')).toHaveLength(2);
    expect(body).not.toMatch(/\n{3}|undefined|null|AKIA/);
  });

  it('is about concerns only if it has nothing else', () => {
    const concerns = { open: 1, overdue: 0 };
    const subject = (...cases: DigestCase[]) => renderDigest(context(cases, { concerns }), 0).subject;
    const done = named('done-bot', { phase: 'closed', closedAs: 'by-owner', keys: [newer()] });
    expect(subject()).toBe('[Solekey] prod-payments: 1 concern open');
    expect(subject(waiting(done, ['closed', 'new']))).toBe('[Solekey] prod-payments: news');
    expect(renderDigest(context([], { concerns: { open: 0, overdue: 0 } }), 0).body).not.toContain('concern');
  });

  it('names every answer that was not carried out, a hundred in a mail', () => {
    const lapsed = (n: number) =>
      named(`user-${n + 1}`, { dropped: [aDrop({ why: 'expired', pooled: true })] });
    const cases = Array.from({ length: 150 }, (_, n) => waiting(lapsed(n)));
    const whole = context([...cases, ...Array.from({ length: 101 }, (_, n) => going(`old-${n + 1}`))]);
    expect(digestParts(whole.digest)).toBe(2);
    const mails = [0, 1].map((part) => renderDigest(whole, part));
    const lines = mails.map(({ body }) => body.match(/^- user-\d+, your decision of /gm)?.length);
    expect(lines).toEqual([NAMED_A_MAIL, 50]);
    const more = 'More from the same digest: answers that were not carried out and keys to be deleted.';
    expect(mails[1]?.body).toContain(more);
    expect(mails.map(({ subject }) => subject.slice(-8))).toEqual(
      [' (1 of 2)', ' (2 of 2)'].map((n) => n.slice(-8)),
    );
    expect(mails.every(({ subject }) => subject.length <= 99)).toBe(true);
    expect(renderDigest(context(cases.slice(0, 1)), 0).subject).toMatch(/; 1 answer not carried out$/);
    const only = renderDigest(context(cases), 1).body;
    expect(only).toContain('More from the same digest: answers that were not carried out.');
  });

  it('names every announced deletion, a hundred in a mail', () => {
    const cases = Array.from({ length: 250 }, (_, n) => going(`user-${n + 1}`));
    const whole = context(cases);
    expect(digestParts(whole.digest)).toBe(3);
    const mails = [0, 1, 2].map((part) => renderDigest(whole, part));
    const lines = mails.map(({ body }) => body.match(/^- .* of user-\d+, on /gm)?.length);
    expect(lines).toEqual([NAMED_A_MAIL, NAMED_A_MAIL, 50]);
    const names = mails.flatMap(({ body }) => body.match(/of (user-\d+),/g) ?? []);
    expect(new Set(names).size).toBe(250);
    expect(mails[2]?.subject).toContain('(3 of 3)');
    expect(mails.every(({ body }) => body.split('https://').length === 2)).toBe(true);
  });

  it('says of one user in an account that is only observed that they have too many keys, and asks nothing', () => {
    const one = [waiting(named('ci-deploy'), ['detected', 'weekly'])];
    const { subject, body } = renderDigest(context(one, { policy: observing }), 0);
    expect(subject).toContain('1 IAM user with more than one active key');
    expect(body).toContain('1 IAM user in ');
    expect(body).toContain(' has more than one active access key; only one is allowed.');
    expect(body).not.toContain('waits for a decision');
  });

  it('proposes no key where the answer depends on who created one, or where deciding again would not last', () => {
    const origins = { [NEWER]: { createdBy: 'user/mallory', at: plus(NOW, -HOUR) } };
    const doubtful = waiting(named('doubtful', { origins }), ['detected', 'new']);
    const returned = {
      number: aCase().number,
      how: 'reactivated',
      keyId: OLDER,
      count: 2,
      at: plus(NOW, -HOUR),
    } as const;
    const returning = waiting(named('returning', { returned }), ['detected', 'new']);
    const policy: Policy = { ...POLICY, trustedCreators: ['role/*'] };
    const { body } = renderDigest(context([doubtful, returning], { policy }), 0);
    const lines = body.split('\n').filter((line) => line.startsWith('- '));
    expect(lines.find((line) => line.includes('doubtful'))).toMatch(/^- URGENT doubtful: .*; first ask /);
    expect(lines.find((line) => line.includes('returning'))).not.toMatch(/confidence|deactivate/);
  });

  it('says of several users that they wait, and proposes nothing for one whose second key is off by now', () => {
    const settled = waiting(named('settled', { keys: [newer(), older('Inactive')] }), ['detected', 'new']);
    const two = [settled, waiting(named('ci-deploy'), ['detected', 'new'])];
    const { subject, body } = renderDigest(context(two), 0);
    expect(subject).toContain('2 IAM users wait for your decision');
    expect(body).toContain(' wait for a decision.');
    expect(body).toMatch(/^- settled: 1 active access key$/m);
  });

  it('says that a person may have to confirm a deletion first (S14)', () => {
    const { current } = going('old-export');
    const keys = [newer(), key(OLDER, 'Inactive', { lastUsed: used(plus(NOW, -8 * DAY)) })];
    const inUse = { current: { ...current, keys }, evidence: { usage: {} } };
    const said = (policy: Policy) => renderDigest(context([inUse], { policy }), 0).body;
    const line = '- key ...3QXK of old-export, on 24 Nov 2026, 16:10 UTC';
    expect(said({ ...POLICY, usage: [] })).toContain(`${line} (someone may have to confirm it first)\n`);
    expect(said(POLICY)).toContain(`${line}\n`);
  });

  it('says that a deletion waits for a confirmation', () => {
    const policy: Policy = { ...POLICY, deletion: 'on-confirmation' };
    expect(renderDigest(context([going('old-export')], { policy }), 0).body).toContain(
      'of old-export, only if someone confirms it',
    );
    const { current } = going('old-export');
    const decision = aDecision({ confirmed: confirmedAt(NOW) });
    const confirmed = { current: { ...current, decision }, evidence: {} };
    expect(renderDigest(context([confirmed], { policy }), 0).body).toContain(
      'of old-export, soon, as confirmed',
    );
  });

  it('counts in its subject what is new or asked again, as far as there is room', () => {
    const cases = [waiting(named('ci-deploy'), ['detected', 'new']), waiting(named('batch-export'))];
    const subject = (more: readonly DigestCase[]) => renderDigest(context([...cases, ...more]), 0).subject;
    const said = '[Solekey] prod-payments: 2 IAM users wait for your decision';
    expect(subject([])).toBe(`${said}, 1 new or asked again`);
    expect(subject([going('one')])).toBe(`${said}; key deletions: 1 user`);
    expect(subject([going('one'), going('two')])).toBe(`${said}; key deletions: 2 users`);
  });
});

describe('the content of a digest', () => {
  const dues = { urgent: false, daily: true };

  it('has no question of which nobody was told, no rotation, and no excluded user', () => {
    const cases = [
      waiting(named('young', { toldAt: null })),
      waiting(named('rotating', { phase: 'rotating' })),
      waiting(named('spared', { phase: 'excluded' })),
      waiting(named('asked')),
    ];
    const { questions, fresh, told } = digestOf(cases, [LEAD], dues);
    expect(questions.map(({ current }) => current.userName)).toEqual(['asked']);
    expect([fresh, told]).toEqual([[], []]);
  });

  it('for urgent notices alone has only cases with one', () => {
    const cases = [
      waiting(named('calm'), ['detected', 'new']),
      waiting(named('alarm'), ['detected', 'urgent']),
      going('old-export'),
    ];
    const urgent = digestOf(cases, [LEAD], { urgent: true, daily: false });
    expect(urgent.questions.map(({ current }) => current.userName)).toEqual(['alarm']);
    expect([urgent.announced, urgent.told]).toEqual([[], []]);
  });

  it('has the answers of its readers alone, and only those that wait for it', () => {
    const dropped = [
      aDrop({ pooled: true }),
      aDrop({ at: NOW }),
      aDrop({ by: 'platform-lead', pooled: true }),
      aDrop({ at: plus(NOW, 1), address: '0'.repeat(16), pooled: true }),
    ];
    const cases = [waiting(named('ci-deploy', { dropped, toldAt: null }))];
    const digest = digestOf(cases, [LEAD], dues);
    expect(digest.dropped.map(({ answer }) => answer)).toEqual(dropped.slice(0, 1));
    const pace = { sentAt: NOW, onlyShown: false, arriving: false };
    expect(isWorthSending(digest, ['sec-lead'], dues, pace, POLICY, NOW)).toBe(true);
    expect(isWorthSending(digest, ['sec-lead'], dues, pace, POLICY, NOW, true)).toBe(true);
    expect(digestOf(cases, [LEAD], { urgent: true, daily: false }).dropped).toEqual([]);
  });

  it('is sent for open concerns alone: at once, to an address that is reached anew, and every week', () => {
    const sent = (
      concerns: number,
      sentAt: string | null,
      more: { arriving?: boolean; daily?: boolean } = {},
    ) => {
      const { arriving = false, daily = true } = more;
      return isWorthSendingFor(concerns, { urgent: true, daily }, { sentAt, arriving }, NOW);
    };
    expect([sent(0, null), sent(1, null), sent(1, null, { daily: false })]).toEqual([false, true, false]);
    expect([sent(1, plus(NOW, -6 * DAY)), sent(1, plus(NOW, -7 * DAY))]).toEqual([false, true]);
    expect(sent(1, plus(NOW, -DAY), { arriving: true })).toBe(true);
  });

  it('goes to people who are not mailed digests only for notices that wait for them', () => {
    const pace = { sentAt: plus(NOW, -8 * DAY), onlyShown: true, arriving: true };
    const sent = (onlyNotices: boolean, ...kinds: Parameters<typeof waiting>[1][]) =>
      isWorthSending(
        digestOf([waiting(named('asked'), ...kinds)], [LEAD], dues),
        ['sec-lead'],
        dues,
        pace,
        POLICY,
        NOW,
        onlyNotices,
      );
    expect([sent(false), sent(true)]).toEqual([true, false]);
    expect([sent(true, ['escalated', 'new']), sent(true, ['detected', 'weekly'])]).toEqual([true, true]);
  });

  it('tells once what two approvers at one address wait for, and nothing of others', () => {
    const current = named('ci-deploy', { phase: 'closed', closedAs: 'by-owner' });
    const owed = ['sec-lead', 'deputy', 'somebody-else'].map((recipient) => ({
      kind: 'closed' as const,
      recipient,
      since: NOW,
      pooled: 'new' as const,
    }));
    const cases = [{ current: { ...current, owed }, evidence: {} }];
    expect(digestOf(cases, [LEAD, { ...LEAD, id: 'deputy' }], dues).told).toHaveLength(1);
    expect(digestOf(cases, [{ ...LEAD, id: 'platform-lead' }], dues).told).toEqual([]);
  });

  it('tells of a question that has ended by itself', () => {
    const cases = [
      waiting(named('settled', { phase: 'closed', closedAs: 'by-owner', toldAt: plus(NOW, -HOUR) }), [
        'held',
        'new',
      ]),
    ];
    expect(digestOf(cases, [LEAD], dues).told.map(({ kind }) => kind)).toEqual(['held']);
  });
});
