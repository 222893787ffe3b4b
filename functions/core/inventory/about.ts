import type { Instant } from '../model/time.ts';
import { type Automation, automationOf } from './automation.ts';
import type { Grant } from './grants.ts';
import type { Privilege } from './privilege.ts';
import { type Reserved, reservedIn } from './reserved.ts';
import type { SurveyedUser } from './surveyed.ts';

/**
 * The facts about a user that people who decide about the keys must see, as the daily survey found them. It holds no text
 * of a tag and no action of a policy.
 */
export interface About {
  /** Nothing in it is newer. */
  readonly asOf: Instant;
  readonly privilege: AboutPrivilege;
  readonly automation: Automation;
  readonly reserved: Reserved;
}

/** The user's privilege, with the names of the policies that make it. */
export type AboutPrivilege =
  | {
      readonly kind: 'administrator' | 'can-become';
      /** The first ones; at least one. */
      readonly policies: readonly NamedPolicy[];
      /** Number of further ones. */
      readonly more: number;
    }
  | { readonly kind: 'ordinary' | 'unknown' };

/** A policy by its name, and the group that it comes through. */
export type NamedPolicy = Pick<Grant, 'policy' | 'kind' | 'group'>;

/** Most policies that are named. A user may have hundreds through groups. */
const MOST = 5;

/** The facts about a user whose policies and tags were read at this time. */
export function aboutUser(
  user: Pick<SurveyedUser, 'privilege' | 'tags' | 'path' | 'console'>,
  asOf: Instant,
): About {
  return {
    asOf,
    privilege: inShort(user.privilege),
    automation: automationOf(user),
    reserved: reservedIn(user.tags),
  };
}

function inShort(privilege: Privilege): AboutPrivilege {
  const { kind } = privilege;
  if (kind === 'ordinary' || kind === 'unknown') {
    return { kind };
  }
  const policies = privilege.by
    .slice(0, MOST)
    .map(({ policy, kind: of, group }): NamedPolicy => ({ policy, kind: of, group }));
  return { kind, policies, more: privilege.by.length - policies.length };
}
