import type { Grant, PolicyKind, Scope } from './grants.ts';
import type { Privilege, PrivilegeUnknown } from './privilege.ts';

/** Kinds of policies in AWS's words. */
export const POLICY_KIND = {
  'aws-managed': 'AWS managed policy',
  'customer-managed': 'customer managed policy',
  inline: 'inline policy',
} as const satisfies Record<PolicyKind, string>;

/** Most actions named of a policy. */
const MOST = 3;

const SCOPE = {
  everything: () => 'every action',
  iam: () => 'every action in IAM',
  some: (actions) =>
    [
      ...actions.slice(0, MOST),
      ...(actions.length > MOST ? [`${actions.length - MOST} more like these`] : []),
    ].join(', '),
} as const satisfies Record<Scope, (actions: readonly string[]) => string>;

/** A grant in a few words: `inline policy ops through group admins (every action in IAM)`. Names are as others chose them. */
export function privilegeInShort({ policy, kind, group, scope, actions }: Grant): string {
  const through = group === null ? '' : ` through group ${group}`;
  return `${POLICY_KIND[kind]} ${policy}${through} (${SCOPE[scope](actions)})`;
}

/** The mark's legend: `administrator`; null for somebody who is none, or of whom it is not known. */
export function privilegeMark(kind: Privilege['kind']): string | null {
  return MARK[kind];
}

const MARK = {
  administrator: 'administrator',
  'can-become': 'can become administrator',
  ordinary: null,
  unknown: null,
} as const satisfies Record<Privilege['kind'], string | null>;

const UNKNOWN = {
  policies: () => 'policies were not read',
  group: (name) => `the policies of group ${name} were not read`,
  document: (name) => `policy ${name} could not be understood`,
  boundary: (name) => `the permissions boundary ${name} could not be understood`,
} as const satisfies Record<PrivilegeUnknown, (name: string | null) => string>;

/** A sentence about what the user may do to permissions. Names in it are as others chose them. */
export function privilegeSentence(privilege: Privilege): string {
  switch (privilege.kind) {
    case 'administrator':
      return `Administrator, by ${privilege.by.map(privilegeInShort).join('; ')}.`;
    case 'can-become':
      return `Can become administrator, by ${privilege.by.map(privilegeInShort).join('; ')}.`;
    case 'ordinary':
      return 'No administrator, and cannot become one directly.';
    case 'unknown':
      return `It is not known if this user is an administrator: ${UNKNOWN[privilege.why](privilege.name)}.`;
  }
}
