import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { usageReader } from '../../functions/adapters/lookup-events.ts';
import { witness } from '../../functions/app/witness.ts';
import { DAY, type Instant, plus, secondsBetween } from '../../functions/core/model/time.ts';
import { REACH } from '../../functions/core/usage/windows.ts';
import { ACCOUNT, NOW } from '../fakes/cases.ts';
import { memoryLog } from '../fakes/ports.ts';

it('looks up the keys of 500 cases within a day, at one call a second and five a key and Region', async () => {
  const trail = mockClient(CloudTrailClient);
  const client = new CloudTrailClient({ region: 'us-east-1' });
  let clock: Instant = NOW;
  const calls: { readonly at: Instant; readonly keyId: string }[] = [];
  trail.on(LookupEventsCommand).callsFake(({ LookupAttributes }) => {
    calls.push({ at: clock, keyId: LookupAttributes[0].AttributeValue });
    return { Events: [] };
  });
  const kept: string[] = [];
  const world = {
    reader: usageReader({
      client: () => client,
      pause: async (seconds) => {
        clock = plus(clock, seconds);
      },
      now: () => clock,
    }),
    store: { keep: async (_account: string, userId: string) => void kept.push(userId) },
    clock: { now: () => clock, remaining: () => 300_000 },
    log: memoryLog(),
    account: ACCOUNT,
    region: 'us-east-1',
    answered: new Map<string, Instant>(),
  };
  for (let n = 0; n < 500; n += 1) {
    const keys = ['A', 'B'].map((letter) => ({
      keyId: `AKIA${letter}${String(n).padStart(11, '0')}`,
      created: plus(NOW, -400 * DAY),
      regions: ['eu-west-1'],
    }));
    await witness(world, { account: ACCOUNT, userId: `AIDA${n}`, keys }, NOW);
  }
  expect(new Set(kept).size).toBe(500);
  expect(world.log.lines).toEqual([]);
  expect(calls).toHaveLength(500 * 2 * 2 * REACH.length);
  const byKey = new Map<string, number>();
  for (const { keyId } of calls) {
    byKey.set(keyId, (byKey.get(keyId) ?? 0) + 1);
  }
  expect(new Set(byKey.values())).toEqual(new Set([2 * REACH.length]));
  const gaps = calls.slice(1).map(({ at }, index) => secondsBetween(calls[index]?.at ?? at, at));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1);
  expect(secondsBetween(NOW, clock)).toBeLessThan(DAY / 8);
});
