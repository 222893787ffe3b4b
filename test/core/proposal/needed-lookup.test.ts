import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { evidenceFrom } from '../../../functions/core/proposal/context.ts';
import { neededLookup } from '../../../functions/core/proposal/needed-lookup.ts';
import type { KeyUsage, NotLookedUp } from '../../../functions/core/usage/usage.ts';
import type { UserUsage } from '../../../functions/core/usage/user-usage.ts';
import {
  ACCOUNT,
  aCase,
  aDecision,
  allOff,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  noneKept,
  OLDER,
  older,
  POLICY,
  THIRD,
  USER_ID,
  used,
} from '../../fakes/cases.ts';
import { family, usage } from '../../fakes/usage.ts';

const ON = { ...POLICY, usage: [] as readonly string[] };

const seen = (...ids: string[]): KeyUsage[] => ids.map((keyId) => usage([family()], { keyId }));
const unseen = (keyId: string, why: NotLookedUp): KeyUsage => ({
  keyId,
  lookup: { kind: 'not-looked-up', why },
  families: [],
});
const stored = (seconds: number, keys = seen(NEWER, OLDER)): UserUsage => ({ at: plus(NOW, -seconds), keys });
const needs = (current: Case, known: UserUsage | null, policy = ON) =>
  neededLookup(current, known, policy, NOW) !== null;

describe('a lookup of who uses the keys of a user', () => {
  it('is needed for a new case: all keys, each with the Region where IAM saw it used', () => {
    expect(neededLookup(aCase(), null, ON, NOW)).toEqual({
      account: ACCOUNT,
      userId: USER_ID,
      keys: [
        { keyId: NEWER, created: newer().created, regions: ['eu-west-1'] },
        { keyId: OLDER, created: older().created, regions: ['eu-west-1'] },
      ],
    });
  });

  it('takes the further Regions of the settings, each once, and nothing that is no Region', () => {
    const keys = [key(NEWER, 'Active', { lastUsed: used(NOW, 'sts', 'N/A') }), newer(), key(OLDER)];
    const asked = neededLookup(aCase({ keys }), null, { ...ON, usage: ['eu-west-1', 'us-west-2'] }, NOW);
    expect(asked?.keys.map(({ regions }) => regions)).toEqual([
      ['eu-west-1', 'us-west-2'],
      ['eu-west-1', 'us-west-2'],
      ['eu-west-1', 'us-west-2'],
    ]);
  });

  it.each([
    ['usage is off', aCase(), { ...POLICY, usage: null }],
    ['the case is closed', aCase({ phase: 'closed' }), ON],
    ['the user is excluded', aCase({ phase: 'excluded' }), ON],
    ['there are no keys', aCase({ keys: [] }), ON],
  ])('is not needed where %s', (_name, current, policy) => {
    expect(neededLookup(current, null, policy, NOW)).toBeNull();
  });

  it('is repeated after three days, and after half a day once somebody decided', () => {
    expect(needs(aCase(), stored(3 * DAY - 1))).toBe(false);
    expect(needs(aCase(), stored(3 * DAY))).toBe(true);
    const decided = aCase({ phase: 'grace', decision: aDecision() });
    expect(needs(decided, stored(12 * HOUR - 1))).toBe(false);
    expect(needs(decided, stored(12 * HOUR))).toBe(true);
  });

  describe('while a deletion waits for it', () => {
    const busy = key(OLDER, 'Inactive', { lastUsed: used(plus(NOW, -DAY)) });
    const idle = key(OLDER, 'Inactive', { lastUsed: used(plus(NOW, -43 * DAY)) });
    const off = (ago: number, more: Partial<Case> = {}) =>
      inGrace({ deactivated: plus(NOW, -ago) }, { keys: [newer(), busy], ...more });
    const looked = (ago: number): KeyUsage[] => {
      const at = plus(NOW, -ago);
      return [NEWER, OLDER].map((keyId) =>
        usage([], { keyId, lookup: { kind: 'looked-up', at, back: at, regions: ['eu-west-1'] } }),
      );
    };
    const since = (ago: number) => stored(ago, looked(ago));

    it('is repeated more often in a grace period of hours, also if it failed', () => {
      const short = { ...ON, grace: 28 * HOUR };
      const decided = (days: number) =>
        off(DAY, { decision: aDecision({ terms: { grace: days * DAY, deletion: 'after-grace' } }) });
      expect(needs(decided(0), since(2 * HOUR - 1), short)).toBe(false);
      expect(needs(decided(0), since(2 * HOUR), short)).toBe(true);
      expect(needs(decided(7), since(12 * HOUR - 1), short)).toBe(false);
      const half = (ago: number) => stored(ago, [...looked(ago).slice(0, 1), unseen(OLDER, 'throttled')]);
      expect(needs(decided(0), half(HOUR - 1), short)).toBe(false);
      expect(needs(decided(0), half(HOUR), short)).toBe(true);
      const shortest = { ...ON, grace: HOUR };
      expect(needs(decided(0), since(HOUR - 1), shortest)).toBe(false);
      expect(needs(decided(0), since(HOUR), shortest)).toBe(true);
    });

    it('is repeated as seldom as otherwise in a short grace period if no deletion waits for it', () => {
      const short = { ...ON, grace: HOUR };
      const terms = { grace: HOUR, deletion: 'after-grace' as const };
      const decision = aDecision({ terms });
      expect(needs(off(DAY, { decision }), since(3 * HOUR), short)).toBe(true);
      expect(needs(off(DAY, { decision, keys: [newer(), idle] }), since(3 * HOUR), short)).toBe(false);
      const none = allOff({ deactivated: plus(NOW, -DAY) }, { decision: noneKept({ terms }) });
      expect(needs(none, since(3 * HOUR), short)).toBe(false);
    });

    it('is repeated once CloudTrail shows all calls with the key', () => {
      expect(needs(off(15 * MINUTE - 1), since(1))).toBe(false);
      expect(needs(off(15 * MINUTE), since(1))).toBe(true);
      expect(needs(off(15 * MINUTE), since(0))).toBe(false);
      expect(needs(off(30 * MINUTE), since(15 * MINUTE))).toBe(false);
      expect(needs(off(30 * MINUTE), since(15 * MINUTE + 1))).toBe(true);
      expect(needs(off(30), since(15), { ...ON, settle: 1 })).toBe(false);
      expect(needs(off(30), since(16), { ...ON, settle: 1 })).toBe(true);
      expect(needs(off(15 * MINUTE), stored(0, looked(1))), 'read just before, stored after').toBe(true);
    });

    it.each<[string, Case]>([
      ['the key was not in use', off(10 * HOUR, { keys: [newer(), idle] })],
      ['no key was kept', allOff({ deactivated: plus(NOW, -10 * HOUR) })],
      ['a person is asked', off(10 * HOUR, { phase: 'awaiting-confirmation' })],
      ['all of it was seen', off(10 * HOUR, { decision: aDecision({ workMoved: plus(NOW, -HOUR) }) })],
      ['nobody decided', off(10 * HOUR, { decision: null })],
    ])('is not repeated for that if %s', (_why, current) => {
      expect(needs(off(10 * HOUR), since(11 * HOUR))).toBe(true);
      expect(needs(current, since(11 * HOUR))).toBe(false);
    });

    it('is needed if there was none', () => {
      expect(needs(off(DAY), null)).toBe(true);
    });
  });

  it('is repeated after an hour if it failed, even for one key', () => {
    const half = [...seen(NEWER), unseen(OLDER, 'throttled')];
    expect(needs(aCase(), stored(HOUR - 1, half))).toBe(false);
    expect(needs(aCase(), stored(HOUR, half))).toBe(true);
  });

  it('is needed at once where IAM saw a key used in a Region that was not read', () => {
    const elsewhere = newer();
    const keys = [{ ...elsewhere, lastUsed: used(NOW, 's3', 'us-west-2') }, older()];
    expect(needs(aCase({ keys }), stored(1))).toBe(true);
    const both = [unseen(NEWER, 'denied'), unseen(OLDER, 'denied')];
    expect(needs(aCase({ keys }), stored(1, both))).toBe(false);
    // The other key may do the work there now, so it is looked up there, too.
    expect(needs(aCase({ keys }), stored(1, [unseen(NEWER, 'denied'), ...seen(OLDER)]))).toBe(true);
    const before = { lookup: { kind: 'looked-up', at: NOW, back: NOW } } as const;
    const wide = [usage([], { ...before, keyId: NEWER }), usage([], { ...before, keyId: OLDER })];
    expect(needs(aCase({ keys }), stored(1, wide))).toBe(false);
  });

  it('ends for a key that we deactivated soon after the deactivation', () => {
    const ended = (deactivated: string) =>
      neededLookup(inGrace({ deactivated }), null, ON, NOW)?.keys.map((one) => one.ended);
    const since = plus(NOW, -DAY);
    expect(ended(since)).toEqual([undefined, plus(since, 15 * MINUTE)]);
    expect(ended(plus(NOW, -15 * MINUTE))).toEqual([undefined, NOW]);
    expect(ended(plus(NOW, -15 * MINUTE + 1))).toEqual([undefined, undefined]);
  });

  it('is needed at once for a key that it did not cover', () => {
    expect(needs(aCase({ keys: [newer(), older(), key(THIRD)] }), stored(1))).toBe(true);
    expect(needs(aCase({ keys: [newer()] }), stored(1))).toBe(false);
  });
});

describe('the evidence for a proposal', () => {
  it('says nothing of any use where usage is off, whatever is stored', () => {
    expect(evidenceFrom({ usage: stored(1), about: null }, { usage: null })).toEqual({});
  });

  it('has the usage of each key, or none yet', () => {
    expect(evidenceFrom({ usage: stored(1), about: null }, ON)).toEqual({
      usage: { [NEWER]: seen(NEWER)[0], [OLDER]: seen(OLDER)[0] },
    });
    expect(evidenceFrom({ usage: null, about: null }, ON)).toEqual({ usage: {} });
  });
});
