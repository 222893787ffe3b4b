import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountPolicies, detailedUser } from '../../functions/contracts/account-details.ts';
import { policyDocument } from '../../functions/contracts/policy-document.ts';

const encoded = (document: unknown) =>
  // By RFC 3986, which keeps fewer characters than JavaScript does.
  encodeURIComponent(JSON.stringify(document)).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);

const ALLOW = { Effect: 'Allow', Action: '*', Resource: '*' };
const allowed = {
  effect: 'Allow',
  actions: { patterns: ['*'], except: false },
  resources: { patterns: ['*'], except: false },
  conditional: false,
};

describe('a policy document', () => {
  it.each([
    ['one statement', { Version: '2012-10-17', Statement: ALLOW }, [allowed]],
    [
      'several',
      { Statement: [ALLOW, { ...ALLOW, Sid: 'x', Effect: 'Deny' }] },
      [allowed, { ...allowed, effect: 'Deny' }],
    ],
    ['none', { Statement: [] }, []],
    [
      'the negatives',
      { Statement: { Effect: 'Allow', NotAction: ['iam:*'], NotResource: 'x' } },
      [
        {
          ...allowed,
          actions: { patterns: ['iam:*'], except: true },
          resources: { patterns: ['x'], except: true },
        },
      ],
    ],
    [
      'a condition',
      { Statement: { ...ALLOW, Condition: { Bool: { x: 'true' } } } },
      [{ ...allowed, conditional: true }],
    ],
    ['a condition without terms', { Statement: { ...ALLOW, Condition: {} } }, [allowed]],
  ])('with %s is understood', (_, document, statements) => {
    expect(policyDocument(encoded(document))).toEqual(statements);
  });

  it.each([
    ['no JSON', '%7B'],
    ['no URL encoding', '%'],
    ['no statement', encoded({})],
    ['another effect', encoded({ Statement: { ...ALLOW, Effect: 'Maybe' } })],
    ['no action', encoded({ Statement: { Effect: 'Allow', Resource: '*' } })],
    ['two kinds of actions', encoded({ Statement: { ...ALLOW, NotAction: '*' } })],
    ['no resource', encoded({ Statement: { Effect: 'Allow', Action: '*' } })],
    ['actions that are no texts', encoded({ Statement: { ...ALLOW, Action: [1] } })],
    ['one statement of two that is not understood', encoded({ Statement: [ALLOW, {}] })],
  ])('with %s is not', (_, text) => {
    expect(policyDocument(text)).toBeNull();
  });

  it('is never an exception, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json().map(encodeURIComponent)), (text) => {
        const found = policyDocument(text);
        expect(found === null || Array.isArray(found)).toBe(true);
      }),
    );
  });
});

const RAW = {
  UserId: 'AIDA1',
  UserName: 'ci',
  Arn: 'arn:aws:iam::123456789012:user/ci',
  CreateDate: new Date('2025-03-04T10:00:00.789Z'),
};
const POLICY = { PolicyName: 'p', PolicyDocument: encoded({ Statement: ALLOW }) };
const ATTACHED = { PolicyName: 'a', PolicyArn: 'arn:aws:iam::aws:policy/a' };

describe('a user in the account details', () => {
  it('has what gives them permissions', () => {
    const found = detailedUser({
      ...RAW,
      Path: '/svc/',
      Tags: [{ Key: 'Owner', Value: 'x' }, {}],
      GroupList: ['ops'],
      UserPolicyList: [POLICY, { PolicyName: 'odd', PolicyDocument: 'x' }, {}],
      AttachedManagedPolicies: [ATTACHED, {}],
      PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::aws:policy/b' },
    });
    expect(found).toEqual({
      userId: 'AIDA1',
      userName: 'ci',
      path: '/svc/',
      arn: RAW.Arn,
      created: '2025-03-04T10:00:00.000Z',
      tags: { Owner: 'x', '': '' },
      permissions: {
        groups: ['ops'],
        inline: [
          { name: 'p', document: [allowed] },
          { name: 'odd', document: null },
          { name: 'without a name', document: null },
        ],
        attached: [
          { name: 'a', arn: ATTACHED.PolicyArn },
          { name: 'without a name', arn: '' },
        ],
        boundary: 'arn:aws:iam::aws:policy/b',
      },
    });
  });

  it('may have none of it', () => {
    expect(detailedUser(RAW)).toMatchObject({
      path: '/',
      tags: {},
      permissions: { groups: [], inline: [], attached: [], boundary: null },
    });
  });

  it.each(['UserId', 'UserName', 'Arn', 'CreateDate'])('without %s is no user', (field) => {
    expect(() => detailedUser({ ...RAW, [field]: undefined })).toThrow('IAM listed a user without');
  });
});

it('the policies of the account are those of its groups, and the default version of each managed one', () => {
  const Arn = 'arn:aws:iam::123456789012:policy/p';
  const found = accountPolicies(
    [
      { GroupName: 'ops', Arn: 'g', GroupPolicyList: [POLICY], AttachedManagedPolicies: [ATTACHED] },
      { GroupName: 'bare', Arn: 'h' },
      { GroupName: 'odd' },
      { Arn: 'i' },
    ],
    [
      {
        Arn,
        PolicyVersionList: [
          { Document: 'old', IsDefaultVersion: false },
          { Document: POLICY.PolicyDocument, IsDefaultVersion: true },
        ],
      },
      { Arn: 'versionless' },
      { Arn: 'odd', PolicyVersionList: [{ IsDefaultVersion: true }] },
      {},
    ],
  );
  expect([...found.groups]).toEqual([
    [
      'ops',
      {
        arn: 'g',
        inline: [{ name: 'p', document: [allowed] }],
        attached: [{ name: 'a', arn: ATTACHED.PolicyArn }],
      },
    ],
    ['bare', { arn: 'h', inline: [], attached: [] }],
  ]);
  expect([...found.managed]).toEqual([
    [Arn, [allowed]],
    ['versionless', null],
    ['odd', null],
  ]);
});
