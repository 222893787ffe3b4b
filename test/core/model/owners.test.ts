import { describe, expect, it } from 'vitest';
import { MOST_OWNER_TAGS, OWNER_TAGS, ownerOf, ownerTagsIn } from '../../../functions/core/model/owners.ts';

describe('the tags that say who is responsible', () => {
  it('come in the order of the setting, whatever their case, as they are written', () => {
    const tags = { application: 'shop', Cost: '7', TEAM: ' payments ', owner: 'alice' };
    expect(ownerTagsIn(tags, OWNER_TAGS)).toEqual([
      { key: 'owner', value: 'alice' },
      { key: 'TEAM', value: ' payments ' },
      { key: 'application', value: 'shop' },
    ]);
    expect(ownerTagsIn(tags, ['cost', 'Cost', 'Unit'])).toEqual([{ key: 'Cost', value: '7' }]);
    expect(ownerTagsIn(tags, [])).toEqual([]);
  });

  it('are left out without text, and beyond the limits of IAM', () => {
    expect(ownerTagsIn({ Owner: ' \u2003' }, OWNER_TAGS)).toEqual([]);
    expect(ownerTagsIn({ Owner: '\u{1f511}'.repeat(256) }, OWNER_TAGS)).toHaveLength(1);
    expect(ownerTagsIn({ Owner: 'x'.repeat(257) }, OWNER_TAGS)).toEqual([]);
    expect(ownerTagsIn({ ['k'.repeat(129)]: 'x' }, ['k'.repeat(129)])).toEqual([]);
  });

  it('are never more than a few', () => {
    const keys = Array.from({ length: MOST_OWNER_TAGS + 5 }, (_, n) => `Tag${n}`);
    const tags = Object.fromEntries(keys.map((key) => [key, 'x']));
    expect(ownerTagsIn(tags, keys).map(({ key }) => key)).toEqual(keys.slice(0, MOST_OWNER_TAGS));
  });
});

it('the owner is the value of the first of them', () => {
  expect(ownerOf({ Team: 'payments', Owner: 'alice' })).toBe('alice');
  expect(ownerOf({ Team: 'payments', Owner: 'alice' }, ['Team'])).toBe('payments');
  expect(ownerOf({ Cost: '7' })).toBeNull();
  expect(ownerOf(null)).toBeNull();
});
