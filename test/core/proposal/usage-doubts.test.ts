import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reservedIn } from '../../../functions/core/inventory/reserved.ts';
import type { LastUsed, ObservedKey } from '../../../functions/core/model/observation.ts';
import { DAY, HOUR, type Instant, plus, type Seconds } from '../../../functions/core/model/time.ts';
import type { ProposalContext } from '../../../functions/core/proposal/context.ts';
import { propose } from '../../../functions/core/proposal/proposal.ts';
import { type Confidence, lowest, type Reason } from '../../../functions/core/proposal/reason.ts';
import {
  AGENTS,
  type Family,
  type KeyUsage,
  type Lookup,
  type NotLookedUp,
} from '../../../functions/core/usage/usage.ts';

const NOW = '2026-11-23T16:10:00.000Z';
const OLD = 'AKIAI44QH8DHBEX13QXK';
const NEW = 'AKIAIOSFODNN7EXAMPLE';
const ago = (time: Seconds): Instant => plus(NOW, -time);
const context: ProposalContext = {
  now: NOW,
  quietPeriod: DAY,
  rotationWindow: 7 * DAY,
  unexpected: {},
  exposed: {},
  back: {},
};

const key = (id: string, age: Seconds, lastUsed: LastUsed): ObservedKey => ({
  id,
  status: 'Active',
  created: ago(age),
  lastUsed,
});
const used = (time: Seconds, service = 'ec2'): LastUsed => ({
  kind: 'used',
  at: ago(time),
  service,
  region: 'eu-west-1',
});
const old = (lastUsed: LastUsed) => key(OLD, 600 * DAY, lastUsed);
const newer = (age: Seconds = 100 * DAY) => key(NEW, age, used(HOUR));

const LOOKED_UP: Lookup = { kind: 'looked-up', at: ago(60), back: ago(90 * DAY) };
const failed = (why: NotLookedUp): Lookup => ({ kind: 'not-looked-up', why });
const seen = (keyId: string, families: Family[], lookup: Lookup = LOOKED_UP): KeyUsage => ({
  keyId,
  lookup,
  families,
});

function family(last: Seconds, more: Partial<Family> = {}): Family {
  return {
    source: { kind: 'network', network: '192.0.2.0/24' },
    agent: 'boto3',
    service: 'ec2',
    region: 'eu-west-1',
    first: ago(Math.min(90 * DAY, last + 20 * DAY)),
    last: ago(last),
    count: 100,
    errors: 0,
    writes: 20,
    ...more,
  };
}
const elsewhere = { source: { kind: 'network', network: '203.0.113.0/24' } } as const;

/** What is proposed with this usage: the key, the confidence, and the reasons that IAM alone does not give. */
function judged(keys: readonly ObservedKey[], usage: readonly KeyUsage[]) {
  const byKey = Object.fromEntries(usage.map((one) => [one.keyId, one]));
  const [bare, full] = [propose(keys, context), propose(keys, { ...context, usage: byKey })];
  const known = new Set(bare?.reasons.map(({ code }) => code));
  return {
    without: bare?.confidence,
    confidence: full?.confidence,
    added: full?.reasons.filter(({ code }) => !known.has(code)).map(({ code }) => code),
  };
}

/** The older key was used 40 or 100 days ago; IAM alone leaves `medium` or `high`. */
const rested = [old(used(40 * DAY)), newer(50 * DAY)];
const silent = [old(used(100 * DAY)), newer()];

type Row = [string, ObservedKey[], KeyUsage[], Confidence, Reason['code'][]];

const table: Row[] = [
  [
    'all families moved',
    rested,
    [seen(NEW, [family(HOUR)]), seen(OLD, [family(40 * DAY)])],
    'medium',
    ['seen-with', 'moved'],
  ],
  ...[{ leftOut: 1 }, { unread: 1 }].map(
    (hidden): Row => [
      `all families that are known moved, but ${JSON.stringify(hidden)}`,
      rested,
      [seen(NEW, [family(HOUR)]), { ...seen(OLD, [family(40 * DAY)]), ...hidden }],
      'medium',
      ['seen-with'],
    ],
  ),
  [
    'a family was not seen since',
    rested,
    [seen(NEW, [family(HOUR)]), seen(OLD, [family(40 * DAY), family(45 * DAY, { service: 'glacier' })])],
    'low',
    ['seen-with', 'not-moved'],
  ],
  [
    'the same family was seen on the kept key, but not after it',
    rested,
    [seen(NEW, [family(HOUR, elsewhere), family(41 * DAY)]), seen(OLD, [family(40 * DAY)])],
    'low',
    ['seen-with', 'not-moved'],
  ],
  [
    'of a family seen twice the later time counts',
    rested,
    [seen(NEW, [family(41 * DAY), family(HOUR), family(42 * DAY)]), seen(OLD, [family(40 * DAY)])],
    'medium',
    ['seen-with', 'moved'],
  ],
  [
    'a service that calls is an origin of its own',
    rested,
    [
      seen(NEW, [family(HOUR)]),
      seen(OLD, [family(40 * DAY, { source: { kind: 'service', service: 'config.amazonaws.com' } })]),
    ],
    'low',
    ['seen-with', 'not-moved'],
  ],
  [
    'a young key does nothing that the other did',
    [old(used(35 * DAY)), newer(29 * DAY)],
    [seen(NEW, [family(HOUR, elsewhere)]), seen(OLD, [family(35 * DAY)])],
    'low',
    ['seen-with', 'disjoint'],
  ],
  [
    'a young key does a part of what the other did',
    [old(used(35 * DAY)), newer(29 * DAY)],
    [seen(NEW, [family(HOUR)]), seen(OLD, [family(35 * DAY), family(35 * DAY, elsewhere)])],
    'low',
    ['seen-with', 'not-moved'],
  ],
  [
    'a young key is strange to the service that IAM names',
    [old(used(100 * DAY, 'sqs')), newer(29 * DAY)],
    [seen(NEW, [family(HOUR)]), seen(OLD, [])],
    'low',
    ['seen-with', 'disjoint'],
  ],
  [
    'a young key works in the service that IAM names',
    [old(used(100 * DAY)), newer(29 * DAY)],
    [seen(NEW, [family(HOUR)]), seen(OLD, [])],
    'medium',
    ['seen-with'],
  ],
  [
    'of a young key beside one that was never used nothing is strange',
    [old({ kind: 'never' }), newer(29 * DAY)],
    [seen(NEW, [family(HOUR)]), seen(OLD, [])],
    'medium',
    ['seen-with'],
  ],
  [
    'of a young key that was not looked up nothing is known',
    [old(used(100 * DAY, 'sqs')), newer(29 * DAY)],
    [seen(NEW, [], failed('denied')), seen(OLD, [])],
    'medium',
    [],
  ],
  [
    'IAM is late',
    silent,
    [seen(NEW, [family(HOUR)]), seen(OLD, [family(HOUR / 2, elsewhere)])],
    'low',
    ['seen-with', 'seen-since', 'not-moved'],
  ],
  [
    'never used according to IAM, and seen',
    [old({ kind: 'never' }), newer()],
    [seen(NEW, [family(HOUR)]), seen(OLD, [family(2 * HOUR)])],
    'low',
    ['seen-with', 'seen-since', 'moved'],
  ],
  [
    'seen where IAM gave no answer',
    [old({ kind: 'not-read' }), newer()],
    [seen(NEW, [family(HOUR)]), seen(OLD, [family(2 * HOUR)])],
    'low',
    ['seen-with', 'moved'],
  ],
  [
    'IAM knows a use that was not seen',
    rested,
    [seen(NEW, [family(HOUR)]), seen(OLD, [])],
    'low',
    ['seen-with', 'unseen'],
  ],
  [
    'nothing was seen of a key that was silent anyway',
    silent,
    [seen(NEW, [family(HOUR)]), seen(OLD, [])],
    'high',
    ['seen-with'],
  ],
  ['nothing was seen of either', silent, [seen(NEW, []), seen(OLD, [])], 'high', []],
  [
    'throttled where it matters',
    rested,
    [seen(NEW, [family(HOUR)]), seen(OLD, [], failed('throttled'))],
    'low',
    ['seen-with', 'not-looked-up'],
  ],
  [
    'denied where it does not matter',
    silent,
    [seen(NEW, [family(HOUR)]), seen(OLD, [], failed('denied'))],
    'high',
    ['seen-with'],
  ],
  ['not looked up yet', rested, [], 'low', ['not-looked-up']],
  ['switched off', rested, [seen(NEW, [], failed('off')), seen(OLD, [], failed('off'))], 'medium', []],
  [
    'only the kept key could not be looked up',
    rested,
    [seen(NEW, [], failed('throttled')), seen(OLD, [family(40 * DAY)])],
    'low',
    ['not-looked-up'],
  ],
  [
    'every call with the kept key failed',
    silent,
    [seen(NEW, [family(HOUR, { errors: 100 })]), seen(OLD, [])],
    'low',
    ['seen-with', 'only-errors'],
  ],
  [
    'the kept key only reads',
    silent,
    [seen(NEW, [family(HOUR, { writes: 0 })]), seen(OLD, [])],
    'medium',
    ['seen-with', 'only-checks'],
  ],
  [
    'the kept key only opens sessions, and fails elsewhere',
    silent,
    [seen(NEW, [family(HOUR, { service: 'sts' }), family(HOUR, { errors: 100 })]), seen(OLD, [])],
    'medium',
    ['seen-with', 'only-checks'],
  ],
  [
    'two programs in two places share the kept key',
    silent,
    [seen(NEW, [family(HOUR), family(HOUR, { ...elsewhere, agent: 'sdk-java' })]), seen(OLD, [])],
    'medium',
    ['seen-with', 'shared'],
  ],
  [
    'two programs in one place, one of them in another too, are one user',
    silent,
    [seen(NEW, [family(HOUR), family(HOUR, { agent: 'sdk-java' }), family(HOUR, elsewhere)]), seen(OLD, [])],
    'high',
    ['seen-with'],
  ],
  [
    'code manages it',
    silent,
    [seen(NEW, [family(HOUR), family(HOUR, { agent: 'terraform' })]), seen(OLD, [])],
    'medium',
    ['seen-with', 'managed-by-code'],
  ],
];

describe('what usage adds to a proposal', () => {
  it.each(table)('%s', (_name, keys, usage, confidence, added) => {
    const result = judged(keys, usage);
    expect(result).toMatchObject({ confidence, added });
    expect(lowest([confidence, result.without ?? 'low'])).toBe(confidence);
  });

  it('names each origin once, most recent first, and of uses after IAM only the later ones', () => {
    const usage = {
      [NEW]: seen(NEW, [family(HOUR), family(DAY, { service: 'sqs' }), family(DAY, elsewhere)]),
      [OLD]: seen(OLD, [family(3 * DAY, elsewhere), family(100 * DAY)]),
    };
    const reasons = propose(silent, { ...context, usage })?.reasons;
    const boto3 = { agent: 'boto3', source: { kind: 'network', network: '192.0.2.0/24' } };
    expect(reasons).toContainEqual({
      code: 'seen-with',
      keyId: NEW,
      origins: [boto3, { agent: 'boto3', ...elsewhere }],
    });
    expect(reasons).toContainEqual({
      code: 'seen-since',
      keyId: OLD,
      at: ago(3 * DAY),
      origins: [{ agent: 'boto3', ...elsewhere }],
    });
  });
});

const anyTime = fc.integer({ min: 0, max: 90 * 24 }).map((hours) => hours * HOUR);
const anyFamily = fc
  .record({
    network: fc.constantFrom('192.0.2.0/24', '203.0.113.0/24', '2001:db8::/48'),
    agent: fc.constantFrom(...AGENTS),
    service: fc.constantFrom('sts', 'ec2', 'iam', 's3'),
    last: anyTime,
    count: fc.integer({ min: 1, max: 50_000 }),
    failing: fc.double({ min: 0, max: 1, noNaN: true }),
    writing: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ network, agent, service, last, count, failing, writing }) =>
    family(last, {
      source: { kind: 'network', network },
      agent,
      service,
      count,
      errors: Math.floor(count * failing),
      writes: Math.floor(count * writing),
    }),
  );
const anyLookup = fc.constantFrom(
  LOOKED_UP,
  failed('off'),
  failed('waiting'),
  failed('throttled'),
  failed('denied'),
);
const anyUse = fc.oneof(
  fc.constant<LastUsed>({ kind: 'never' }),
  fc.constant<LastUsed>({ kind: 'not-read' }),
  fc.integer({ min: 0, max: 500 }).map((days) => used(days * DAY, days % 2 === 0 ? 's3' : 'ec2')),
);
const anyKeys = fc
  .array(fc.record({ age: fc.integer({ min: 0, max: 900 }), lastUsed: anyUse }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((keys) => keys.map(({ age, lastUsed }, n) => key(`AKIAI44QH8DHBEX1000${n}`, age * DAY, lastUsed)));
const anyTags = fc.dictionary(
  fc.constantFrom('purpose', 'AKIAI44QH8DHBEX10000', 'Owner'),
  fc.constantFrom('dr', 'web', 'break glass', 'keep this one', 'AKIA'),
);

/** Whatever somebody can forge: usage of every key, and tags. */
const anyForged = anyKeys.chain((keys) =>
  fc.record({
    keys: fc.constant(keys),
    tags: anyTags,
    usage: fc
      .array(fc.record({ lookup: anyLookup, families: fc.array(anyFamily, { maxLength: 5 }) }), {
        minLength: 0,
        maxLength: keys.length,
      })
      .map((all) =>
        Object.fromEntries(all.map((one, n) => [keys[n]?.id ?? '', { keyId: keys[n]?.id ?? '', ...one }])),
      ),
  }),
);

describe('whatever is forged', () => {
  it('never raises the confidence, never names another key, and takes away no reason', () => {
    fc.assert(
      fc.property(anyForged, ({ keys, usage, tags }) => {
        const bare = propose(keys, context);
        const full = propose(keys, { ...context, usage, reserved: reservedIn(tags) });
        expect(full?.keep).toBe(bare?.keep);
        expect(full?.others).toEqual(bare?.others);
        expect(lowest([full?.confidence ?? 'low', bare?.confidence ?? 'low'])).toBe(full?.confidence);
        expect(full?.reasons.slice(0, bare?.reasons.length)).toEqual(bare?.reasons);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives a key of an intruder no high confidence: a new key with the user agent of a CI system', () => {
    const actions = { agent: 'github-actions', ...elsewhere } as const;
    for (const age of [HOUR, DAY, 6 * DAY, 29 * DAY]) {
      for (const other of [used(DAY), used(31 * DAY), used(100 * DAY, 'ecs'), { kind: 'never' } as const]) {
        const mine = seen(NEW, [family(60, { ...actions, count: 50_000 })]);
        const usage = { [NEW]: mine, [OLD]: seen(OLD, []) };
        const proposal = propose([old(other), key(NEW, age, used(60))], { ...context, usage });
        expect(proposal?.confidence).not.toBe('high');
      }
    }
  });

  it('lets no busy key hide a weekly job', () => {
    const busy = seen(NEW, [family(60, { count: 50_000 })]);
    const weekly = seen(OLD, [family(4 * DAY, { ...elsewhere, count: 1 })]);
    for (const lastUsed of [used(4 * DAY), used(95 * DAY), { kind: 'never' } as const]) {
      const usage = { [NEW]: busy, [OLD]: weekly };
      expect(propose([old(lastUsed), newer()], { ...context, usage })?.confidence).toBe('low');
    }
  });
});
