import type { Names, PolicyDocument } from './documents.ts';

const all: Names = { patterns: ['*'], except: false };

const allow = (...patterns: string[]): PolicyDocument => [
  { effect: 'Allow', actions: { patterns, except: false }, resources: all, conditional: false },
];

const allowAllBut = (...patterns: string[]): PolicyDocument => [
  { effect: 'Allow', actions: { patterns, except: true }, resources: all, conditional: false },
];

/**
 * The policies of AWS that let a user become an administrator, and the one that is often taken for such a policy, as far
 * as their statements matter here. Of the 1,485 policies of mid-2026, all others do not: they are for roles of AWS's
 * services, or limit the permission by a condition to one service.
 */
const DOCUMENTS: Readonly<Record<string, PolicyDocument>> = {
  AdministratorAccess: allow('*'),
  IAMFullAccess: allow('iam:*'),
  PowerUserAccess: allowAllBut('iam:*', 'organizations:*', 'account:*'),
  'AdministratorAccess-Amplify': allow(
    'iam:AttachRolePolicy',
    'iam:CreatePolicyVersion',
    'iam:PassRole',
    'iam:PutRolePolicy',
    'iam:UpdateAssumeRolePolicy',
    'lambda:CreateFunction',
  ),
  AmazonElasticMapReduceFullAccess: allow('cloudformation:CreateStack', 'ec2:RunInstances', 'iam:PassRole'),
  AmazonDynamoDBFullAccesswithDataPipeline: allow('ec2:RunInstances', 'iam:PassRole', 'lambda:*'),
};

const AWS_MANAGED = /^arn:[^:]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/;

/**
 * The statements of an AWS managed policy that matter here: none for a policy that does not let anybody become an
 * administrator. Null if the ARN is not that of an AWS managed policy.
 */
export function awsManagedPolicy(arn: string): PolicyDocument | null {
  const [, name] = AWS_MANAGED.exec(arn) ?? [];
  return name === undefined ? null : Object.hasOwn(DOCUMENTS, name) ? (DOCUMENTS[name] ?? []) : [];
}
