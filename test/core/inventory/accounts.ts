import type {
  AccountPolicies,
  GroupPermissions,
  Permissions,
  PolicyDocument,
  Statement,
  UserPermissions,
} from '../../../functions/core/inventory/documents.ts';
import type { Judged } from '../../../functions/core/inventory/privilege.ts';

export const ACCOUNT = '123456789012';
const IAM = `arn:aws:iam::${ACCOUNT}:`;

/** A statement that allows these actions on everything. */
export function allow(actions: string | readonly string[], more: Partial<Statement> = {}): Statement {
  return {
    effect: 'Allow',
    actions: { patterns: [actions].flat(), except: false },
    resources: { patterns: ['*'], except: false },
    conditional: false,
    ...more,
  };
}

export const deny = (actions: string | readonly string[], more: Partial<Statement> = {}): Statement =>
  allow(actions, { effect: 'Deny', ...more });

export const on = (...patterns: string[]): Pick<Statement, 'resources'> => ({
  resources: { patterns, except: false },
});

export const inline = (name: string, ...document: Statement[]): Permissions => ({
  inline: [{ name, document }],
  attached: [],
});

/** An AWS managed policy. */
export const aws = (name: string): Permissions => ({
  inline: [],
  attached: [{ name, arn: `arn:aws:iam::aws:policy/${name}` }],
});

/** A customer managed policy; {@link account} has its document. */
export const customer = (name: string): Permissions => ({
  inline: [],
  attached: [{ name, arn: `${IAM}policy/${name}` }],
});

export function user(permissions: Partial<UserPermissions>, name = 'ci'): Judged {
  return {
    userName: name,
    arn: `${IAM}user/${name}`,
    permissions: { inline: [], attached: [], groups: [], boundary: null, ...permissions },
  };
}

export function account(
  groups: Readonly<Record<string, Permissions>> = {},
  managed: Readonly<Record<string, PolicyDocument | null>> = {},
): AccountPolicies {
  return {
    groups: new Map(
      Object.entries(groups).map(([name, one]): [string, GroupPermissions] => [
        name,
        { arn: `${IAM}group/${name}`, ...one },
      ]),
    ),
    managed: new Map(Object.entries(managed).map(([name, one]) => [`${IAM}policy/${name}`, one])),
  };
}

export const policyArn = (name: string): string => `${IAM}policy/${name}`;

/** A variable in a policy's resource. */
export const variable = (name: string): string => `$\{${name}}`;
