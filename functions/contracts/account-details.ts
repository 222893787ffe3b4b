/** The answer of IAM's GetAccountAuthorizationDetails, in the SDK's words, as the core knows it. */
import type { ListedUser } from '../core/config/survey.ts';
import type {
  AccountPolicies,
  AttachedPolicy,
  GroupPermissions,
  InlinePolicy,
  PolicyDocument,
  UserPermissions,
} from '../core/inventory/documents.ts';
import { wholeSecond } from './credential-report.ts';
import { policyDocument } from './policy-document.ts';

/** A user with everything in IAM that gives them permissions. */
export interface DetailedUser extends ListedUser {
  readonly permissions: UserPermissions;
}

/** All users of an account, and the policies they refer to. */
export interface AccountDetails {
  readonly users: readonly DetailedUser[];
  readonly policies: AccountPolicies;
}

interface RawInline {
  readonly PolicyName?: string | undefined;
  readonly PolicyDocument?: string | undefined;
}

interface RawAttached {
  readonly PolicyName?: string | undefined;
  readonly PolicyArn?: string | undefined;
}

/** A user in the answer. */
export interface RawUser {
  readonly UserId?: string | undefined;
  readonly UserName?: string | undefined;
  readonly Path?: string | undefined;
  readonly Arn?: string | undefined;
  readonly CreateDate?: Date | undefined;
  readonly Tags?:
    | readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[]
    | undefined;
  readonly GroupList?: readonly string[] | undefined;
  readonly UserPolicyList?: readonly RawInline[] | undefined;
  readonly AttachedManagedPolicies?: readonly RawAttached[] | undefined;
  readonly PermissionsBoundary?: { readonly PermissionsBoundaryArn?: string | undefined } | undefined;
}

/** A group in the answer. */
export interface RawGroup {
  readonly GroupName?: string | undefined;
  readonly Arn?: string | undefined;
  readonly GroupPolicyList?: readonly RawInline[] | undefined;
  readonly AttachedManagedPolicies?: readonly RawAttached[] | undefined;
}

/** A managed policy in the answer, with all its versions. */
export interface RawPolicy {
  readonly Arn?: string | undefined;
  readonly PolicyVersionList?:
    | readonly {
        readonly Document?: string | undefined;
        readonly IsDefaultVersion?: boolean | undefined;
      }[]
    | undefined;
}

/** A user without the policies. Throws if the id, the name, the ARN or the creation time is missing. */
export function listedUser({ UserId, UserName, Path, Arn, CreateDate, Tags }: RawUser): ListedUser {
  if (UserId === undefined || UserName === undefined || Arn === undefined || CreateDate === undefined) {
    throw new Error('IAM listed a user without id, name, ARN or time.');
  }
  const tags = Object.fromEntries((Tags ?? []).map((tag) => [tag.Key ?? '', tag.Value ?? '']));
  const created = wholeSecond(CreateDate.getTime());
  return { userId: UserId, userName: UserName, path: Path ?? '/', arn: Arn, created, tags };
}

/** A user with their policies. Throws as {@link listedUser} does. */
export function detailedUser(raw: RawUser): DetailedUser {
  const permissions = {
    inline: inline(raw.UserPolicyList),
    attached: attached(raw.AttachedManagedPolicies),
    groups: raw.GroupList ?? [],
    boundary: raw.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
  };
  return { ...listedUser(raw), permissions };
}

/** The policies of groups and the documents of customer managed policies. One without a name or ARN is left out. */
export function accountPolicies(
  groups: readonly RawGroup[],
  policies: readonly RawPolicy[],
): AccountPolicies {
  return {
    groups: new Map(groups.flatMap(groupEntry)),
    managed: new Map(policies.flatMap(policyEntry)),
  };
}

function groupEntry({
  GroupName,
  Arn,
  GroupPolicyList,
  AttachedManagedPolicies,
}: RawGroup): [string, GroupPermissions][] {
  return GroupName === undefined || Arn === undefined
    ? []
    : [
        [
          GroupName,
          { arn: Arn, inline: inline(GroupPolicyList), attached: attached(AttachedManagedPolicies) },
        ],
      ];
}

function policyEntry({ Arn, PolicyVersionList }: RawPolicy): [string, PolicyDocument | null][] {
  const text = PolicyVersionList?.find(({ IsDefaultVersion }) => IsDefaultVersion === true)?.Document;
  return Arn === undefined ? [] : [[Arn, text === undefined ? null : policyDocument(text)]];
}

function inline(list: readonly RawInline[] = []): InlinePolicy[] {
  return list.map(({ PolicyName = 'without a name', PolicyDocument: text }) => ({
    name: PolicyName,
    document: text === undefined ? null : policyDocument(text),
  }));
}

function attached(list: readonly RawAttached[] = []): AttachedPolicy[] {
  return list.map(({ PolicyName = 'without a name', PolicyArn = '' }) => ({
    name: PolicyName,
    arn: PolicyArn,
  }));
}
