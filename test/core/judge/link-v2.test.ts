/** Answers through links that have only a mark for their person, and through links to a list. */
import { describe, expect, it } from 'vitest';
import { giverOf, personMark } from '../../../functions/core/case/mailed-to.ts';
import { addressMark, type LinkClaim } from '../../../functions/core/case/requests.ts';
import { proves } from '../../../functions/core/judge/proof.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { ACCOUNT, aCase, aClaim, aDecision, NEWER, NOW, OLDER, POLICY } from '../../fakes/cases.ts';
import { asked, judged, seen } from './scene.ts';

const LEAD = { by: 'sec-lead', address: addressMark('security@example.com') };
const { recipient: _id, address: _address, ...CASE } = aClaim();
const KEEP = { kind: 'keep' as const, keep: NEWER, off: [OLDER], acknowledged: [] };

const through = (person: string): LinkClaim => ({ ...CASE, person });
const theirs = through(personMark(LEAD));
const former = through(personMark({ by: 'gone', address: '0'.repeat(16) }));
const list: LinkClaim = {
  scope: 'list',
  account: ACCOUNT,
  purpose: 'list',
  expires: CASE.expires,
  person: personMark(LEAD),
};

function answered(claim: LinkClaim, control = UNRESTRICTED) {
  const current = aCase();
  const request = { ...asked(current, KEEP), claim };
  const { next, events } = judged({ current, observed: seen(current.keys), request, control });
  const refused = events.find(({ code }) => code === 'request-refused');
  return { next, refused };
}

describe('an answer through a link of version 2', () => {
  it('is the decision of the approver who has that mark', () => {
    expect(answered(theirs).next?.decision).toMatchObject(LEAD);
  });

  it('of a revoked approver is refused, and says whose it was', () => {
    const { next, refused } = answered(theirs, { pauses: [], revoked: ['sec-lead'] });
    expect(refused).toMatchObject({ detail: 'not-an-approver', by: 'sec-lead' });
    expect(next).toMatchObject({ decision: null, askedAgain: { code: 'approver-removed', by: 'sec-lead' } });
  });

  it('of nobody in the settings is refused, and nobody is named or told', () => {
    const { next, refused } = answered(former);
    expect(refused).toMatchObject({ detail: 'not-an-approver' });
    expect(refused).not.toHaveProperty('by');
    expect(next).toMatchObject({ decision: null, askedAgain: { code: 'approver-removed', by: '' } });
    expect(next).not.toHaveProperty('dropped');
  });

  it('for another case is refused for that, whoever gave it', () => {
    for (const claim of [theirs, former]) {
      expect(answered({ ...claim, userId: 'AIDAX' } as LinkClaim).refused?.detail).toBe('other-case');
    }
  });
});

describe('an answer through a link to a list', () => {
  it('that only shows it decides nothing, and its author is told', () => {
    const { next, refused } = answered({ ...list, purpose: 'list-view' });
    expect(refused).toMatchObject({ detail: 'wrong-purpose', by: 'sec-lead' });
    expect(next?.dropped).toMatchObject([{ ...LEAD, why: 'not-valid' }]);
  });

  it('does not decide a case that is not harmless, and its author is told', () => {
    const { next, refused } = answered(list);
    expect(refused).toMatchObject({ detail: 'not-for-a-list', by: 'sec-lead' });
    expect(next).toMatchObject({ decision: null, dropped: [{ ...LEAD, why: 'not-for-a-list' }] });
  });

  it('in another account is for another case', () => {
    expect(answered({ ...list, account: '999999999999' }).refused?.detail).toBe('other-case');
  });
});

it('a stored answer proves a change for the person of its mark, and for nobody else', () => {
  const current = aCase({ decision: aDecision() });
  const request = asked(current, KEEP);
  const { digest, at } = request.request;
  const action = { kind: 'deactivate' as const, keyId: OLDER };
  const proved = (claim: LinkClaim, giver = LEAD) =>
    proves(
      current,
      action,
      { kind: 'keep', ...giver, at, digests: [digest] },
      { ...request, claim },
      {
        policy: POLICY,
        control: UNRESTRICTED,
        now: NOW,
      },
    );
  expect(proved(theirs)).toBe(true);
  expect(proved(former)).toBe(false);
  expect(proved(list)).toBe(true);
  expect(proved({ ...list, purpose: 'list-view' })).toBe(false);
  expect(proved(theirs, { ...LEAD, by: 'platform-lead' })).toBe(false);
  expect(proved(theirs, { ...LEAD, address: addressMark('platform@example.com') })).toBe(false);
  expect(giverOf({ id: 'sec-lead', name: '', email: 'security@example.com' })).toEqual(LEAD);
});
