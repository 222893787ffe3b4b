import { describe, expect, it } from 'vitest';
import {
  addresseeIn,
  givenBy,
  giverOf,
  isAbout,
  isFor,
  personMark,
} from '../../../functions/core/case/mailed-to.ts';
import { addressMark, mayDecide } from '../../../functions/core/case/requests.ts';
import type { Approver } from '../../../functions/core/model/policy.ts';
import { ACCOUNT, aCase, aClaim, aReportClaim, NOW, POLICY } from '../../fakes/cases.ts';

const LEAD: Approver = { id: 'sec-lead', name: 'Security lead', email: 'security@example.com' };
const MARK = { person: personMark(giverOf(LEAD)) };
const LIST = { scope: 'list' as const, account: ACCOUNT, purpose: 'list' as const, expires: NOW, ...MARK };

describe('the mark of a person', () => {
  it('covers id and address together, and no two people have the same text', () => {
    const marks = [
      personMark({ by: 'a', address: '0'.repeat(16) }),
      personMark({ by: 'b', address: '0'.repeat(16) }),
      personMark({ by: 'a', address: '1'.repeat(16) }),
      personMark({ by: '', address: `${'0'.repeat(16)}|a` }),
    ];
    expect(new Set(marks.slice(0, 3)).size).toBe(3);
    expect(marks[0]).toMatch(/^[0-9a-f]{16}$/);
    expect(MARK.person).toBe(personMark({ by: 'sec-lead', address: addressMark('Security@Example.com') }));
  });
});

describe.each([
  ['by id and address', aClaim()],
  ['by a mark', MARK],
])('a link that names its person %s', (_how, claim) => {
  it('is theirs under this id and address, and nobody else has it', () => {
    expect(addresseeIn(POLICY.approvers, claim)).toEqual(LEAD);
    expect(isFor(claim, giverOf(LEAD))).toBe(true);
    expect(isFor(claim, { ...giverOf(LEAD), by: 'platform-lead' })).toBe(false);
    expect(isFor(claim, { ...giverOf(LEAD), address: addressMark('new@example.com') })).toBe(false);
    expect(addresseeIn([], claim)).toBeNull();
    expect(addresseeIn([{ ...LEAD, id: 'lead' }], claim)).toBeNull();
    expect(addresseeIn([{ ...LEAD, email: 'new@example.com' }], claim)).toBeNull();
  });

  it('says who gave an answer', () => {
    expect(givenBy(claim, POLICY)).toEqual(giverOf(LEAD));
  });
});

it('a mark says nobody once nobody in the settings has it', () => {
  const approvers = [{ ...LEAD, email: 'new@example.com' }];
  expect(givenBy(MARK, { ...POLICY, approvers })).toBeNull();
  expect(givenBy(aClaim(), { ...POLICY, approvers })).toEqual(giverOf(LEAD));
});

it('a link is about its case, one to a list about every case of the account, and one to a report about none', () => {
  const current = aCase();
  expect(isAbout(aClaim(), current)).toBe(true);
  expect(isAbout(aClaim({ caseNumber: 4 }), current)).toBe(false);
  expect(isAbout(aClaim({ userId: 'AIDAX' }), current)).toBe(false);
  expect(isAbout(aClaim({ account: '999999999999' }), current)).toBe(false);
  expect(isAbout(LIST, current)).toBe(true);
  expect(isAbout({ ...LIST, account: '999999999999' }, current)).toBe(false);
  expect(isAbout(aReportClaim(), current)).toBe(false);
});

it('a case may be decided by every current approver, under the address of now', () => {
  const free = { pauses: [], revoked: [] };
  expect(mayDecide(POLICY, free, giverOf(LEAD), aCase())).toBe(true);
  expect(mayDecide(POLICY, { ...free, revoked: ['sec-lead'] }, giverOf(LEAD), aCase())).toBe(false);
  expect(mayDecide(POLICY, free, giverOf({ ...LEAD, email: 'old@example.com' }), aCase())).toBe(false);
  expect(mayDecide(POLICY, free, giverOf({ ...LEAD, id: 'nobody' }), aCase())).toBe(false);
});
