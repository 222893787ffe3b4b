import { fileURLToPath } from 'node:url';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { configPage } from '../../sandbox/front/config-page.ts';
import type { ConfigService } from '../../sandbox/gateway/config/service.ts';
import { type StartedConfig, startConfig } from '../../sandbox/launch/config-rule.ts';
import { startConfigSchedule } from '../../sandbox/launch/config-schedule.ts';
import { choosePorts } from '../../sandbox/world/ports.ts';
import type { World } from '../../sandbox/world/world.ts';
import { ADMIN, openWorld } from './world.ts';
import { zipOf } from './zip.ts';

const PLACE = { account: '123456789012', region: 'us-east-1' };

let world: World;
let started: StartedConfig;
let config: ConfigService;

beforeAll(async () => {
  const ports = await choosePorts();
  const settings = { approvers: [], config: { refreshEvery: 'PT1S' } };
  started = startConfig({ ...PLACE, ministackPort: ports.ministack, settings });
  config = started.service;
  world = await openWorld({ ...PLACE, ports, services: { config: config.handler } });
  const built = buildSync({
    entryPoints: [fileURLToPath(new URL('config-probe.ts', import.meta.url))],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
  });
  const lambda = new LambdaClient({
    region: world.region,
    endpoint: world.gateway.url,
    credentials: ADMIN,
  });
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'config-probe',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: `arn:aws:iam::${world.account}:role/probe-role`,
      Timeout: 10,
      Code: { ZipFile: zipOf('index.js', built.outputFiles[0]?.text ?? '') },
    }),
  );
});
afterAll(async () => {
  await started?.stop();
  await world?.stop();
});

const register = (name: string) =>
  config.register({ name, arn: `arn:aws:config:::${name}`, id: name, functionName: 'config-probe' });

it('a run starts the deployed function, whose calls reach AWS Config and are counted', async () => {
  register('works');
  const run = await config.runScheduled();
  expect(run).toMatchObject({ trigger: 'schedule', ok: true, error: null });
  expect(config.view()).toMatchObject([
    { resourceId: 'AIDAPROBE', complianceType: 'NON_COMPLIANT', annotation: null, orderingTimestamp: run.at },
  ]);
  expect(world.gateway.counts.snapshot({ caller: 'config-probe' })).toEqual({
    'config:GetComplianceDetailsByConfigRule': { ok: 1 },
    'config:PutEvaluations': { ok: 1 },
  });
  expect(configPage(config, new Map()).body.toString()).toContain('1 noncompliant, 0 compliant');
});

it('the schedule runs it again and again until it is stopped', async () => {
  const before = config.runs.length;
  const said: string[] = [];
  const stop = startConfigSchedule(config, 100, (line) => said.push(line));
  await expect.poll(() => config.runs.length, { timeout: 15_000 }).toBeGreaterThan(before + 2);
  await stop();
  await expect.poll(() => config.isRunning).toBe(false);
  const after = config.runs.length;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect([config.runs.length, said]).toEqual([after, []]);
});

it('a function that fails is a failed run', async () => {
  const alone = startConfig({
    ...PLACE,
    ministackPort: world.ports.ministack,
    settings: { approvers: [] },
  });
  alone.service.register({ name: 'broken', arn: 'arn', id: 'broken', functionName: 'config-probe' });
  const run = await alone.service.runScheduled();
  expect(run.ok).toBe(false);
  expect(run.error).toContain('this rule always fails');
  await alone.stop();
});
