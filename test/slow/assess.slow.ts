import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Report } from '../../functions/core/assess/report.ts';
import { runAssess } from '../../ops/assess/run.ts';
import type { World } from '../../sandbox/world/world.ts';
import { ADMIN, openWorld, seedUsers } from '../sandbox/world.ts';

const USERS = 5_000;
const VIOLATING = 100;
/** Users with a second key; that of the first hundred is active. */
const TWO_KEYS = 1_500;
const MOST_CALLS = 450;

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

let world: World;
const folder = mkdtempSync(join(tmpdir(), 'solekey-assess-'));
beforeAll(async () => {
  world = await openWorld();
  await seedUsers(
    world,
    Array.from({ length: USERS }, (_, n) => {
      const key = (status: 'Active' | 'Inactive', days: number) => ({ status, created: daysAgo(days) });
      const second = n < VIOLATING ? [key('Active', 30)] : n < TWO_KEYS ? [key('Inactive', 30)] : [];
      return { userName: `user-${n}`, created: daysAgo(400), keys: [key('Active', 300), ...second] };
    }),
  );
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
  await world?.stop();
});

it(`assesses ${USERS} users in at most ${MOST_CALLS} calls, and finds all ${VIOLATING} violations`, async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', ADMIN.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', ADMIN.secretAccessKey);
  const streams = { out: () => undefined, err: () => undefined };
  const args = ['--endpoint-url', world.gateway.url, '--out', folder, '--usage', 'off'];
  const code = await runAssess(args, streams);
  expect(code).toBe(2);
  const { totals } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
  expect(totals).toEqual({
    users: USERS,
    several: VIOLATING,
    one: USERS - VIOLATING,
    none: 0,
    unread: 0,
    inactiveSecond: TWO_KEYS - VIOLATING,
  });
  const calls = world.gateway.counts.count({ service: 'iam' });
  process.stdout.write(`${calls} IAM calls for ${USERS} users\n`);
  expect(calls).toBeLessThanOrEqual(MOST_CALLS);
});
