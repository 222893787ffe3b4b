import { describe, expect, it } from 'vitest';
import { factsDigest, factsOf, shown } from '../../../functions/core/case/facts.ts';
import { movedOn } from '../../../functions/core/page/stale.ts';
import { aCase, key, NEWER, NOW, newer, OLDER, older, POLICY, THIRD } from '../../fakes/cases.ts';

const digestOf = (current = aCase()) => factsDigest(factsOf(current));

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
      because: { code: 'keys-changed' },
    });
  });

  it('recognises an earlier question about the same keys', () => {
    const now = aCase({ asking: 4, askedAgain: { code: 'in-use', keyId: NEWER } });
    expect(movedOn(now, digestOf(), POLICY)).toEqual({
      recognised: true,
      changes: [],
      because: { code: 'in-use', keyId: NEWER },
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

  it('does not pretend to know what it never showed', () => {
    const elsewhere = digestOf(aCase({ keys: [key(OLDER), key(THIRD)] }));
    expect(movedOn(aCase(), elsewhere, POLICY)).toEqual({ recognised: false, changes: [], because: null });
  });
});
