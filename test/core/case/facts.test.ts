import { describe, expect, it } from 'vitest';
import {
  answerDigests,
  difference,
  factsDigest,
  factsOf,
  formerDigest,
  sameKeys,
  shown,
} from '../../../functions/core/case/facts.ts';
import { aCase, aDecision, key, NEWER, NOW, newer, OLDER, older, POLICY, THIRD } from '../../fakes/cases.ts';

const digest = (current: Parameters<typeof factsOf>[0]) => factsDigest(factsOf(current), POLICY);

describe('the digest of the facts', () => {
  const usual = digest(aCase());

  it('does not change with bookkeeping, last uses or the order of the listing', () => {
    expect(digest(aCase({ version: 99, toldAt: null, lease: { until: NOW, by: 'x' } }))).toBe(usual);
    expect(digest(aCase({ userName: 'renamed', decision: aDecision(), keysSeenAt: NOW }))).toBe(usual);
    expect(digest(aCase({ keys: [older(), key(NEWER)] }))).toBe(usual);
  });

  it.each([
    ['another key', aCase({ keys: [newer(), key(THIRD)] })],
    ['one key more', aCase({ keys: [newer(), older(), key(THIRD, 'Inactive')] })],
    ['another status', aCase({ keys: [newer(), older('Inactive')] })],
    ['an exclusion', aCase({ excluded: true })],
    ['another question', aCase({ asking: 2 })],
    ['another case', aCase({ number: 4 })],
    ['another user', aCase({ userId: 'AIDAOTHER' })],
    ['another account', aCase({ account: '210987654321' })],
  ])('changes with %s', (_what, current) => {
    expect(digest(current)).not.toBe(usual);
    expect(formerDigest(factsOf(current))).not.toBe(formerDigest(factsOf(aCase())));
  });

  it.each([
    ['the mode', { ...POLICY, mode: 'observe' as const }],
    ['how keys are deleted', { ...POLICY, deletion: 'never' as const }],
    ['the grace period', { ...POLICY, grace: 1 }],
  ])('changes with what people were told of the settings: %s', (_what, terms) => {
    expect(factsDigest(factsOf(aCase()), terms)).not.toBe(usual);
  });

  it('is one of those under which an answer is looked for, with its terms', () => {
    const { mode, deletion, grace } = POLICY;
    const never = { mode, deletion: 'never' as const, grace };
    const found = answerDigests(factsOf(aCase()), [never, { mode, deletion, grace }]);
    expect(found.get(usual)).toEqual({ mode, deletion, grace });
    expect(found.get(factsDigest(factsOf(aCase()), never))).toEqual(never);
    expect(found.get(formerDigest(factsOf(aCase())))).toBe(null);
    expect(found.size).toBe(3);
  });
});

describe('listings', () => {
  it('are the same whatever their order', () => {
    expect(sameKeys([newer(), older()], [older(), newer()])).toBe(true);
    expect(sameKeys([newer()], [newer('Expired')])).toBe(false);
    expect(shown([newer(), older()])).toEqual([
      { id: OLDER, status: 'Active' },
      { id: NEWER, status: 'Active' },
    ]);
  });

  it('differ by status, by new keys and by keys that are gone', () => {
    expect(difference([newer(), older()], [older(), newer()])).toEqual([]);
    expect(difference([newer(), older()], [newer('Inactive'), key(THIRD, 'Expired')])).toEqual([
      { keyId: THIRD, was: null, now: 'Expired' },
      { keyId: NEWER, was: 'Active', now: 'Inactive' },
      { keyId: OLDER, was: 'Active', now: null },
    ]);
  });
});
