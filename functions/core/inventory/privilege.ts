import { awsManagedPolicy } from './aws-managed.ts';
import type { AccountPolicies, Permissions, PolicyDocument, UserPermissions } from './documents.ts';
import { type Grant, grantsOf, type PolicyKind, type Source } from './grants.ts';
import { type Own, POWERS } from './powers.ts';
import type { Subject } from './statements.ts';

/**
 * *Privilege*: if a user has, or can give themselves, an administrator's permissions. `administrator`: every power over
 * permissions. `can-become`: some of them. `unknown` if what was read shows no power, and something was not read.
 * Service control policies, resource policies and roles that the user may assume are not considered.
 */
export type Privilege =
  | { readonly kind: 'administrator'; readonly by: readonly Grant[] }
  | { readonly kind: 'can-become'; readonly by: readonly Grant[] }
  | { readonly kind: 'ordinary' }
  | { readonly kind: 'unknown'; readonly why: PrivilegeUnknown; readonly name: string | null };

/**
 * The thing that could not be read: all policies, a group's, a policy's document, or that of the permissions boundary.
 * `name` in the privilege is that of the group or policy.
 */
export type PrivilegeUnknown = 'policies' | 'group' | 'document' | 'boundary';

/** The policies of the user were not read. */
export const PRIVILEGE_NOT_READ: Privilege = { kind: 'unknown', why: 'policies', name: null };

/** A user as privilege is judged. `permissions` is null if the policies were not read. */
export interface Judged extends Subject {
  readonly arn: string;
  readonly permissions: UserPermissions | null;
}

type Found = Omit<Source, 'document'> & { readonly document: PolicyDocument | null };

/** The privilege of a user by their own policies, those of their groups, and the permissions boundary. */
export function privilegeOf(user: Judged, account: AccountPolicies): Privilege {
  const { permissions } = user;
  if (permissions === null) {
    return PRIVILEGE_NOT_READ;
  }
  const sources = sourcesOf(permissions, account);
  const read = sources.filter((source): source is Source => source.document !== null);
  const boundary = permissions.boundary === null ? null : documentOf(permissions.boundary, account);
  const limit = permissions.boundary === null ? null : (boundary ?? []);
  const subject = { userName: user.userName, ...ownOf(user.arn, permissions, account) };
  const unbounded = grantsOf(subject, read, null);
  if (unbounded.length > 0 && permissions.boundary !== null && boundary === null) {
    return unknown('boundary', permissions.boundary);
  }
  const by = limit === null ? unbounded : grantsOf(subject, read, limit);
  if (by.length > 0) {
    const powers = new Set(by.flatMap(({ actions }) => actions));
    return { kind: POWERS.every(({ action }) => powers.has(action)) ? 'administrator' : 'can-become', by };
  }
  const [unread] = sources.filter(({ document }) => document === null);
  const [group] = permissions.groups.filter((name) => !account.groups.has(name));
  return unread !== undefined
    ? unknown('document', unread.policy)
    : group !== undefined
      ? unknown('group', group)
      : { kind: 'ordinary' };
}

/** True if the user has, or can give themselves, an administrator's permissions; null if that is not known. */
export function isPrivileged({ kind }: Pick<Privilege, 'kind'>): boolean | null {
  return PRIVILEGED[kind];
}

const PRIVILEGED = {
  administrator: true,
  'can-become': true,
  ordinary: false,
  unknown: null,
} as const satisfies Record<Privilege['kind'], boolean | null>;

const unknown = (why: PrivilegeUnknown, name: string): Privilege => ({ kind: 'unknown', why, name });

function sourcesOf(permissions: UserPermissions, account: AccountPolicies): Found[] {
  const of = ({ inline, attached }: Permissions, group: string | null): Found[] => [
    ...attached.map(({ name, arn }): Found => {
      const kind: PolicyKind = awsManagedPolicy(arn) === null ? 'customer-managed' : 'aws-managed';
      return { policy: name, kind, group, document: documentOf(arn, account) };
    }),
    ...inline.map(({ name, document }): Found => ({ policy: name, kind: 'inline', group, document })),
  ];
  const groups = permissions.groups.flatMap((name) => {
    const group = account.groups.get(name);
    return group === undefined ? [] : of(group, name);
  });
  return [...of(permissions, null), ...groups];
}

function ownOf(arn: string, permissions: UserPermissions, account: AccountPolicies): Own {
  const groups = permissions.groups.flatMap((name) => account.groups.get(name) ?? []);
  const attached = [permissions, ...groups].flatMap((one) => one.attached.map((policy) => policy.arn));
  const policies = attached.filter((policy) => awsManagedPolicy(policy) === null);
  return { arn, groups: groups.map((group) => group.arn), policies };
}

function documentOf(arn: string, { managed }: AccountPolicies): PolicyDocument | null {
  return awsManagedPolicy(arn) ?? managed.get(arn) ?? null;
}
