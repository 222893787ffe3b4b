import { beforeEach, describe, expect, it } from 'vitest';
import type { UsageQuery } from '../../functions/app/usage-ports.ts';
import { witness } from '../../functions/app/witness.ts';
import { type Instant, plus } from '../../functions/core/model/time.ts';
import type { KeyUsage } from '../../functions/core/usage/usage.ts';
import type { UserUsage } from '../../functions/core/usage/user-usage.ts';
import { ACCOUNT, NEWER, NOW, OLDER, USER_ID } from '../fakes/cases.ts';
import { memoryLog, standingClock } from '../fakes/ports.ts';
import { family, usage } from '../fakes/usage.ts';

const clock = standingClock(NOW);
const kept: { readonly userId: string; readonly usage: UserUsage }[] = [];
const queries: UsageQuery[] = [];
let log = memoryLog();

const throttled = (keyId: string): KeyUsage => ({
  keyId,
  lookup: { kind: 'not-looked-up', why: 'throttled' },
  families: [],
});

const world = (answer = (keyId: string): KeyUsage => usage([family()], { keyId })) => ({
  reader: {
    of: async (query: UsageQuery) => {
      queries.push(query);
      return answer(query.keyId);
    },
  },
  store: {
    keep: async (_account: string, userId: string, found: UserUsage) => {
      kept.push({ userId, usage: found });
    },
  },
  clock,
  log,
  account: ACCOUNT,
  region: 'us-east-1',
  answered: new Map<string, Instant>(),
});

const question = {
  account: ACCOUNT,
  userId: USER_ID,
  keys: [
    { keyId: NEWER, created: NOW, regions: ['eu-west-1'] },
    { keyId: OLDER, created: plus(NOW, -60), ended: plus(NOW, -30), regions: ['us-east-1'] },
  ],
};

beforeEach(() => {
  kept.length = 0;
  queries.length = 0;
  log = memoryLog();
});

describe('witness', () => {
  it('looks up all keys of a user, in the home Region first, and stores them together', async () => {
    await witness(world(), question, NOW);
    expect(queries.map(({ keyId, created, ended, regions }) => [keyId, created, ended, regions])).toEqual([
      [NEWER, NOW, undefined, ['us-east-1', 'eu-west-1']],
      [OLDER, plus(NOW, -60), plus(NOW, -30), ['us-east-1']],
    ]);
    expect(kept).toEqual([
      {
        userId: USER_ID,
        usage: { at: NOW, keys: [NEWER, OLDER].map((keyId) => usage([family()], { keyId })) },
      },
    ]);
    expect(log.lines).toEqual([]);
  });

  it('leaves time to store what it found', async () => {
    await witness(world(), question, NOW);
    expect(queries.map(({ until }) => until)).toEqual([plus(NOW, 10), plus(NOW, 10)]);
    await witness({ ...world(), clock: { ...clock, remaining: () => 1000 } }, question, NOW);
    expect(queries.at(-1)?.until).toBe(NOW);
  });

  it('stores as such what could not be looked up, and reports it without a key id', async () => {
    await witness(
      world((keyId) => (keyId === OLDER ? throttled(keyId) : usage([], { keyId }))),
      question,
      NOW,
    );
    expect(kept[0]?.usage.keys.map(({ lookup }) => lookup.kind)).toEqual(['looked-up', 'not-looked-up']);
    const said = log.lines.join();
    expect(said).toContain('count UsageNotLookedUp');
    expect(said).toContain('throttled');
    expect(said).not.toContain(OLDER);
  });

  it('does nothing about another account', async () => {
    await witness(world(), { ...question, account: '999999999999' }, NOW);
    expect([queries, kept]).toEqual([[], []]);
    expect(log.lines.join()).toContain('count OtherAccount');
  });

  it('answers a question once that was repeated while it waited, and a later one again', async () => {
    const same = world();
    await witness(same, question, plus(NOW, -60));
    await witness(same, question, plus(NOW, -30));
    expect(kept).toHaveLength(1);
    await witness(same, { ...question, keys: question.keys.slice(0, 1) }, plus(NOW, -30));
    await witness(same, { ...question, userId: 'AIDAOTHER' }, plus(NOW, -30));
    expect(kept).toHaveLength(3);
    await witness(same, question, NOW);
    expect(kept).toHaveLength(4);
  });
});
