import { describe, expect, it } from 'vitest';
import type { UsageQuery } from '../../../functions/app/usage-ports.ts';
import { assess } from '../../../functions/core/assess/assessment.ts';
import { type Instant, plus } from '../../../functions/core/model/time.ts';
import type { KeyUsage } from '../../../functions/core/usage/usage.ts';
import { lookUpUsage, usersToLookUp } from '../../../ops/assess/usage.ts';
import { aged, surveyed, TERMS } from '../../core/assess/users.ts';
import { NEWER, NOW, OLDER } from '../../fakes/cases.ts';
import { family, usage } from '../../fakes/usage.ts';

const USERS = Array.from({ length: 12 }, (_, n) =>
  surveyed(`User${n}`, [aged(`${OLDER}${n}`, 600 - n, 1), aged(`${NEWER}${n}`, 400, null)]),
);
const assessment = assess(USERS, TERMS, NOW);

/** A reader whose calls take a second each, and what it was asked. */
function reading(answer: (query: UsageQuery) => KeyUsage) {
  const asked: UsageQuery[] = [];
  const said: string[] = [];
  let clock: Instant = NOW;
  const reader = {
    of: async (query: UsageQuery) => {
      asked.push(query);
      clock = plus(clock, 5 * query.regions.length);
      return answer(query);
    },
  };
  const say = (line: string) => said.push(line);
  return { asked, said, options: { reader, home: 'us-east-1', now: () => clock, say } };
}

const found = ({ keyId }: UsageQuery) => usage([family()], { keyId });
const denied = ({ keyId }: UsageQuery, more = {}): KeyUsage => ({
  keyId,
  lookup: { kind: 'not-looked-up', why: 'denied', ...more },
  families: [],
});

describe('the users whose keys are looked up', () => {
  it.each([
    [{ usage: 'off', explain: null }, 0],
    [{ usage: 'on', explain: null }, 10],
    [{ usage: 'all', explain: null }, 12],
    [{ usage: 'on', explain: 'uSER3' }, 1],
    [{ usage: 'on', explain: 'nobody' }, 0],
  ] as const)('%j: %d', (options, count) => {
    const users = usersToLookUp(assessment, options);
    expect(users).toHaveLength(count);
    expect(assessment.violators.slice(0, count > 1 ? count : 0)).toEqual(count > 1 ? users : []);
  });
});

describe('looking up', () => {
  it('reads the home Region, and the one of the last use', async () => {
    const { asked, options } = reading(found);
    const [first] = assessment.violators;
    const { usage: all, denied: refused } = await lookUpUsage(first ? [first] : [], 'all', options);
    expect(asked.map(({ regions, until }) => [regions, until])).toEqual([
      [['us-east-1'], null],
      [['us-east-1', 'eu-west-1'], null],
    ]);
    expect([all.size, refused]).toEqual([2, false]);
  });

  it('ends after a minute, and begins no key that it could not finish', async () => {
    const { asked, said, options } = reading(found);
    const { usage: some } = await lookUpUsage(
      usersToLookUp(assessment, { usage: 'on', explain: null }),
      'on',
      options,
    );
    // Fifteen seconds a user: four users.
    expect([asked.length, some.size]).toEqual([8, 8]);
    expect(asked.every(({ until }) => until === plus(NOW, 60))).toBe(true);
    expect(said[0]).toBe(
      "Looking up 20 active keys in CloudTrail's event history, for at most 60 seconds ...",
    );
    expect(said[1]).toBe('1 of 20 keys looked up');
  });

  it('takes as long as it needs with "all"', async () => {
    const { asked, said, options } = reading(found);
    await lookUpUsage(assessment.violators, 'all', options);
    expect(asked).toHaveLength(24);
    expect(said[0]).not.toContain('60');
  });

  it('stops where the first call is not permitted, and says so of every key', async () => {
    const { asked, options } = reading((query) => denied(query));
    const { usage: all, denied: refused } = await lookUpUsage(assessment.violators, 'on', options);
    expect([asked.length, all.size, refused]).toEqual([1, 24, true]);
    expect([...all.values()].every(({ lookup }) => lookup.kind === 'not-looked-up')).toBe(true);
    expect([...all].every(([id, { keyId }]) => id === keyId)).toBe(true);
  });

  it('goes on where only one Region is not permitted', async () => {
    const { asked, options } = reading((query) =>
      query.regions.length > 1 ? denied(query, { partly: true }) : found(query),
    );
    const { usage: all, denied: refused } = await lookUpUsage(
      assessment.violators.slice(0, 2),
      'on',
      options,
    );
    expect([asked.length, all.size, refused]).toEqual([4, 4, true]);
  });

  it('leaves out keys of which only the credential report knows', async () => {
    const { asked, options } = reading(found);
    const keys = [aged('key 1', 600, 1), aged('key 2', 90, 1)];
    await lookUpUsage(assess([surveyed('x', keys)], TERMS, NOW).violators, 'on', options);
    expect(asked).toEqual([]);
  });

  it('says and reads nothing without users', async () => {
    const { asked, said, options } = reading(found);
    await lookUpUsage([], 'on', options);
    expect([asked, said]).toEqual([[], []]);
  });
});
