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

describe('tags that speak of rare use', () => {
  it.each([
    [{ purpose: 'dr' }],
    [{ purpose: 'Disaster Recovery' }],
    [{ deploy: 'blue-green' }],
    [{ note: 'standby host, do not touch' }],
    [{ [ID]: 'break glass, envelope 7' }],
  ])('are a doubt: %j', (tags) => {
    expect(doubtsFromTags([key], tags)).toEqual([
      { reason: { code: 'in-reserve', keyId: ID }, confidence: 'low' },
    ]);
  });

  it.each([
    [{}],
    [{ standby: 'none' }],
    [{ purpose: 'drone', team: 'web' }],
    // It describes the key that stays.
    [{ [KEPT]: 'break glass, envelope 7' }],
  ])('are no doubt: %j', (tags) => {
    expect(doubtsFromTags([key], tags)).toEqual([]);
  });

  it('are none where tags were not read', () => {
    expect(doubtsFromTags([key])).toEqual([]);
  });
});
