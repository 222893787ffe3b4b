import { describe, expect, it } from 'vitest';
import { aboutUser } from '../../../functions/core/inventory/about.ts';
import type { Grant } from '../../../functions/core/inventory/grants.ts';
import { NOW } from '../../fakes/cases.ts';
import { surveyed } from '../assess/users.ts';

const grant = (policy: string): Grant => ({
  policy,
  kind: 'inline',
  group: 'admins',
  scope: 'some',
  actions: ['iam:PutUserPolicy'],
});

describe('the facts about a user', () => {
  it('name the policies, the sign and the keys, and no action and no text of a tag', () => {
    const tags = {
      Type: 'service',
      Owner: 'alice@example.com',
      AKIAI44QH8DHBEX13QXK: 'break glass, envelope 7',
    };
    const privilege = { kind: 'can-become', by: [grant('ops')] } as const;
    expect(aboutUser(surveyed('ci', [], { tags, privilege, path: '/people/' }), NOW)).toEqual({
      asOf: NOW,
      privilege: {
        kind: 'can-become',
        policies: [{ policy: 'ops', kind: 'inline', group: 'admins' }],
        more: 0,
      },
      automation: { kind: 'automation', by: 'tag' },
      reserved: { user: false, keys: ['AKIAI44QH8DHBEX13QXK'] },
    });
  });

  it('name five policies and count the others', () => {
    const by = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(grant);
    const { privilege } = aboutUser(surveyed('root', [], { privilege: { kind: 'administrator', by } }), NOW);
    expect(privilege).toMatchObject({ kind: 'administrator', more: 2 });
    expect('policies' in privilege ? privilege.policies.map(({ policy }) => policy) : []).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
    ]);
  });

  it('keep what is not known apart from what is not', () => {
    const unread = { kind: 'unknown', why: 'document', name: 'secret-policy' } as const;
    expect(aboutUser(surveyed('dark', [], { tags: null, console: null, privilege: unread }), NOW)).toEqual({
      asOf: NOW,
      privilege: { kind: 'unknown' },
      automation: { kind: 'unknown' },
      reserved: { user: false, keys: [] },
    });
    expect(aboutUser(surveyed('plain', []), NOW)).toMatchObject({ privilege: { kind: 'ordinary' } });
  });
});
