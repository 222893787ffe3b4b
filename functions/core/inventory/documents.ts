/** Policy documents of IAM, as far as the question needs them who can change permissions. */

/** Actions or resources in a statement. `except`: all but these, as in `NotAction` and `NotResource`. */
export interface Names {
  readonly patterns: readonly string[];
  readonly except: boolean;
}

/** One statement of a policy. The terms of a condition are not kept, only that there is one. */
export interface Statement {
  readonly effect: Effect;
  readonly actions: Names;
  readonly resources: Names;
  readonly conditional: boolean;
}

export type Effect = 'Allow' | 'Deny';

export type PolicyDocument = readonly Statement[];

/** A policy that is part of a user or group. `document` is null if it could not be understood. */
export interface InlinePolicy {
  readonly name: string;
  readonly document: PolicyDocument | null;
}

/** A managed policy that is attached to a user or group. Its document is found by its ARN. */
export interface AttachedPolicy {
  readonly name: string;
  readonly arn: string;
}

/** The policies of a user or group themselves. */
export interface Permissions {
  readonly inline: readonly InlinePolicy[];
  readonly attached: readonly AttachedPolicy[];
}

/** The policies of a user, with the names of the groups and the ARN of the permissions boundary. */
export interface UserPermissions extends Permissions {
  readonly groups: readonly string[];
  readonly boundary: string | null;
}

/** The policies of a group, with its ARN. */
export interface GroupPermissions extends Permissions {
  readonly arn: string;
}

/** The policies of an account that its users refer to. */
export interface AccountPolicies {
  /** By the group's name. */
  readonly groups: ReadonlyMap<string, GroupPermissions>;
  /** Documents of customer managed policies by ARN; null for one that could not be understood. */
  readonly managed: ReadonlyMap<string, PolicyDocument | null>;
}
