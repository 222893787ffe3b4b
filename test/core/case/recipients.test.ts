import { describe, expect, it } from 'vitest';
import { askedAbout, isMailed, recipientsOf } from '../../../functions/core/case/recipients.ts';
import { addressMark } from '../../../functions/core/case/requests.ts';
import type { Approver, Control } from '../../../functions/core/model/policy.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { aCase, aDecision, inGrace, NEWER, NOW, OLDER, POLICY } from '../../fakes/cases.ts';

const TEAM: Approver = { id: 'team', name: 'Team', email: 'team@example.com', mail: 'all' };
const ALICE: Approver = { id: 'alice', name: 'Alice', email: 'alice@example.com', mail: 'none' };
const policy = { ...POLICY, approvers: [TEAM, ALICE] };
const ids = (approvers: readonly Approver[]) => approvers.map(({ id }) => id);
const asked = (control: Control = UNRESTRICTED, more = {}) => ids(askedAbout(aCase(more), policy, control));
const reached = (...emails: string[]): Control => ({
  ...UNRESTRICTED,
  reached: Object.fromEntries(emails.map((email) => [addressMark(email), NOW])),
});

describe('whoever is not mailed', () => {
  it('is not asked while others are, and mails reach one of them', () => {
    expect([isMailed(TEAM), isMailed(ALICE), isMailed({ ...TEAM, mail: undefined } as never)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(asked()).toEqual(['team']);
    expect(asked(reached(TEAM.email))).toEqual(['team']);
  });

  it.each<[string, Control]>([
    ['all others are revoked', { pauses: [], revoked: ['team'] }],
    ['no mail reaches the others', reached(ALICE.email)],
    ['no mail reaches anybody', reached()],
  ])('is asked if %s', (_why, control) => {
    expect(asked(control)).toEqual(control.revoked.includes('team') ? ['alice'] : ['team', 'alice']);
  });

  it('is asked about a key that whoever is mailed created and may not decide about', () => {
    const made = { createdBy: 'user/jo', at: NOW };
    const acting = { ...policy, approvers: [{ ...TEAM, principals: ['arn:aws:iam::*:user/jo'] }, ALICE] };
    const about = (origins: object) =>
      ids(askedAbout(aCase({ origins: origins as never }), acting, UNRESTRICTED));
    expect(about({ [NEWER]: made })).toEqual(['team', 'alice']);
    expect(about({ [NEWER]: { ...made, createdBy: 'user/mo' } })).toEqual(['team']);
    expect(
      ids(askedAbout(aCase({ origins: { [OLDER]: made } }), { ...acting, selfApproval: true }, UNRESTRICTED)),
    ).toEqual(['team']);
  });
});

describe('everybody, whatever mail says, is told at once', () => {
  const told = (kind: Parameters<typeof recipientsOf>[0], current = inGrace(), privileged = false) =>
    ids(recipientsOf(kind, current, policy, UNRESTRICTED, privileged));

  it('that keys of a privileged user were deactivated', () => {
    expect(told('deactivated', inGrace(), true)).toEqual(['team', 'alice']);
    expect(told('deactivated')).toEqual(['team']);
    expect(told('deletion-announced', inGrace(), true)).toEqual(['team']);
    expect(told('detected', aCase(), true)).toEqual(['team']);
  });

  it('that keys were deactivated as compromised, or that somebody kept their own key', () => {
    expect(told('deactivated', inGrace({}, { decision: aDecision({ reason: 'compromised' }) }))).toEqual([
      'team',
      'alice',
    ]);
    expect(told('deactivated', inGrace({}, { decision: aDecision({ selfApproved: true }) }))).toEqual([
      'team',
      'alice',
    ]);
    expect(told('deactivated', inGrace({}, { decision: null }))).toEqual(['team']);
  });

  it('that a question was escalated, if they are on the list', () => {
    expect(told('escalated')).toEqual(['team', 'alice']);
  });
});
