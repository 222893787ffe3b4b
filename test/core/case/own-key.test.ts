import { describe, expect, it } from 'vitest';
import type { KeyOrigin } from '../../../functions/core/case/case.ts';
import { ownAnswer, ownKept, ownKeyRule, ownKeys, staying } from '../../../functions/core/case/own-key.ts';
import { type Ask, addressMark } from '../../../functions/core/case/requests.ts';
import {
  type Approver,
  type Control,
  type Policy,
  UNRESTRICTED,
} from '../../../functions/core/model/policy.ts';
import { ACCOUNT, aCase, NEWER, NOW, OLDER, POLICY } from '../../fakes/cases.ts';

const SSO = `arn:aws:sts::${ACCOUNT}:assumed-role/AWSReservedSSO_Admin_33d40419b45cd0b4/alice@example.com`;
const ALICE: Approver = { id: 'alice', name: 'Alice', email: 'alice@example.com' };
const BOB: Approver = { id: 'bob', name: 'Bob', email: 'bob@example.com' };
const bySession: KeyOrigin = {
  createdBy: 'role/AWSReservedSSO_Admin_33d40419b45cd0b4',
  at: NOW,
  arns: [
    SSO,
    `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_33d40419b45cd0b4`,
  ],
};

const policyWith = (principals: readonly string[], more: Partial<Policy> = {}): Policy => ({
  ...POLICY,
  approvers: [{ ...ALICE, principals }, BOB],
  ...more,
});

const rule = (made: KeyOrigin | undefined, policy: Policy, control: Control = UNRESTRICTED, who = ALICE) =>
  ownKeyRule(aCase({ origins: made === undefined ? {} : { [NEWER]: made } }), NEWER, policy, control)(who);

const AS_ALICE = 'arn:aws:sts::*:assumed-role/*/alice@example.com';

describe('an approver created a key', () => {
  it.each<[string, string, KeyOrigin]>([
    ['under the session name of Identity Center', AS_ALICE, bySession],
    [
      'whatever the case of the name',
      'arn:aws:sts::*:assumed-role/AWSReservedSSO_*/Alice@Example.COM',
      bySession,
    ],
    ['under the role of the session', 'arn:aws:iam::*:role/*AWSReservedSSO_Admin_*', bySession],
    [
      'as a user with a path',
      'arn:aws:iam::*:user/team/alice',
      { createdBy: 'user/alice', at: NOW, arns: [`arn:aws:iam::${ACCOUNT}:user/team/alice`] },
    ],
    [
      'as a user, whose name says enough',
      'arn:aws:iam::*:user/alice',
      { createdBy: 'user/alice', at: NOW, arns: [`arn:aws:iam::${ACCOUNT}:user/team/alice`] },
    ],
    [
      'as a user, on the record of an older release',
      `arn:aws:iam::${ACCOUNT}:user/alice`,
      { createdBy: 'user/alice', at: NOW },
    ],
    ['in China', 'arn:aws-cn:iam::*:user/alice', { createdBy: 'user/alice', at: NOW }],
    ['in GovCloud', 'arn:aws-us-gov:iam::*:user/alice', { createdBy: 'user/alice', at: NOW }],
    ['as root', 'arn:aws:iam::*:root', { createdBy: 'root', at: NOW }],
  ])('%s: another approver must decide that it stays', (_how, glob, made) => {
    expect(rule(made, policyWith([glob]))).toBe('withheld');
    expect(rule(made, policyWith([glob]), UNRESTRICTED, BOB)).toBeNull();
  });

  it.each<[string, readonly string[], KeyOrigin | undefined]>([
    ['nobody knows who created it', [AS_ALICE], undefined],
    ['it was somebody else', [AS_ALICE], { createdBy: 'user/bob', at: NOW }],
    [
      'it was a user of that name in another account',
      ['arn:aws:iam::999999999999:user/alice'],
      { createdBy: 'user/alice', at: NOW },
    ],
    ['only a part of the name is the same', ['arn:aws:iam::*:user/al'], { createdBy: 'user/alice', at: NOW }],
    ['the settings do not say how the approver acts in AWS', [], bySession],
  ])('does not hold if %s', (_why, globs, made) => {
    expect(rule(made, policyWith(globs))).toBeNull();
  });

  it('does not matter if the settings say so', () => {
    expect(rule(bySession, policyWith([AS_ALICE], { selfApproval: true }))).toBeNull();
  });

  it('holds for everybody who reads the same mail, because they can open the link', () => {
    const shared = { ...BOB, email: ALICE.email };
    const policy = {
      ...POLICY,
      approvers: [{ ...ALICE, principals: [AS_ALICE] }, shared, { ...BOB, id: 'c' }],
    };
    expect(rule(bySession, policy, UNRESTRICTED, shared)).toBe('withheld');
  });
});

describe('nobody else may decide', () => {
  const policy = policyWith([AS_ALICE]);
  const bobOnly = (reached: boolean): Control => ({
    ...UNRESTRICTED,
    reached: reached ? { [addressMark(BOB.email)]: NOW } : { [addressMark(ALICE.email)]: NOW },
  });

  it.each<[string, Policy, Control]>([
    ['the other is revoked', policy, { pauses: [], revoked: ['bob'] }],
    ['no mail reaches the other', policy, bobOnly(false)],
    ['there is no other', { ...policy, approvers: policy.approvers.slice(0, 1) }, UNRESTRICTED],
    [
      'the other reads the same mail',
      { ...policy, approvers: policy.approvers.map((one) => ({ ...one, email: ALICE.email })) },
      UNRESTRICTED,
    ],
    [
      'the record fits both',
      { ...policy, approvers: policy.approvers.map((one) => ({ ...one, principals: [AS_ALICE] })) },
      UNRESTRICTED,
    ],
  ])('if %s: then whoever created the key may', (_why, settings, control) => {
    expect(rule(bySession, settings, control)).toBe('nobody-else');
  });

  it('is not so if mails reach the other, whoever else is not reached', () => {
    expect(rule(bySession, policy, bobOnly(true))).toBe('withheld');
  });
});

describe('an answer', () => {
  const both = aCase({ origins: { [NEWER]: bySession } });
  const given = (ask: Ask, control = UNRESTRICTED) =>
    ownAnswer(both, ask, ALICE, policyWith([AS_ALICE]), control);
  const off = { off: [OLDER], acknowledged: [] };

  it('is withheld only if a key of its author stays because of it', () => {
    expect(given({ kind: 'keep', keep: NEWER, ...off })).toBe('withheld');
    expect(given({ kind: 'keep', keep: NEWER, ...off }, { pauses: [], revoked: ['bob'] })).toBe(
      'nobody-else',
    );
    expect(given({ kind: 'keep', keep: OLDER, ...off })).toBeNull();
    expect(given({ kind: 'none', ...off })).toBeNull();
    expect(given({ kind: 'restore', keys: [NEWER] })).toBeNull();
    expect(given({ kind: 'confirm', keys: [NEWER] })).toBeNull();
    expect(staying({ kind: 'keep', keep: NEWER, ...off })).toEqual([NEWER]);
  });

  it('is known beforehand, key by key', () => {
    expect(ownKeys(both, ALICE, policyWith([AS_ALICE]), UNRESTRICTED)).toEqual({ [NEWER]: 'withheld' });
    expect(ownKeys(both, BOB, policyWith([AS_ALICE]), UNRESTRICTED)).toEqual({});
  });
});

describe('two approvers created one of two keys each', () => {
  const CARA: Approver = { id: 'cara', name: 'Cara', email: 'cara@example.com' };
  const two: Policy = {
    ...POLICY,
    approvers: [
      { ...ALICE, principals: [AS_ALICE] },
      { ...BOB, principals: ['arn:aws:iam::*:user/bob'] },
    ],
  };
  const three: Policy = { ...two, approvers: [...two.approvers, CARA] };
  const current = aCase({ origins: { [NEWER]: bySession, [OLDER]: { createdBy: 'user/bob', at: NOW } } });
  const BOTH: Ask = {
    kind: 'not-now',
    spare: [NEWER, OLDER],
    off: [],
    acknowledged: [],
    until: NOW,
    commentDigest: '',
  };
  const LATER: Ask = { kind: 'keep-inactive', keys: [NEWER, OLDER], until: NOW, commentDigest: '' };
  const all = [ALICE, BOB, CARA];
  const effects = (policy: Policy, ask: Ask, control = UNRESTRICTED) =>
    all.map((one) => ownAnswer(current, ask, one, policy, control));

  it('each may leave both as they are, because nobody else may; each key alone is still for the other', () => {
    expect(effects(two, BOTH)).toEqual(['nobody-else', 'nobody-else', null]);
    expect(effects(two, LATER)).toEqual(['nobody-else', 'nobody-else', null]);
    const keep = (id: string, off: string): Ask => ({ kind: 'keep', keep: id, off: [off], acknowledged: [] });
    expect(effects(two, keep(NEWER, OLDER))).toEqual(['withheld', null, null]);
    expect(effects(two, keep(OLDER, NEWER))).toEqual([null, 'withheld', null]);
  });

  it('neither may while somebody can be reached who created none of them', () => {
    expect(effects(three, BOTH)).toEqual(['withheld', 'withheld', null]);
    const reached = { [addressMark(ALICE.email)]: NOW, [addressMark(BOB.email)]: NOW };
    expect(effects(three, BOTH, { ...UNRESTRICTED, reached })).toEqual(['nobody-else', 'nobody-else', null]);
    expect(effects(three, BOTH, { ...UNRESTRICTED, revoked: ['cara'] })).toEqual([
      'nobody-else',
      'nobody-else',
      null,
    ]);
  });

  it('the answer stays withheld from one while the other may give it', () => {
    // Of the one key both are among the creators, so that the rule withholds it from nobody; the other is Bob's.
    const shared: Policy = {
      ...two,
      approvers: two.approvers.map((one) => ({ ...one, principals: [...(one.principals ?? []), AS_ALICE] })),
    };
    expect(effects(shared, BOTH)).toEqual(['nobody-else', 'withheld', null]);
    expect(ownKept(current, [], ALICE, shared, UNRESTRICTED)).toBeNull();
  });
});

it('tags choose nobody: no text of a tag changes who may decide', () => {
  const policy = policyWith([AS_ALICE]);
  const tagged = aCase({ origins: { [NEWER]: bySession }, owners: [{ key: 'Owner', value: BOB.email }] });
  const plain = aCase({ origins: { [NEWER]: bySession } });
  for (const who of policy.approvers) {
    expect(ownKeys(tagged, who, policy, UNRESTRICTED)).toEqual(ownKeys(plain, who, policy, UNRESTRICTED));
  }
});
