import { describe, expect, it } from 'vitest';
import type { About, AboutPrivilege } from '../../../functions/core/inventory/about.ts';
import {
  automationOnPage,
  furtherPolicies,
  privilegedBy,
  privilegeInMail,
  privilegeOnPage,
} from '../../../functions/core/words/about.ts';
import { administrator, anAbout } from '../../fakes/about.ts';
import { HOSTILE_TAGS } from '../../fakes/hostile.ts';

const own = (policy: string, more = 0): AboutPrivilege => ({
  kind: 'can-become',
  policies: [{ policy, kind: 'inline', group: 'admins' }],
  more,
});
const inMail = (privilege: AboutPrivilege, hasPage = true) =>
  privilegeInMail(anAbout({ privilege }), hasPage);

describe('privilege in a mail', () => {
  it.each<[AboutPrivilege, string]>([
    [administrator('AdministratorAccess'), 'This user is an administrator (AdministratorAccess).'],
    [administrator('IAMFullAccess', 'Other'), 'This user is an administrator (IAMFullAccess and 1 more).'],
    [own('ci_deploy 2'), 'This user can become an administrator (policy ci_deploy 2).'],
    [own(' ops ', 3), 'This user can become an administrator (policy ops and 3 more).'],
    [own('x'.repeat(40)), `This user can become an administrator (policy ${'x'.repeat(40)}).`],
    [own('x'.repeat(41)), 'This user can become an administrator (see the page).'],
    [own('team.example'), 'This user can become an administrator (see the page).'],
    [own('   '), 'This user can become an administrator (see the page).'],
    [administrator(), 'This user is an administrator (see the page).'],
  ])('%j', (privilege, words) => {
    expect(inMail(privilege)).toBe(words);
  });

  it.each(Object.entries(HOSTILE_TAGS))('names no hostile policy: %s', (_name, policy) => {
    expect(inMail(own(policy))).toBe('This user can become an administrator (see the page).');
    expect(inMail(own(policy), false)).toBe('This user can become an administrator.');
  });

  it('is no word of somebody who has none, or of whom it is not known', () => {
    expect(inMail({ kind: 'ordinary' })).toBe('');
    expect(inMail({ kind: 'unknown' })).toBe('');
    expect(privilegeInMail(undefined, true)).toBe('');
  });
});

describe('what a page says about a user', () => {
  it.each<[AboutPrivilege, string]>([
    [administrator('A'), 'This user is an administrator (as of 23 Nov 2026), by:'],
    [own('a'), 'This user can become an administrator (as of 23 Nov 2026), by:'],
    [
      { kind: 'ordinary' },
      'This user is not an administrator and cannot become one directly (as of 23 Nov 2026).',
    ],
    [
      { kind: 'unknown' },
      'It is not known if this user is an administrator, because a policy could not be read (as of 23 Nov 2026).',
    ],
  ])('%j', (privilege, words) => {
    expect(privilegeOnPage(anAbout({ privilege }))).toBe(words);
  });

  it('names the policies, and counts those that are not named', () => {
    const about = anAbout({ privilege: own('ops', 2) });
    expect(privilegedBy(about)).toEqual([{ policy: 'ops', kind: 'inline', group: 'admins' }]);
    expect(furtherPolicies(about)).toBe(2);
    expect([privilegedBy(anAbout()), furtherPolicies(anAbout())]).toEqual([[], 0]);
  });

  it.each<[About['automation'], string]>([
    [{ kind: 'automation', by: 'tag' }, 'This user seems to be automated: a tag says so.'],
    [{ kind: 'automation', by: 'path' }, 'This user seems to be automated: its path says so.'],
    [
      { kind: 'automation', by: 'console-password' },
      'This user seems to be automated: it has no console password.',
    ],
    [{ kind: 'person', by: 'tag' }, 'This user seems to be a person: a tag says so.'],
    [
      { kind: 'person', by: 'console-password' },
      'This user seems to be a person: it has a console password.',
    ],
    [{ kind: 'unknown' }, 'It is not known if this user is automated.'],
  ])('%j', (automation, words) => {
    expect(automationOnPage(automation)).toBe(words);
  });
});
