import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Statement } from '../../../functions/core/inventory/documents.ts';
import { POWERS } from '../../../functions/core/inventory/powers.ts';
import { isPrivileged, type Privilege, privilegeOf } from '../../../functions/core/inventory/privilege.ts';
import {
  ACCOUNT,
  account,
  allow,
  aws,
  customer,
  deny,
  inline,
  on,
  policyArn,
  user,
  variable,
} from './accounts.ts';

const ofStatements = (...statements: Statement[]): Privilege =>
  privilegeOf(user(inline('p', ...statements)), account());

const bounded = (boundary: string, ...statements: Statement[]): Privilege =>
  privilegeOf(
    user({ ...inline('p', ...statements), boundary }),
    account({}, { mild: [allow('s3:*')], firm: [allow('*'), deny('iam:*')], dark: null }),
  );

const except = (...patterns: string[]) => ({ patterns, except: true });
const OWN = `arn:aws:iam::${ACCOUNT}:user/ci`;

describe('an administrator', () => {
  it.each([
    ['every action', allow('*'), 'everything'],
    ['every action, oddly written', allow('*:*'), 'everything'],
    ['every action in IAM', allow('iam:*'), 'iam'],
    ['the same in another case', allow('IAM:*'), 'iam'],
    ['the same by a wildcard', allow('i*m:*'), 'iam'],
    ['the same by a question mark', allow('?am:*'), 'iam'],
    ['everything but a service', allow('', { actions: except('s3:*') }), 'iam'],
    ['everything on all but one thing', allow('*', { resources: except('arn:aws:s3:::x') }), 'iam'],
    ['every action under a condition', allow('*', { conditional: true }), 'everything'],
    ['everything on all things of IAM', allow('*', on('arn:aws:iam::*')), 'iam'],
  ])('may do %s', (_, statement, scope) => {
    expect(ofStatements(statement)).toMatchObject({
      kind: 'administrator',
      by: [{ policy: 'p', kind: 'inline', group: null, scope }],
    });
  });

  it.each(['AdministratorAccess', 'IAMFullAccess'])('has the AWS managed policy %s', (name) => {
    expect(privilegeOf(user(aws(name)), account())).toMatchObject({
      kind: 'administrator',
      by: [{ policy: name, kind: 'aws-managed' }],
    });
  });

  it('may be one through a group, by a customer managed policy, and by several', () => {
    const found = privilegeOf(
      user({ ...aws('AdministratorAccess'), groups: ['ops', 'staff'] }),
      account({ ops: customer('all'), staff: aws('ReadOnlyAccess') }, { all: [allow('iam:*')] }),
    );
    expect(found).toMatchObject({
      kind: 'administrator',
      by: [
        { policy: 'AdministratorAccess', kind: 'aws-managed', group: null },
        { policy: 'all', kind: 'customer-managed', group: 'ops' },
      ],
    });
  });

  it('may be one by two policies together', () => {
    const [first, ...others] = POWERS.map(({ action }) => action);
    const policies = {
      inline: [...inline('a', allow(first ?? '')).inline, ...inline('b', allow(others)).inline],
    };
    expect(privilegeOf(user(policies), account())).toMatchObject({
      kind: 'administrator',
      by: [{ scope: 'some' }, { scope: 'some' }],
    });
  });
});

describe('a user who can become administrator', () => {
  it.each(POWERS.map(({ action }) => action))('by %s on everything', (action) => {
    expect(ofStatements(allow(action))).toMatchObject({
      kind: 'can-become',
      by: [{ scope: 'some', actions: [action] }],
    });
  });

  it.each([
    ['their own policies', allow('iam:PutUserPolicy', on(OWN))],
    [
      'their own, by the variable',
      allow('iam:AttachUserPolicy', on(`arn:aws:iam::*:user/${variable('aws:username')}`)),
    ],
    [
      'their own, by a variable of another kind',
      allow('iam:PutUserPolicy', on(variable('aws:PrincipalTag/self'))),
    ],
    ['the policy that they have', allow('iam:CreatePolicyVersion', on(policyArn('mine')))],
    ['the policy that their group has', allow('iam:SetDefaultPolicyVersion', on(policyArn('ours')))],
    ['the group that they are in', allow('iam:PutGroupPolicy', on(`arn:aws:iam::${ACCOUNT}:group/team`))],
    ['all groups', allow('iam:Put*', on('arn:aws:iam::*:group/*'))],
  ])('may change %s', (_, statement) => {
    const permissions = {
      ...inline('p', statement),
      ...{ attached: customer('mine').attached },
      groups: ['team'],
    };
    const policies = account({ team: customer('ours') }, { mine: [], ours: [] });
    expect(privilegeOf(user(permissions), policies).kind).toBe('can-become');
  });

  it('may pass any role to something that runs their code, even by two policies', () => {
    expect(ofStatements(allow(['iam:PassRole', 'lambda:*']))).toMatchObject({
      kind: 'can-become',
      by: [{ actions: ['iam:PassRole'] }],
    });
    const two = {
      inline: [...inline('pass', allow('iam:PassRole')).inline, ...inline('run', allow('ec2:Run*')).inline],
    };
    expect(privilegeOf(user(two), account())).toMatchObject({ kind: 'can-become', by: [{ policy: 'pass' }] });
  });

  it.each(['AdministratorAccess-Amplify', 'AmazonElasticMapReduceFullAccess'])('has %s', (name) => {
    expect(privilegeOf(user(aws(name)), account()).kind).toBe('can-become');
  });
});

describe('a user who is neither', () => {
  it.each([
    ['no policy', []],
    ['other services', [allow(['s3:*', 'ec2:*', 'lambda:*'])]],
    ['reads of IAM', [allow(['iam:Get*', 'iam:List*'])]],
    ['their own keys', [allow('iam:CreateAccessKey', on(`arn:aws:iam::*:user/${variable('aws:username')}`))]],
    ['one other role', [allow('iam:PutRolePolicy', on('arn:aws:iam::*:role/app-*'))]],
    ['roles below a path', [allow('iam:UpdateAssumeRolePolicy', on('arn:aws:iam::*:role/apps/*'))]],
    ['one other group', [allow('iam:AddUserToGroup', on('arn:aws:iam::*:group/readers'))]],
    [
      'somebody else in another account',
      [allow('iam:PutUserPolicy', on('arn:aws:iam::210987654321:user/*'))],
    ],
    ['passing roles to one service', [allow(['iam:PassRole'], { conditional: true }), allow('lambda:*')]],
    ['passing roles to nothing that runs', [allow('iam:PassRole')]],
    ['passing one role', [allow('iam:PassRole', on('arn:aws:iam::*:role/web')), allow('ec2:*')]],
    ['everything but IAM', [allow('', { actions: except('iam:*') })]],
    ['everything, denied', [allow('*'), deny('iam:*')]],
    ['everything, denied by a wildcard', [allow('*'), deny('*')]],
    ['all but reads denied', [allow('*'), deny('', { actions: except('iam:Get*', 'sts:*') })]],
    ['runs denied', [allow(['iam:PassRole', 'ec2:RunInstances']), deny('ec2:*')]],
    ['no resource', [allow('*', on('arn:aws:s3:::bucket/*'))]],
  ])('has %s', (_, statements) => {
    expect(ofStatements(...statements)).toEqual({ kind: 'ordinary' });
  });

  it.each([
    'PowerUserAccess',
    'ReadOnlyAccess',
    'job-function/ViewOnlyAccess',
    'constructor',
    'AWSLambda_FullAccess',
  ])('has the AWS managed policy %s', (name) => {
    expect(privilegeOf(user(aws(name)), account())).toEqual({ kind: 'ordinary' });
  });
});

describe('a denial', () => {
  it.each([
    ['under a condition', deny('*', { conditional: true })],
    ['of one thing', deny('iam:*', on('arn:aws:iam::*:role/audit'))],
    ['of what a variable names', deny('iam:*', on(`arn:aws:iam::*:*/${variable('aws:PrincipalTag/team')}`))],
    [
      'of all but what a variable names',
      deny('iam:*', { resources: except(variable('aws:PrincipalTag/mine')) }),
    ],
    ['of another action', deny('iam:DeleteUser')],
  ])('%s takes nothing away for certain', (_, denial) => {
    expect(ofStatements(allow('iam:*'), denial).kind).toBe('administrator');
  });

  it('of runs on one resource does not stop the passing of roles', () => {
    const statements = [allow(['iam:PassRole', 'ec2:RunInstances'])];
    expect(ofStatements(...statements, deny('ec2:*', on('arn:aws:ec2:*:*:instance/i-0'))).kind).toBe(
      'can-become',
    );
    expect(ofStatements(...statements, deny('ec2:*', { resources: except('*') })).kind).toBe('can-become');
  });

  it('of some powers leaves the others', () => {
    expect(ofStatements(allow('*'), deny('iam:Put*'))).toMatchObject({
      kind: 'can-become',
      by: [{ scope: 'some' }],
    });
  });
});

describe('a permissions boundary', () => {
  it('takes away what it does not allow', () => {
    expect(bounded(policyArn('mild'), allow('*'))).toEqual({ kind: 'ordinary' });
    expect(bounded(policyArn('firm'), allow('*'))).toEqual({ kind: 'ordinary' });
    expect(bounded('arn:aws:iam::aws:policy/PowerUserAccess', allow('*'))).toEqual({ kind: 'ordinary' });
  });

  it('leaves what it allows', () => {
    expect(bounded('arn:aws:iam::aws:policy/AdministratorAccess', allow('iam:*')).kind).toBe('administrator');
  });

  it('gives nothing by itself', () => {
    expect(bounded('arn:aws:iam::aws:policy/AdministratorAccess', allow('s3:*'))).toEqual({
      kind: 'ordinary',
    });
  });

  it.each(['dark', 'missing'])(
    'that could not be read (%s) leaves the answer open, where there is a question',
    (name) => {
      const arn = policyArn(name);
      expect(bounded(arn, allow('*'))).toEqual({ kind: 'unknown', why: 'boundary', name: arn });
      expect(bounded(arn, allow('s3:*'))).toEqual({ kind: 'ordinary' });
    },
  );
});

describe('what was not read', () => {
  it.each([
    ['no policies at all', { ...user({}), permissions: null }, 'policies', null],
    ['an inline policy', user({ inline: [{ name: 'odd', document: null }] }), 'document', 'odd'],
    ['a managed policy', user(customer('gone')), 'document', 'gone'],
    ['a group', user({ groups: ['lost'] }), 'group', 'lost'],
  ] as const)('%s: nobody is taken for unprivileged', (_, judged, why, name) => {
    const found = privilegeOf(judged, account());
    expect(found).toEqual({ kind: 'unknown', why, name });
    expect(isPrivileged(found)).toBeNull();
  });

  it('does not hide what was read', () => {
    const permissions = {
      ...aws('AdministratorAccess'),
      groups: ['lost'],
      inline: [{ name: 'odd', document: null }],
    };
    expect(isPrivileged(privilegeOf(user(permissions), account()))).toBe(true);
    expect(isPrivileged(privilegeOf(user({}), account()))).toBe(false);
  });
});

describe('whatever the policies', () => {
  const names = fc.record({
    patterns: fc.array(
      fc.oneof(
        fc.constantFrom(
          '*',
          'iam:*',
          'iam:P*',
          'i?m:*',
          's3:*',
          OWN,
          'arn:aws:iam::*:role/*',
          variable('aws:username'),
        ),
        fc.string(),
      ),
    ),
    except: fc.boolean(),
  });
  const statement = fc.record({
    effect: fc.constantFrom('Allow' as const, 'Deny' as const),
    actions: names,
    resources: names,
    conditional: fc.boolean(),
  });

  it('a permission more never makes a user less privileged, and a denial never more', () => {
    const rank = (privilege: Privilege) =>
      ['ordinary', 'can-become', 'administrator'].indexOf(privilege.kind);
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 4 }), statement, (document, more) => {
        const [before, after] = [ofStatements(...document), ofStatements(...document, more)];
        const difference = rank(after) - rank(before);
        expect(more.effect === 'Allow' ? difference : -difference).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
