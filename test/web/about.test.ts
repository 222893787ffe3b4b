import { describe, expect, it } from 'vitest';
import { linkPath } from '../../functions/contracts/link.ts';
import type { About } from '../../functions/core/inventory/about.ts';
import { buildApp } from '../../functions/web/app.ts';
import { administrator, anAbout } from '../fakes/about.ts';
import { OLDER } from '../fakes/cases.ts';
import { HOSTILE_TAGS } from '../fakes/hostile.ts';
import { breakable, page } from '../fakes/page.ts';

async function shown(about: About | null): Promise<string> {
  const world = page();
  world.store.about = about;
  const answer = await buildApp(world.ports).request(linkPath('decide', await world.link()));
  return breakable(await answer.text());
}

describe('the user on the page', () => {
  it('is an administrator by these policies, and automated', async () => {
    const text = await shown(
      anAbout({
        privilege: {
          kind: 'administrator',
          policies: [
            { policy: 'AdministratorAccess', kind: 'aws-managed', group: null },
            { policy: 'ops', kind: 'inline', group: 'admins' },
          ],
          more: 3,
        },
      }),
    );
    expect(text).toContain('This user is an administrator (as of 23 Nov 2026), by:');
    expect(text).toContain('<li>AWS managed policy <bdi>AdministratorAccess</bdi></li>');
    expect(text).toContain('<li>inline policy <bdi>ops</bdi> through group <bdi>admins</bdi></li>');
    expect(text).toContain('<li>and 3 more</li>');
    expect(text).toContain('This user seems to be automated: it has no console password.');
  });

  it('is not one', async () => {
    const text = await shown(anAbout());
    expect(text).toContain('This user is not an administrator and cannot become one directly');
    expect(text).not.toContain('more</li>');
  });

  it('is one by a single policy, with none left out', async () => {
    expect(await shown(anAbout({ privilege: administrator('A') }))).not.toContain('more</li>');
  });

  it('is not known yet before a survey found them', async () => {
    expect(await shown(null)).toContain(
      'It is not known yet if this user is an administrator, or automated.',
    );
  });

  it('has a key that tags say is for rare use: the owner is asked', async () => {
    const text = await shown(anAbout({ reserved: { user: false, keys: [OLDER] } }));
    expect(text).toContain('Ask the owner first.');
    expect(text).toContain('A tag says that this user or …3QXK is for rare use');
    expect(await shown(anAbout())).not.toContain('rare use');
  });
});

describe('a hostile name on the page', () => {
  it.each(Object.entries(HOSTILE_TAGS))('is only text: %s', async (_name, value) => {
    const privilege = (name: string): About['privilege'] => ({
      kind: 'can-become',
      policies: [{ policy: name, kind: 'customer-managed', group: name }],
      more: 0,
    });
    const calm = await shown(anAbout({ privilege: privilege('x') }));
    const text = await shown(anAbout({ privilege: privilege(value) }));
    // Not one element or attribute more than with a harmless name.
    expect(text.match(/<[^>]*>/g)).toEqual(calm.match(/<[^>]*>/g));
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  });
});
