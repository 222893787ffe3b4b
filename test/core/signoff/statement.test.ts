import { describe, expect, it } from 'vitest';
import { type AnyPurpose, addressMark, type LinkClaim } from '../../../functions/core/case/requests.ts';
import type { Control, Policy } from '../../../functions/core/model/policy.ts';
import { MINUTE, plus } from '../../../functions/core/model/time.ts';
import { statementReason } from '../../../functions/core/signoff/entry.ts';
import { judgeStatement } from '../../../functions/core/signoff/judge.ts';
import {
  permitsStatements,
  type Statement,
  statementDigest,
} from '../../../functions/core/signoff/statement.ts';
import { LONGEST_TEXT, typedDigest, typedText } from '../../../functions/core/signoff/typed.ts';
import { ACCOUNT, aClaim, aListClaim, aReportClaim, NOW, POLICY } from '../../fakes/cases.ts';
import { asMailed } from '../../fakes/claims.ts';
import { aConcern, aSignOff, aStatement, checked, settling, WORRY } from '../../fakes/statements.ts';

const NONE: Control = { pauses: [], revoked: [] };

function judged(
  one: Parameters<typeof judgeStatement>[1],
  by: { readonly policy?: Policy; readonly control?: Control } = {},
  now = NOW,
) {
  const result = judgeStatement(ACCOUNT, one, { policy: POLICY, control: NONE, now, ...by });
  return 'by' in result ? result.by.id : result.refused;
}

describe('a statement', () => {
  it('counts if an approver gave it through their link to the report, however late it is judged', () => {
    expect(judged(checked())).toBe('sec-lead');
    expect(judged(checked(), {}, plus(NOW, 30 * 24 * 60 * MINUTE))).toBe('sec-lead');
    expect(judged(checked(), {}, plus(NOW, -MINUTE))).toBe('sec-lead');
  });

  it('counts while Solekey is paused, because it changes no key', () => {
    expect(judged(checked(), { control: { ...NONE, pauses: [{ from: NOW, to: null }] } })).toBe('sec-lead');
  });

  it.each<[string, string, Parameters<typeof checked>[0], Parameters<typeof checked>[1]]>([
    ['through a link that had expired', 'not-permitted', aStatement(), { expires: plus(NOW, -1) }],
    ['about another account', 'not-permitted', aStatement(), { account: '999999999999' }],
    ['to the future', 'not-proved', aStatement({ at: plus(NOW, MINUTE + 1) }), {}],
    ['under another digest', 'not-proved', { ...aStatement(), digest: 'e'.repeat(64) }, {}],
    [
      'with another verdict under its digest',
      'not-proved',
      { ...aStatement(), said: aSignOff({ verdict: 'not-accepted' }) },
      {},
    ],
    ['with another report under its digest', 'not-proved', { ...aStatement(), anchor: 8 }, {}],
    [
      'of somebody else under its digest',
      'not-proved',
      aStatement(),
      { recipient: 'platform-lead', address: addressMark('platform@example.com') },
    ],
    ['of nobody', 'not-approver', aStatement(), { recipient: 'mallory' }],
  ])('does not count %s', (_what, why, statement, claim) => {
    expect(judged(checked(statement, claim))).toBe(why);
  });

  it('does not count without a link of ours', () => {
    expect(judged({ ...checked(), claim: null })).toBe('not-proved');
  });

  it.each<[AnyPurpose, LinkClaim | null]>([
    ['decide', asMailed(aClaim())],
    ['restore', asMailed(aClaim({ purpose: 'restore' }))],
    ['view', asMailed(aClaim({ purpose: 'view' }))],
    ['delete', asMailed(aClaim({ purpose: 'delete' }))],
    ['list', asMailed(aListClaim())],
    ['list-view', asMailed(aListClaim({ purpose: 'list-view' }))],
  ])('does not count through a link to %s', (purpose, claim) => {
    expect(claim?.purpose).toBe(purpose);
    expect(judged({ ...checked(), claim })).toBe('not-permitted');
  });

  it('does not count of a revoked approver, one whose address changed, or from before a restore', () => {
    expect(judged(checked(), { control: { ...NONE, revoked: ['sec-lead'] } })).toBe('not-approver');
    const approvers = POLICY.approvers.map((one) => ({ ...one, email: `new-${one.email}` }));
    expect(judged(checked(), { policy: { ...POLICY, approvers } })).toBe('not-approver');
    expect(judged(checked(), { control: { ...NONE, answersFrom: plus(NOW, 1) } })).toBe('before-restore');
    expect(judged(checked(), { control: { ...NONE, answersFrom: NOW } })).toBe('sec-lead');
  });
});

describe('the digest of a statement', () => {
  const [security, platform] = POLICY.approvers as [Approver, Approver];
  type Approver = Policy['approvers'][number];
  const digest = (more: Partial<Statement> = {}, by = security) => {
    return statementDigest(ACCOUNT, by, { ...aStatement(), ...more });
  };

  it('is the same at another moment, and differs for everything else', () => {
    const all = [
      digest(),
      digest({}, platform),
      digest({}, { ...security, email: 'new@example.com' }),
      digest({ anchor: 8 }),
      digest({ reportSha256: 'e'.repeat(64) }),
      digest({ said: aSignOff({ verdict: 'accepted-with-concerns', concerns: [3] }) }),
      digest({ said: aSignOff({ textDigest: typedDigest({ comment: 'x' }) }) }),
      digest({ said: aConcern() }),
      digest({ said: aConcern({ keyEnd: null }) }),
      digest({ said: aConcern({ target: '2026-12-25' }) }),
      digest({ said: settling(3) }),
      digest({ said: settling(4) }),
      statementDigest('999999999999', security, aStatement()),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(digest({ at: plus(NOW, 1) })).toBe(digest());
  });
});

it('a link permits statements until it expires', () => {
  const claim = aReportClaim();
  expect(permitsStatements(claim, ACCOUNT, claim.expires)).toBe(true);
  expect(permitsStatements(claim, ACCOUNT, plus(claim.expires, 1))).toBe(false);
});

it('the words are one text, whatever the order of the fields, and fit where they are stored', () => {
  const turned = Object.fromEntries(Object.entries(WORRY).reverse()) as typeof WORRY;
  expect(typedText(turned)).toBe(typedText(WORRY));
  const control = '\u0001';
  const longest = {
    impact: control.repeat(500),
    remediation: control.repeat(500),
    owner: control.repeat(80),
    ticket: control.repeat(80),
  };
  expect(typedText(longest).length).toBeLessThanOrEqual(LONGEST_TEXT);
});

describe('the entry of a statement', () => {
  const [by] = POLICY.approvers;
  it.each([
    [aSignOff({ verdict: 'not-accepted' }), 'sign-off', 'not-accepted'],
    [aConcern(), 'concern', 'concern'],
    [settling(3), 'concern-settled', 'concern-settled'],
  ] as const)('of %o says who, and when it was given', (said, command, reason) => {
    if (by === undefined) {
      throw new Error('nobody');
    }
    const statement = aStatement({ said });
    const { digest, anchor, reportSha256 } = statement;
    expect(statementReason(statement, by, plus(NOW, MINUTE))).toEqual({
      at: plus(NOW, MINUTE),
      command,
      by: 'approver sec-lead',
      reason,
      about: { digest, given: NOW, anchor, reportSha256, said, address: addressMark(by.email) },
    });
  });
});
