import { describe, expect, it } from 'vitest';
import { reservedIn } from '../../../functions/core/inventory/reserved.ts';

const ID = 'AKIAI44QH8DHBEX13QXK';
const OTHER = 'AKIAIOSFODNN7EXAMPLE';

describe('tags that speak of rare use', () => {
  it.each([
    [{ purpose: 'dr' }],
    [{ purpose: 'Disaster Recovery' }],
    [{ deploy: 'blue-green' }],
    [{ note: 'standby host, do not touch', team: 'web' }],
    // No key id, so it is about the user.
    [{ AKIASHORT: 'break glass' }],
    [{ [`x${ID}`]: 'break glass' }],
  ])('are about the user: %j', (tags) => {
    expect(reservedIn(tags)).toEqual({ user: true, keys: [] });
  });

  it('are about a key if its id is the name of the tag; the texts are not kept', () => {
    const tags = { [OTHER]: 'emergency', [ID]: 'break glass, envelope 7', purpose: 'ci' };
    expect(reservedIn(tags)).toEqual({ user: false, keys: [ID, OTHER] });
    expect(reservedIn({ ...tags, purpose: 'dr' })).toEqual({ user: true, keys: [ID, OTHER] });
  });

  it.each([[{}], [null], [{ standby: 'none' }], [{ purpose: 'drone', [ID]: 'ci' }]])(
    'are not these: %j',
    (tags) => {
      expect(reservedIn(tags)).toEqual({ user: false, keys: [] });
    },
  );
});
