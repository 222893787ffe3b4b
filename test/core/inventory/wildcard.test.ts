import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wildcardMatches } from '../../../functions/core/inventory/wildcard.ts';
import { globMatches } from '../../../functions/core/model/exclusion.ts';

describe('a pattern of a policy', () => {
  it.each([
    ['iam:Put*', 'iam:PutUserPolicy', true],
    ['iam:Put*Policy', 'iam:PutUserPolicy', true],
    ['iam:Put*', 'iam:GetUser', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['*', '', true],
    ['?', '', false],
    ['a*b*c', 'a-b-b-c', true],
    ['abc', 'abcd', false],
    ['(a+)+$', '(a+)+$', true],
  ])('%s on %s: %s', (pattern, text, matches) => {
    expect(wildcardMatches(pattern, text)).toBe(matches);
  });

  it('matches what a glob of the settings matches', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(text, text, (pattern, value) => {
        expect(wildcardMatches(pattern, value)).toBe(globMatches(pattern, value));
      }),
    );
  });

  it('takes no time, even if it was made to', () => {
    const began = performance.now();
    expect(wildcardMatches('*a'.repeat(3_000), 'a'.repeat(2_048))).toBe(false);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
