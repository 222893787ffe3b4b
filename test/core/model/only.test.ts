import { describe, expect, it } from 'vitest';
import { isOutside, modeOf, onlyObserves, scopeOf } from '../../../functions/core/model/only.ts';
import type { AccountMode } from '../../../functions/core/model/policy.ts';

const SOME: AccountMode = { only: { users: ['svc/*'], tag: { key: 'solekey', value: 'enforce' } } };
const user = { userName: 'ci-deploy', path: '/svc/', tags: {} };
const other = { ...user, path: '/apps/' };
const tagged = { ...other, tags: { Solekey: 'enforce' } };

describe('the mode for a user', () => {
  it.each<[AccountMode, { outside?: boolean }, string, boolean]>([
    ['enforce', {}, 'enforce', false],
    ['enforce', { outside: true }, 'enforce', false],
    ['observe', { outside: false }, 'observe', false],
    ['observe', { outside: true }, 'observe', false],
    [SOME, { outside: true }, 'observe', true],
    [SOME, { outside: false }, 'enforce', false],
    [SOME, {}, 'enforce', false],
  ])('in %j of one recorded as %j: %s', (mode, recorded, expected, outside) => {
    expect(modeOf({ mode }, recorded)).toBe(expected);
    expect(onlyObserves({ mode }, recorded)).toBe(expected === 'observe');
    expect(isOutside({ mode }, recorded)).toBe(outside);
  });
});

describe('a reading of a user', () => {
  it('is inside by a glob or by the tag, whatever was recorded', () => {
    for (const before of [null, {}, { outside: true }, { outside: false }]) {
      expect(scopeOf(before, user, { mode: SOME })).toEqual({ outside: false });
      expect(scopeOf(before, tagged, { mode: SOME })).toEqual({ outside: false });
      expect(scopeOf(before, other, { mode: SOME })).toEqual({ outside: true });
    }
  });

  it('records nothing in an account that never had the setting', () => {
    for (const mode of ['enforce', 'observe'] as const) {
      expect(scopeOf(null, user, { mode })).toEqual({});
      expect(scopeOf({}, user, { mode })).toEqual({});
    }
  });

  it('lets everybody in when the setting is gone, but not while the account only observes', () => {
    expect(scopeOf({ outside: true }, other, { mode: 'enforce' })).toEqual({ outside: false });
    expect(scopeOf({ outside: true }, other, { mode: 'observe' })).toEqual({ outside: true });
    expect(scopeOf({ outside: false }, other, { mode: 'observe' })).toEqual({ outside: false });
  });
});
