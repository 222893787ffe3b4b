import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excludedAs, excludedBy, globMatches, isExcluded } from '../../../functions/core/model/exclusion.ts';

describe('globs', () => {
  it.each([
    ['break-glass-*', 'break-glass-1', true],
    ['break-glass-*', 'break-glass-', true],
    ['break-glass-*', 'my-break-glass-1', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a.c', 'abc', false],
    ['svc/*', 'svc/ci/deploy', true],
    ['A*', 'abc', false],
    ['a*', 'a\nb', true],
    ['', 'a', false],
  ])('%s on %s: %s', (glob, text, matches) => {
    expect(globMatches(glob, text)).toBe(matches);
  });

  it('take every other character as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'.+^{}$()|[]\\/-ab') }), (text) => {
        expect(globMatches(text, text)).toBe(true);
        expect(globMatches(`${text}?`, text)).toBe(false);
      }),
    );
  });
});

describe('exclusion', () => {
  const user = { userName: 'admin-1', path: '/break/glass/', tags: { 'solekey:exclude': 'true' } };
  const rule = (users: string[], tag: { readonly key: string; readonly value: string } | null = null) => ({
    users,
    tag,
  });

  it.each([
    [rule([]), false],
    [rule(['admin-*']), true],
    [rule(['glass/admin-*']), true],
    [rule(['break/*']), true],
    [rule(['lass/admin-*']), false],
    [rule(['Admin-*']), false],
    [rule(['other', 'admin-1']), true],
    [rule([], { key: 'solekey:exclude', value: 'true' }), true],
    [rule([], { key: 'solekey:exclude', value: 'True' }), false],
    [rule([], { key: 'toString', value: 'true' }), false],
  ])('by %j: %s', (excluded, expected) => {
    expect(isExcluded(user, excluded)).toBe(expected);
  });
});

describe('the part of the rule that excludes a user', () => {
  const user = { userName: 'admin-1', path: '/break/glass/', tags: { 'Solekey:Exclude': 'true' } };
  const tag = { key: 'solekey:exclude', value: 'true' };

  it.each([
    ['the name, which says more', { users: ['ci-*', 'glass/*'], tag }, { by: 'name', glob: 'glass/*' }],
    ['the tag', { users: ['ci-*'], tag }, { by: 'tag', key: 'solekey:exclude' }],
    ['none of both', { users: ['ci-*'], tag: { ...tag, value: 'false' } }, null],
    ['no rule', { users: [], tag: null }, null],
  ])('is %s', (_, rule, found) => {
    expect(excludedBy(user, rule)).toEqual(found);
  });

  it('is the tag for a record of somebody excluded whose name is in no glob, if there is such a tag', () => {
    expect(excludedAs(user, { users: ['admin-*'], tag })).toEqual({ by: 'name', glob: 'admin-*' });
    expect(excludedAs(user, { users: [], tag })).toEqual({ by: 'tag', key: 'solekey:exclude' });
    expect(excludedAs(user, { users: [], tag: null })).toBeNull();
  });
});
