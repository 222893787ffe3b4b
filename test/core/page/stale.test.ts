import { describe, expect, it } from 'vitest';
import { factsDigest, factsOf, formerDigest, shown } from '../../../functions/core/case/facts.ts';
import { movedOn } from '../../../functions/core/page/stale.ts';
import { aCase, aDrop, key, NEWER, NOW, newer, OLDER, older, POLICY, THIRD } from '../../fakes/cases.ts';

const digestOf = (current = aCase()) => factsDigest(factsOf(current), POLICY);

describe('how a case moved on', () => {
  it('tells what changed about the keys since they were shown', () => {
    const before = aCase();
    const now = aCase({
      keys: [newer(), older(), key(THIRD)],
      former: [{ digest: digestOf(before), keys: shown(before.keys), until: NOW }],
      askedAgain: { code: 'keys-changed' },
    });
    expect(movedOn(now, digestOf(before), POLICY)).toEqual({
      recognised: true,
      changes: [{ keyId: THIRD, was: null, now: 'Active' }],
      terms: [],
      because: { code: 'keys-changed' },
      dropped: null,
    });
  });

  it('recognises an earlier question about the same keys', () => {
    const now = aCase({ asking: 4, askedAgain: { code: 'in-use', keyId: NEWER } });
    expect(movedOn(now, digestOf(), POLICY)).toEqual({
      recognised: true,
      changes: [],
      terms: [],
      because: { code: 'in-use', keyId: NEWER },
      dropped: null,
    });
  });

  it('recognises an earlier question about other keys', () => {
    const now = aCase({
      asking: 4,
      keys: [newer(), older('Inactive')],
      former: [{ digest: digestOf(aCase({ asking: 2 })), keys: shown(aCase().keys), until: NOW }],
    });
    expect(movedOn(now, digestOf(), POLICY).changes).toEqual([
      { keyId: OLDER, was: 'Active', now: 'Inactive' },
    ]);
  });

  it('recognises the same keys from before an exclusion ended', () => {
    expect(movedOn(aCase(), digestOf(aCase({ excluded: true })), POLICY).recognised).toBe(true);
  });

  it('tells which settings changed since, where the page said them', () => {
    const { mode, deletion, grace } = POLICY;
    const shownTerms = [{ mode, deletion, grace }];
    const now = { ...POLICY, mode: 'observe' as const, deletion: 'never' as const, grace: 2 * grace };
    expect(movedOn(aCase({ shownTerms }), digestOf(), now).terms).toEqual([
      { term: 'mode', now: 'observe' },
      { term: 'deletion', was: 'after-grace', now: 'never' },
      { term: 'grace', was: grace, now: 2 * grace },
    ]);
    const former = formerDigest(factsOf(aCase()));
    expect(movedOn(aCase({ asking: 2, shownTerms }), former, now)).toMatchObject({
      recognised: true,
      terms: [],
    });
  });

  it('does not pretend to know what it never showed', () => {
    const elsewhere = digestOf(aCase({ keys: [key(OLDER), key(THIRD)] }));
    expect(movedOn(aCase(), elsewhere, POLICY)).toEqual({
      recognised: false,
      changes: [],
      terms: [],
      because: null,
      dropped: null,
    });
  });

  it('knows the answer on that page, if it was dropped in this case', () => {
    const one = aDrop({ digest: digestOf() });
    expect(movedOn(aCase({ dropped: [one] }), digestOf(), POLICY).dropped).toEqual(one);
    const other = aCase({ dropped: [{ ...one, number: 2 }] });
    expect(movedOn(other, digestOf(), POLICY).dropped).toBeNull();
  });
});
