import type { About, AboutPrivilege, NamedPolicy } from '../inventory/about.ts';
import type { Automation, AutomationSign } from '../inventory/automation.ts';
import { isPlainText } from './owners.ts';
import { day } from './words.ts';

const PRIVILEGED = {
  administrator: 'is an administrator',
  'can-become': 'can become an administrator',
} as const satisfies Record<Privileged['kind'], string>;

/** The privilege of somebody who is an administrator or can become one. */
type Privileged = Extract<AboutPrivilege, { readonly policies: unknown }>;

/**
 * A sentence about the user's privilege for a mail: `This user is an administrator (AdministratorAccess).` Empty if there is
 * none, or if it is not known.
 */
export function privilegeInMail(about: About | undefined, hasPage: boolean): string {
  const privilege = about?.privilege;
  if (privilege === undefined || !('policies' in privilege)) {
    return '';
  }
  const by = policiesInMail(privilege, hasPage);
  return `This user ${PRIVILEGED[privilege.kind]}${by === '' ? '' : ` (${by})`}.`;
}

/** The first policy, and the number of others. A mail must not contain just any name: see {@link isPlainText}. */
function policiesInMail({ policies, more }: Privileged, hasPage: boolean): string {
  const [first, ...others] = policies;
  if (first === undefined || !isPlainText(first.policy)) {
    return hasPage ? 'see the page' : '';
  }
  const count = others.length + more;
  const name = first.policy.trim();
  return `${first.kind === 'aws-managed' ? name : `policy ${name}`}${count === 0 ? '' : ` and ${count} more`}`;
}

/** A sentence about the user's privilege for a page. The names of policies follow it, if there are any. */
export function privilegeOnPage({ privilege, asOf }: About): string {
  const then = `(as of ${day(asOf)})`;
  switch (privilege.kind) {
    case 'administrator':
    case 'can-become':
      return `This user ${PRIVILEGED[privilege.kind]} ${then}, by:`;
    case 'ordinary':
      return `This user is not an administrator and cannot become one directly ${then}.`;
    case 'unknown':
      return `It is not known if this user is an administrator, because a policy could not be read ${then}.`;
  }
}

/** The policies that make the user privileged. */
export function privilegedBy({ privilege }: About): readonly NamedPolicy[] {
  return 'policies' in privilege ? privilege.policies : [];
}

/** Number of policies that are not named. */
export function furtherPolicies({ privilege }: About): number {
  return 'more' in privilege ? privilege.more : 0;
}

const SIGN = {
  automation: {
    tag: 'a tag says so',
    path: 'its path says so',
    'console-password': 'it has no console password',
  },
  person: {
    tag: 'a tag says so',
    path: 'its path says so',
    'console-password': 'it has a console password',
  },
} as const satisfies Record<'automation' | 'person', Record<AutomationSign, string>>;

/** A sentence about software or a person, for a page. */
export function automationOnPage(automation: Automation): string {
  switch (automation.kind) {
    case 'automation':
      return `This user seems to be automated: ${SIGN.automation[automation.by]}.`;
    case 'person':
      return `This user seems to be a person: ${SIGN.person[automation.by]}.`;
    case 'unknown':
      return 'It is not known if this user is automated.';
  }
}

/** The sentence for a page while no survey has found the user. */
export const NOT_KNOWN_YET =
  'It is not known yet if this user is an administrator, or automated. Solekey reads that once a day.';
