import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AddUserToGroupCommand, CreateGroupCommand, CreatePolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Report } from '../../functions/core/assess/report.ts';
import { runAssess } from '../../ops/assess/run.ts';
import type { World } from '../../sandbox/world/world.ts';
import { ADMIN, iamClient, openWorld, seedUsers } from '../sandbox/world.ts';

const USERS = 5_000;
const VIOLATING = 100;
/** Users with a second key; that of the first hundred is active. */
const TWO_KEYS = 1_500;
const MOST_CALLS = 450;
/** Groups and policies come in the same list as the users. Making more takes the emulator minutes. */
const GROUPS = 100;
const POLICIES = 100;

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
  const iam = iamClient(world);
  const statement = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statement });
  for (let n = 0; n < GROUPS; n += 1) {
    await iam.send(new CreateGroupCommand({ GroupName: `group-${n}` }));
    await iam.send(new AddUserToGroupCommand({ GroupName: `group-${n}`, UserName: `user-${n}` }));
  }
  for (let n = 0; n < POLICIES; n += 1) {
    await iam.send(new CreatePolicyCommand({ PolicyName: `policy-${n}`, PolicyDocument }));
  }
  world.gateway.counts.reset();
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
  const { totals, privileged } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
  expect(totals).toEqual({
    users: USERS,
    several: VIOLATING,
    one: USERS - VIOLATING,
    none: 0,
    unread: 0,
    inactiveSecond: TWO_KEYS - VIOLATING,
  });
  expect(privileged).toEqual({ administrators: 0, canBecome: 0, unknown: 0, several: 0 });
  const calls = world.gateway.counts.count({ service: 'iam' });
  process.stdout.write(`${calls} IAM calls for ${USERS} users\n`);
  expect(calls).toBeLessThanOrEqual(MOST_CALLS);
});
