/** *Power*: an IAM action with which a user can become an administrator. */
export interface Power {
  readonly action: string;
  readonly on: Target;
}

/**
 * The object of a power. `user`: the user or any other. `another-user`, `role`: any. `group`: any, or one of the user's.
 * `policy`: any customer managed policy, or one that is attached to the user.
 */
export type Target = 'user' | 'another-user' | 'group' | 'policy' | 'role';

/** The well-known direct ways to permissions that one does not have yet. */
export const POWERS: readonly Power[] = [
  { action: 'iam:AddUserToGroup', on: 'group' },
  { action: 'iam:AttachGroupPolicy', on: 'group' },
  { action: 'iam:AttachRolePolicy', on: 'role' },
  { action: 'iam:AttachUserPolicy', on: 'user' },
  { action: 'iam:CreateAccessKey', on: 'another-user' },
  { action: 'iam:CreateLoginProfile', on: 'another-user' },
  { action: 'iam:CreatePolicyVersion', on: 'policy' },
  { action: 'iam:PutGroupPolicy', on: 'group' },
  { action: 'iam:PutRolePolicy', on: 'role' },
  { action: 'iam:PutUserPolicy', on: 'user' },
  { action: 'iam:SetDefaultPolicyVersion', on: 'policy' },
  { action: 'iam:UpdateAssumeRolePolicy', on: 'role' },
  { action: 'iam:UpdateLoginProfile', on: 'another-user' },
];

/** Lets a user give any role to something that runs their code, together with one of {@link RUNNERS}. */
export const PASS_ROLE: Power = { action: 'iam:PassRole', on: 'role' };

/** Actions that run code with the role that is passed to them. */
export const RUNNERS: readonly string[] = [
  'cloudformation:CreateStack',
  'codebuild:CreateProject',
  'datapipeline:CreatePipeline',
  'ec2:RunInstances',
  'ecs:RunTask',
  'glue:CreateDevEndpoint',
  'glue:CreateJob',
  'lambda:CreateFunction',
  'sagemaker:CreateNotebookInstance',
];

/** No name or path can have these characters, so that only a pattern for any name matches. */
const ANY = '\u{ffff}'.repeat(16);

/** Something that no service of AWS is called. */
export const ANYTHING = `${ANY}:${ANY}`;

/** ARNs of the user, of their groups, and of the customer managed policies that they have, also through a group. */
export interface Own {
  readonly arn: string;
  readonly groups: readonly string[];
  readonly policies: readonly string[];
}

/** ARNs of which one is enough to use the power on. */
export function targetsOf({ on }: Power, { arn, groups, policies }: Own): readonly string[] {
  const [, partition = 'aws', , , account = ''] = arn.split(':');
  const iam = `arn:${partition}:iam::${account}:`;
  const targets = {
    user: [arn, `${iam}user/${ANY}`],
    'another-user': [`${iam}user/${ANY}`],
    group: [`${iam}group/${ANY}`, ...groups],
    policy: [`${iam}policy/${ANY}`, ...policies],
    role: [`${iam}role/${ANY}`],
  } as const satisfies Record<Target, readonly string[]>;
  return targets[on];
}
