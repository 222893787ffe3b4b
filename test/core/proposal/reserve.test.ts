import { describe, expect, it } from 'vitest';
import type { ObservedKey } from '../../../functions/core/model/observation.ts';
import { doubtsFromTags } from '../../../functions/core/proposal/reserve.ts';

const ID = 'AKIAI44QH8DHBEX13QXK';
const KEPT = 'AKIAIOSFODNN7EXAMPLE';
const key: ObservedKey = {
  id: ID,
  status: 'Active',
  created: '2025-01-01T00:00:00.000Z',
  lastUsed: { kind: 'never' },
};

describe('a doubt from tags', () => {
  const doubt = [{ reason: { code: 'in-reserve', keyId: ID }, confidence: 'low' }];

  it('is about every other key where the user is for rare use, or about the key that is', () => {
    expect(doubtsFromTags([key], { user: true, keys: [] })).toEqual(doubt);
    expect(doubtsFromTags([key], { user: false, keys: [KEPT, ID] })).toEqual(doubt);
  });

  it('is none where nothing is, where only the key that stays is, or where nothing was read', () => {
    expect(doubtsFromTags([key], { user: false, keys: [] })).toEqual([]);
    expect(doubtsFromTags([key], { user: false, keys: [KEPT] })).toEqual([]);
    expect(doubtsFromTags([key], undefined)).toEqual([]);
  });
});
