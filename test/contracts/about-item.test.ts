import { describe, expect, it } from 'vitest';
import { aboutKey, readAbout } from '../../functions/contracts/about-item.ts';
import type { About } from '../../functions/core/inventory/about.ts';
import { administrator, anAbout } from '../fakes/about.ts';
import { ACCOUNT, NEWER, NOW, USER_ID } from '../fakes/cases.ts';
import { HOSTILE_TAGS } from '../fakes/hostile.ts';

const inGroup = { policy: 'ops', kind: 'inline', group: 'admins' } as const;

const KINDS: readonly About[] = [
  anAbout(),
  anAbout({ privilege: administrator('AdministratorAccess'), reserved: { user: true, keys: [NEWER] } }),
  anAbout({ privilege: { kind: 'can-become', policies: [inGroup], more: 3 } }),
  anAbout({ privilege: { kind: 'unknown' }, automation: { kind: 'unknown' } }),
  anAbout({ automation: { kind: 'person', by: 'tag' } }),
  anAbout({ automation: { kind: 'automation', by: 'path' }, asOf: NOW }),
];

describe('the facts about a user', () => {
  it('have a partition of their own', () => {
    expect(aboutKey(ACCOUNT, USER_ID)).toEqual({ pk: `ABOUT#${ACCOUNT}#${USER_ID}`, sk: 'ABOUT' });
  });

  it.each(KINDS)('are read as they were stored: %#', (about) => {
    const stored = JSON.parse(JSON.stringify({ ...aboutKey(ACCOUNT, USER_ID), about, schema: 1 }));
    expect(readAbout(stored)).toEqual(about);
  });

  it('keep what a newer release stored beside them', () => {
    const about = { ...anAbout(), later: 1 };
    expect(readAbout({ about })).toEqual(about);
  });

  it.each(Object.entries(HOSTILE_TAGS))('may hold any text as a name: %s', (_name, policy) => {
    const about = anAbout({ privilege: administrator(policy) });
    expect(readAbout({ about })).toEqual(about);
  });

  it.each<[string, unknown]>([
    ['no item', undefined],
    ['an item without them', { pk: 'x' }],
    ['text', { about: 'x' }],
    ['no time', { about: { ...anAbout(), asOf: 'yesterday' } }],
    ['a privilege of a newer release', { about: { ...anAbout(), privilege: { kind: 'owner' } } }],
    ['an administrator by nothing', { about: { ...anAbout(), privilege: administrator() } }],
    [
      'a kind of policy of a newer release',
      {
        about: {
          ...anAbout(),
          privilege: { kind: 'can-become', policies: [{ ...inGroup, kind: 'session' }], more: 0 },
        },
      },
    ],
    [
      'a sign of a newer release',
      { about: { ...anAbout(), automation: { kind: 'automation', by: 'name' } } },
    ],
    ['nothing of what is for rare use', { about: { ...anAbout(), reserved: undefined } }],
  ])('count as absent where there is %s', (_what, item) => {
    expect(readAbout(item)).toBeNull();
  });
});
