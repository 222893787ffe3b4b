import { describe, expect, it } from 'vitest';
import { personMark } from '../../../functions/core/case/mailed-to.ts';
import type { LinkClaim, LinkPurpose } from '../../../functions/core/case/requests.ts';
import { addressMark } from '../../../functions/core/case/requests.ts';
import {
  isRenewable,
  LINK_WHYS,
  type LinkSubject,
  type LinkWhy,
  linkRequestDigest,
  permits,
  RENEWABLE,
  REPORT_SUBJECT,
  requestedPurpose,
  requesterOf,
  type SealedLinkRequest,
} from '../../../functions/core/channel/link-request.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { ACCOUNT, aCase, aClaim, inGrace, NOW, POLICY, USER_ID } from '../../fakes/cases.ts';

const SEC = { id: 'sec-lead', name: 'Security lead', email: 'security@example.com' };
const PLATFORM = { id: 'platform-lead', name: 'Platform lead', email: 'platform@example.com' };
const person = personMark({ by: SEC.id, address: addressMark(SEC.email) });
const expired = aClaim({ expires: plus(NOW, -1) });
const list: LinkClaim = { scope: 'list', purpose: 'list', account: ACCOUNT, expires: plus(NOW, DAY), person };
const report: LinkClaim = { ...list, scope: 'report', purpose: 'report' };
const subject = (why: LinkWhy, more: Partial<LinkSubject> = {}): LinkSubject => ({
  userId: USER_ID,
  caseNumber: 3,
  why,
  ...more,
});

it('has a reason for each kind of request', () => {
  expect([...LINK_WHYS].sort()).toEqual(['expired', 'report', 'row', 'view']);
});

describe('an expired link', () => {
  it.each([
    [0, false],
    [0.001, true],
    [RENEWABLE, true],
    [RENEWABLE + 0.001, false],
  ])('leads to a new one from the moment after until 90 days after: %d s', (seconds, is) => {
    expect(isRenewable(aClaim({ expires: NOW }), plus(NOW, seconds))).toBe(is);
    expect(isRenewable({ purpose: 'list', expires: NOW }, plus(NOW, seconds))).toBe(false);
  });
});

describe('a link', () => {
  const now = (purpose: LinkPurpose) => aClaim({ purpose });
  const listView: LinkClaim = { ...list, purpose: 'list-view' };
  it.each<[string, LinkClaim, LinkWhy[]]>([
    ['to decide', now('decide'), ['row', 'view']],
    ['to restore', now('restore'), ['view']],
    ['to delete', now('delete'), ['view']],
    ['that shows a case', now('view'), []],
    ['to a list', list, ['row', 'view']],
    ['that shows a list', listView, []],
    ['that has expired', expired, ['expired']],
    ['that showed a case', { ...expired, purpose: 'view' }, ['expired']],
    ['to a list, expired', { ...list, expires: plus(NOW, -1) }, []],
    ['that expired long ago', aClaim({ expires: plus(NOW, -91 * DAY) }), []],
    ['to another case', { ...expired, caseNumber: 2 }, []],
    ['to a report', report, ['row']],
    ['to a report, expired', { ...report, expires: plus(NOW, -1) }, []],
    ['to a report of another account', { ...report, account: '210987654321' }, []],
    ['to a list of another account', { ...list, account: '210987654321' }, []],
  ])('%s permits some requests', (_what, claim, whys) => {
    expect(LINK_WHYS.filter((why) => permits(claim, ACCOUNT, subject(why), NOW)).sort()).toEqual(whys);
  });

  it.each<[string, LinkClaim, LinkWhy[]]>([
    ['to decide', now('decide'), []],
    ['to restore', now('restore'), []],
    ['to delete', now('delete'), []],
    ['that shows a case', now('view'), []],
    ['to a case, expired', expired, []],
    ['to a list', list, ['report']],
    ['that shows a list', listView, []],
    ['to a list, expired', { ...list, expires: plus(NOW, -1) }, []],
    ['to a list of another account', { ...list, account: '210987654321' }, []],
    ['to a report', report, []],
    ['to a report, expired', { ...report, expires: plus(NOW, -1) }, ['expired']],
    ['to a report, expired long ago', { ...report, expires: plus(NOW, -91 * DAY) }, []],
    [
      'to a report of another account, expired',
      { ...report, account: '210987654321', expires: plus(NOW, -1) },
      [],
    ],
  ])('%s permits some requests for the report', (_what, claim, whys) => {
    const of = (why: LinkWhy, more = {}) => permits(claim, ACCOUNT, { ...REPORT_SUBJECT, why, ...more }, NOW);
    expect(LINK_WHYS.filter((why) => of(why))).toEqual(whys);
    // The subject has one spelling, so that one request has one digest.
    expect(LINK_WHYS.filter((why) => of(why, { caseNumber: 2 }))).toEqual([]);
    expect(permits(claim, ACCOUNT, subject('report'), NOW)).toBe(false);
  });
});

describe('the digest of a request', () => {
  const of = (about: LinkSubject, who = SEC, at = NOW, account = ACCOUNT) =>
    linkRequestDigest(account, about, who, at);

  it('is the same all day', () => {
    expect(of(subject('row'), SEC, '2026-11-23T00:00:00.000Z')).toBe(
      of(subject('row'), SEC, '2026-11-23T23:59:59.999Z'),
    );
  });

  it('is another for anything else', () => {
    const all = [
      of(subject('row')),
      of(subject('view')),
      of(subject('row', { userId: 'AIDAOTHER' })),
      of(subject('row', { caseNumber: 4 })),
      of(subject('row'), PLATFORM),
      of(subject('row'), { ...SEC, email: 'other@example.com' }),
      of(subject('row'), SEC, plus(NOW, DAY)),
      of(subject('row'), SEC, NOW, '210987654321'),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('the person to whom a link is mailed', () => {
  const request = (more: Partial<SealedLinkRequest> = {}): SealedLinkRequest => {
    const about = { ...subject('row'), at: NOW, payload: 'p', proof: 'x', ...more };
    return { digest: linkRequestDigest(ACCOUNT, about, SEC, about.at), ...about };
  };
  const ask = (
    asked: SealedLinkRequest,
    claim: LinkClaim | null = list,
    now = NOW,
    policy = POLICY,
    control = UNRESTRICTED,
  ) => requesterOf(ACCOUNT, { request: asked, claim }, { policy, control, now })?.id ?? null;

  it.each<[string, string | null, string | null]>([
    ['is the one of the link', ask(request()), 'sec-lead'],
    ['also a day later', ask(request(), list, plus(NOW, DAY)), 'sec-lead'],
    ['but no longer', ask(request(), list, plus(NOW, DAY + 0.001)), null],
    ['also if clocks differ a little', ask(request(), list, plus(NOW, -MINUTE)), 'sec-lead'],
    ['but not much', ask(request(), list, plus(NOW, -MINUTE - 0.001)), null],
    ['is nobody without a proof', ask(request(), null), null],
    ['is nobody if the link did not permit it', ask(request({ why: 'expired' })), null],
    [
      'is the one of a link that expired since, but not before',
      ask(request(), { ...list, expires: NOW }, plus(NOW, MINUTE)),
      'sec-lead',
    ],
    ['is nobody under the digest of another day', ask(request({ digest: 'd'.repeat(64) })), null],
    ['is nobody who was removed', ask(request(), list, NOW, { ...POLICY, approvers: [PLATFORM] }), null],
    [
      'is nobody whose address changed',
      ask(request(), list, NOW, { ...POLICY, approvers: [{ ...SEC, email: 'new@example.com' }] }),
      null,
    ],
    ['is nobody revoked', ask(request(), list, NOW, POLICY, { pauses: [], revoked: ['sec-lead'] }), null],
  ])('%s', (_what, id, expected) => {
    expect(id).toBe(expected);
  });
});

describe('the purpose of a requested link', () => {
  const OBSERVING = { ...POLICY, mode: 'observe' as const };
  const held = aCase({ phase: 'held', heldFor: 'restore-by-hand' });
  const confirming = inGrace({}, { phase: 'awaiting-confirmation' });
  it.each<[string, LinkPurpose | null, LinkPurpose | null]>([
    ['of an open question', requestedPurpose(aCase(), subject('expired'), POLICY), 'decide'],
    ['to hand on', requestedPurpose(aCase(), subject('view'), POLICY), 'view'],
    ['in observe mode', requestedPurpose(aCase(), subject('row'), OBSERVING), 'view'],
    ['where a page could do nothing', requestedPurpose(held, subject('row'), POLICY), 'view'],
    ['of a deletion to confirm', requestedPurpose(confirming, subject('row'), POLICY), 'delete'],
    ['of one, after an expired link', requestedPurpose(confirming, subject('expired'), POLICY), 'decide'],
    [
      'of one of an excluded user',
      requestedPurpose({ ...confirming, excluded: true }, subject('row'), POLICY),
      'view',
    ],
    ['of an excluded user', requestedPurpose(aCase({ excluded: true }), subject('row'), POLICY), 'view'],
    ['of a closed case', requestedPurpose(aCase({ phase: 'closed' }), subject('view'), POLICY), null],
    ['of a replaced case', requestedPurpose(aCase({ number: 4 }), subject('row'), POLICY), null],
    ['of no case', requestedPurpose(null, subject('row'), POLICY), null],
  ])('%s', (_what, purpose, expected) => {
    expect(purpose).toBe(expected);
  });
});
