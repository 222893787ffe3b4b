import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeyStatus, LastUsed, ObservedKey } from '../../../functions/core/model/observation.ts';
import { DAY, HOUR, plus, type Seconds } from '../../../functions/core/model/time.ts';
import { inUse } from '../../../functions/core/proposal/compare.ts';
import type { ProposalContext } from '../../../functions/core/proposal/context.ts';
import { type Doubt, doubt } from '../../../functions/core/proposal/doubt.ts';
import { propose } from '../../../functions/core/proposal/proposal.ts';

const NOW = '2026-11-23T16:10:00.000Z';
const OLD = 'AKIAI44QH8DHBEX13QXK';
const NEW = 'AKIAIOSFODNN7EXAMPLE';
const THIRD = 'AKIAI44QH8DHBEX1R7WZ';
const context: ProposalContext = {
  now: NOW,
  quietPeriod: DAY,
  rotationWindow: 7 * DAY,
  unexpected: {},
  exposed: {},
  back: {},
};

const used = (ago: Seconds): LastUsed => ({
  kind: 'used',
  at: plus(NOW, -ago),
  service: 's3',
  region: 'eu-west-1',
});
const NEVER: LastUsed = { kind: 'never' };
const NOT_READ: LastUsed = { kind: 'not-read' };

function key(id: string, age: Seconds, lastUsed: LastUsed, status: KeyStatus = 'Active'): ObservedKey {
  return { id, status, created: plus(NOW, -age), lastUsed };
}
const old = (lastUsed: LastUsed, age: Seconds = 600 * DAY) => key(OLD, age, lastUsed);
const fresh = (lastUsed: LastUsed, age: Seconds = 21 * DAY) => key(NEW, age, lastUsed);

const codes = (keys: readonly ObservedKey[]) => propose(keys, context)?.reasons.map(({ code }) => code);

/** What is seen, which key we would keep, how sure we are, and why. */
const table: [string, ObservedKey[], string, string, string[]][] = [
  ['one active key', [old(NEVER)], OLD, 'high', ['only-active']],
  [
    'a key in use and one never used',
    [old(used(HOUR)), fresh(NEVER, 90 * DAY)],
    OLD,
    'high',
    ['in-use', 'never-used'],
  ],
  [
    'one that was never used in less than a quarter',
    [old(used(HOUR)), fresh(NEVER, 89 * DAY)],
    OLD,
    'medium',
    ['in-use', 'never-used'],
  ],
  ['the other way round', [old(NEVER), fresh(used(HOUR), 31 * DAY)], NEW, 'high', ['in-use', 'never-used']],
  [
    'a newer key, used for less than a month',
    [old(NEVER), fresh(used(HOUR), 29 * DAY)],
    NEW,
    'medium',
    ['in-use', 'new-key', 'never-used'],
  ],
  [
    'traffic has moved to the newer key',
    [old(used(91 * DAY)), fresh(used(2 * HOUR), 100 * DAY)],
    NEW,
    'high',
    ['in-use', 'taken-over'],
  ],
  [
    'traffic has moved within the last quarter',
    [old(used(89 * DAY)), fresh(used(2 * HOUR), 100 * DAY)],
    NEW,
    'medium',
    ['in-use', 'taken-over'],
  ],
  [
    'traffic has moved to a new key',
    [old(used(91 * DAY)), fresh(used(2 * HOUR))],
    NEW,
    'medium',
    ['in-use', 'new-key', 'taken-over'],
  ],
  [
    'a key of some days with much traffic',
    [old(used(91 * DAY)), fresh(used(60), 6 * DAY)],
    NEW,
    'low',
    ['in-use', 'new-key', 'taken-over'],
  ],
  [
    'the key in use was not used for some days',
    [old(used(91 * DAY)), fresh(used(6 * DAY), 100 * DAY)],
    NEW,
    'high',
    ['last-used', 'taken-over'],
  ],
  [
    'the key used last was not used for a week',
    [old(used(91 * DAY)), fresh(used(8 * DAY), 100 * DAY)],
    NEW,
    'low',
    ['last-used', 'idle'],
  ],
  [
    'the newer key was tried and left long ago',
    [old(used(HOUR)), fresh(used(91 * DAY), 100 * DAY)],
    OLD,
    'high',
    ['in-use', 'idle'],
  ],
  [
    'the newer key was tried and left a month ago',
    [old(used(HOUR)), fresh(used(31 * DAY), 40 * DAY)],
    OLD,
    'medium',
    ['in-use', 'idle'],
  ],
  [
    'the newer key was used some weeks ago',
    [old(used(HOUR)), fresh(used(29 * DAY), 40 * DAY)],
    OLD,
    'low',
    ['in-use', 'used-lately'],
  ],
  [
    'both were in use for more than a quarter',
    [old(used(100 * DAY)), fresh(used(HOUR), 191 * DAY)],
    NEW,
    'low',
    ['in-use', 'side-by-side'],
  ],
  [
    'both were in use for less than a quarter',
    [old(used(100 * DAY)), fresh(used(HOUR), 189 * DAY)],
    NEW,
    'high',
    ['in-use', 'taken-over'],
  ],
  [
    'both were in use, and one for no yearly date since',
    [old(used(401 * DAY)), fresh(used(HOUR), 550 * DAY)],
    NEW,
    'high',
    ['in-use', 'taken-over'],
  ],
  [
    'the newer one was in use for more than a quarter',
    [old(used(HOUR)), fresh(used(100 * DAY), 191 * DAY)],
    OLD,
    'low',
    ['in-use', 'side-by-side'],
  ],
  [
    'a fresh unused second key: nothing breaks if somebody agrees now',
    [old(used(HOUR)), fresh(NEVER, 3 * DAY)],
    OLD,
    'low',
    ['in-use', 'rotation-under-way'],
  ],
  [
    'a second key made minutes ago',
    [old(used(HOUR)), fresh(NEVER, 300)],
    OLD,
    'low',
    ['in-use', 'rotation-under-way'],
  ],
  [
    'a fresh second key next to one that was used once',
    [old(used(43 * DAY)), fresh(NEVER, DAY)],
    OLD,
    'low',
    ['last-used', 'rotation-under-way'],
  ],
  [
    'the fresh key is used at last',
    [old(used(2 * DAY)), fresh(used(60), 3 * DAY)],
    NEW,
    'low',
    ['in-use', 'new-key', 'used-lately'],
  ],
  [
    'both made today: "never" is no evidence against the older',
    [old(NEVER, 2 * HOUR), fresh(used(60), HOUR)],
    NEW,
    'low',
    ['in-use', 'new-key', 'too-young'],
  ],
  [
    'both in use',
    [old(used(HOUR)), fresh(used(2 * HOUR))],
    OLD,
    'low',
    ['in-use', 'also-in-use', 'move-first'],
  ],
  [
    'both in use at the same time: the newer',
    [old(used(HOUR)), fresh(used(HOUR))],
    NEW,
    'low',
    ['in-use', 'also-in-use', 'move-first'],
  ],
  [
    'neither in use, both used once',
    [old(used(40 * DAY)), fresh(used(43 * DAY), 50 * DAY)],
    OLD,
    'low',
    ['last-used', 'idle'],
  ],
  [
    'neither in use, one never used',
    [old(used(40 * DAY)), fresh(NEVER)],
    OLD,
    'medium',
    ['last-used', 'never-used'],
  ],
  ['neither ever used', [old(NEVER), fresh(NEVER)], NEW, 'low', ['newest', 'never-used']],
  [
    'neither ever used, one made today',
    [old(NEVER), fresh(NEVER, HOUR)],
    NEW,
    'low',
    ['newest', 'too-young', 'never-used'],
  ],
  ['a use that was not read', [old(NOT_READ), fresh(used(HOUR))], NEW, 'low', ['in-use', 'not-read']],
  ['no use was read', [old(NOT_READ), fresh(NOT_READ)], NEW, 'low', ['not-read', 'not-read']],
  ['not read beats never used', [old(NOT_READ), fresh(NEVER)], OLD, 'low', ['not-read', 'never-used']],
  [
    'three keys, one in use',
    [old(used(91 * DAY)), key(THIRD, 150 * DAY, NEVER), fresh(used(HOUR), 100 * DAY)],
    NEW,
    'high',
    ['in-use', 'never-used', 'taken-over'],
  ],
  [
    'three keys, the weakest part counts',
    [old(used(91 * DAY)), key(THIRD, HOUR, NEVER), fresh(used(HOUR), 100 * DAY)],
    NEW,
    'low',
    ['in-use', 'rotation-under-way', 'taken-over'],
  ],
];

describe('which key we would keep', () => {
  it.each(table)('%s', (_name, keys, keep, confidence, why) => {
    const proposal = propose(keys, context);
    expect(proposal?.keep).toBe(keep);
    expect(proposal?.confidence).toBe(confidence);
    expect(codes(keys)).toEqual(why);
  });

  it('is nothing without an active key', () => {
    expect(propose([], context)).toBeNull();
    expect(
      propose([key(OLD, DAY, used(1), 'Inactive'), key(NEW, DAY, used(1), 'Expired')], context),
    ).toBeNull();
  });

  it('leaves keys out that cannot be used', () => {
    const off = key(THIRD, HOUR, used(1), 'Inactive');
    expect(propose([off, old(NEVER)], context)).toMatchObject({ keep: OLD, others: [], confidence: 'high' });
  });

  it('names the others newest first; the key id decides where seconds do not', () => {
    const keys = [old(NEVER, DAY * 9), fresh(NEVER, DAY * 9), key(THIRD, DAY * 8, used(HOUR))];
    expect(propose(keys, context)).toMatchObject({ keep: THIRD, others: [OLD, NEW] });
    expect(propose(keys.slice(0, 2), context)).toMatchObject({ keep: OLD, others: [NEW] });
  });

  it('knows which keys a sentence relates to', () => {
    expect(propose([old(used(43 * DAY)), fresh(used(HOUR), 50 * DAY)], context)?.reasons).toEqual([
      { code: 'in-use', keyId: NEW },
      { code: 'taken-over', keyId: OLD, by: NEW },
    ]);
    expect(propose([old(used(43 * DAY)), fresh(NEVER, DAY)], context)?.reasons).toEqual([
      { code: 'last-used', keyId: OLD, quietPeriod: DAY },
      { code: 'rotation-under-way', keyId: NEW, used: OLD },
    ]);
  });

  it('has no rotations where the window is closed', () => {
    const keys = [old(used(HOUR)), fresh(NEVER, 2 * DAY)];
    expect(propose(keys, { ...context, rotationWindow: DAY })).toMatchObject({
      keep: OLD,
      confidence: 'medium',
    });
  });
});

describe('in use', () => {
  it.each<[LastUsed, boolean]>([
    [used(HOUR), true],
    [used(DAY), false],
    [NEVER, false],
    [NOT_READ, false],
  ])('%j since a day ago: %s', (lastUsed, expected) => {
    expect(inUse(old(lastUsed), plus(NOW, -DAY))).toBe(expected);
  });
});

const anyUse = fc.oneof(
  fc.constant(NEVER),
  fc.constant(NOT_READ),
  fc.integer({ min: -60, max: 60 * 24 }).map((hours) => used(hours * HOUR)),
);
const anyKey = fc
  .record({
    id: fc.integer({ min: 1000, max: 9999 }).map((n) => `AKIAI44QH8DHBEX1${n}`),
    status: fc.constantFrom<KeyStatus>('Active', 'Active', 'Inactive', 'Expired'),
    age: fc.integer({ min: 0, max: 40 * 24 }),
    lastUsed: anyUse,
  })
  .map(({ id, status, age, lastUsed }) => key(id, age * HOUR, lastUsed, status));
const anyKeys = fc.uniqueArray(anyKey, { maxLength: 8, selector: ({ id }) => id });

describe('a key that somebody made whom nobody expects to', () => {
  const judged = (keys: readonly ObservedKey[], unexpected: Record<string, string>) => {
    const proposal = propose(keys, { ...context, unexpected });
    return [proposal?.keep, proposal?.confidence, proposal?.reasons.map(({ code }) => code)];
  };

  it.each<[string, ObservedKey[], Record<string, string>, string, string, string[]]>([
    [
      'is no rotation under way among the others',
      [old(used(HOUR)), fresh(NEVER, 3 * DAY)],
      { [NEW]: 'user/mallory' },
      OLD,
      'medium',
      ['unexpected-creator', 'in-use', 'never-used'],
    ],
    [
      'proves nothing by being unused within a day',
      [old(used(HOUR)), fresh(NEVER, HOUR)],
      { [NEW]: 'user/mallory' },
      OLD,
      'low',
      ['unexpected-creator', 'in-use', 'too-young'],
    ],
    [
      'does not spoil a takeover between two others',
      [old(used(91 * DAY)), fresh(used(HOUR), 100 * DAY), key(THIRD, 900 * DAY, NEVER)],
      { [THIRD]: 'user/mallory' },
      NEW,
      'high',
      ['unexpected-creator', 'in-use', 'taken-over', 'never-used'],
    ],
  ])('%s', (_what, keys, unexpected, keep, confidence, reasons) => {
    expect(judged(keys, unexpected)).toEqual([keep, confidence, reasons]);
  });

  it.each<[string, ObservedKey[], Record<string, string>, Doubt]>([
    [
      'the newer one in use',
      [old(used(43 * DAY)), fresh(used(HOUR))],
      { [NEW]: 'user/mallory' },
      { by: 'user/mallory', ifMeant: NEW, ifNot: OLD },
    ],
    ['the only one', [old(NEVER)], { [OLD]: 'root' }, { by: 'root', ifMeant: OLD, ifNot: null }],
    [
      'one of three',
      [old(NEVER), fresh(used(HOUR)), key(THIRD, 90 * DAY, used(43 * DAY))],
      { [NEW]: 'root' },
      { by: 'root', ifMeant: NEW, ifNot: THIRD },
    ],
  ])('is never what we propose to keep: %s', (_what, keys, unexpected, expected) => {
    expect(propose(keys, { ...context, unexpected })).toBeNull();
    expect(doubt(keys, { ...context, unexpected })).toEqual(expected);
  });

  it('leaves no doubt where another key is in service, or none is active', () => {
    expect(doubt([old(used(HOUR)), fresh(NEVER)], { ...context, unexpected: { [NEW]: 'root' } })).toBeNull();
    expect(doubt([], { ...context, unexpected: { [NEW]: 'root' } })).toBeNull();
  });

  it('is named with whoever made it', () => {
    const keys = [old(used(HOUR)), fresh(NEVER)];
    const proposal = propose(keys, { ...context, unexpected: { [NEW]: 'root' } });
    expect(proposal?.reasons[0]).toEqual({ code: 'unexpected-creator', keyId: NEW, by: 'root' });
  });
});

describe('a key that came back', () => {
  it.each(['on-request', 'by-hand'] as const)('%s is a reason to doubt, whatever IAM says of uses', (how) => {
    const keys = [old(used(91 * DAY)), fresh(used(HOUR), 100 * DAY)];
    expect(propose(keys, { ...context, back: { [OLD]: how } })).toMatchObject({
      keep: NEW,
      confidence: 'low',
      reasons: [{ code: 'brought-back', keyId: OLD, how }, { code: 'in-use' }, { code: 'taken-over' }],
    });
  });
});

describe('the only key', () => {
  it.each([
    [{}, 'high', ['only-active']],
    [{ [OLD]: 'by-hand' } as const, 'low', ['brought-back', 'only-active']],
  ])('that came back as %j is kept: confidence %s', (back, confidence, reasons) => {
    const proposal = propose([old(NEVER)], { ...context, back });
    expect(proposal?.confidence).toBe(confidence);
    expect(proposal?.reasons.map(({ code }) => code)).toEqual(reasons);
  });
});

describe('whatever is seen', () => {
  it('keeps an Active key, lists all other Active ones, and does not depend on the order of the listing', () => {
    const shuffled = anyKeys.chain((keys) =>
      fc.tuple(
        fc.constant(keys),
        fc.shuffledSubarray(keys, { minLength: keys.length, maxLength: keys.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([keys, other]) => {
        const proposal = propose(keys, context);
        const active = keys.filter(({ status }) => status === 'Active').map(({ id }) => id);
        expect(proposal === null ? [] : [proposal.keep, ...proposal.others].sort()).toEqual(active.sort());
        expect(propose(other, context)).toEqual(proposal);
      }),
    );
  });

  it('never proposes to switch off a key in use while it keeps one that is not', () => {
    fc.assert(
      fc.property(anyKeys, (keys) => {
        const proposal = propose(keys, context);
        const busy = keys.filter((k) => k.status === 'Active' && inUse(k, plus(NOW, -DAY)));
        expect(busy.length === 0 || busy.some(({ id }) => id === proposal?.keep)).toBe(true);
        if (busy.length > 1) {
          expect(proposal?.confidence).toBe('low');
        }
      }),
    );
  });

  it('is never sure of a key that may be in use without our knowing', () => {
    fc.assert(
      fc.property(anyKeys, (keys) => {
        const proposal = propose(keys, context);
        const doubtful = keys.some(
          ({ id, created, lastUsed }) =>
            proposal?.others.includes(id) &&
            (lastUsed.kind === 'not-read' || (lastUsed.kind === 'never' && created > plus(NOW, -DAY))),
        );
        if (doubtful) {
          expect(proposal?.confidence).toBe('low');
        }
      }),
    );
  });
});
