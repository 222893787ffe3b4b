import {
  CloudTrailClient,
  LookupEventsCommand,
  type LookupEventsCommandInput,
  type LookupEventsCommandOutput,
} from '@aws-sdk/client-cloudtrail';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { usageReader } from '../../functions/adapters/lookup-events.ts';
import { instantOf } from '../../functions/core/model/time.ts';
import type { TrailRecord } from '../../sandbox/gateway/cloudtrail.ts';
import { EventHistory, type SeededEvent } from '../../sandbox/gateway/event-history.ts';
import { type Gateway, startGateway } from '../../sandbox/gateway/server.ts';
import { choosePorts } from '../../sandbox/world/ports.ts';
import { ADMIN } from './world.ts';

const ACCOUNT = '123456789012';
const KEY = 'AKIAIOSFODNN7EXAMPLE';
const START = Date.parse('2026-11-23T16:10:00Z');
const HOUR = 3_600_000;

let now = START;
let recorded: readonly TrailRecord[] = [];
let history = new EventHistory(
  ACCOUNT,
  () => recorded,
  () => now,
);
let gateway: Gateway;

beforeAll(async () => {
  const ports = await choosePorts();
  gateway = await startGateway({
    port: ports.gateway,
    account: ACCOUNT,
    ministackUrl: 'http://127.0.0.1:1',
    motoUrl: 'http://127.0.0.1:1',
    say: () => undefined,
    services: { cloudtrail: (call) => history.handler(call) },
  });
});
afterAll(() => gateway?.stop());
beforeEach(() => {
  now = START;
  recorded = [];
  history = new EventHistory(
    ACCOUNT,
    () => recorded,
    () => now,
  );
  gateway.counts.reset();
});

const client = (region: string) =>
  new CloudTrailClient({ region, endpoint: gateway.url, credentials: ADMIN, maxAttempts: 1 });

function call(millisAgo: number, more: Partial<SeededEvent> = {}): SeededEvent {
  return {
    accessKeyId: KEY,
    userName: 'ci',
    eventTime: `${new Date(START - millisAgo).toISOString().slice(0, 19)}Z`,
    eventSource: 's3.amazonaws.com',
    eventName: 'ListBuckets',
    awsRegion: 'us-east-1',
    sourceIPAddress: '203.0.113.17',
    userAgent: 'Boto3/1.34.69 Botocore/1.34.69',
    readOnly: true,
    ...more,
  };
}

const byKey = { LookupAttributes: [{ AttributeKey: 'AccessKeyId' as const, AttributeValue: KEY }] };

/** One call, a second after the one before it. */
async function lookUp(input: LookupEventsCommandInput = byKey, region = 'us-east-1') {
  now += 1_000;
  return client(region).send(new LookupEventsCommand(input));
}
const names = ({ Events = [] }: LookupEventsCommandOutput) => Events.map(({ EventName }) => EventName);
const at = (millisAgo: number) => new Date(START - millisAgo);

describe('LookupEvents', () => {
  it('answers as CloudTrail does: newest first, the record as a text', async () => {
    history.seed([call(2 * HOUR, { eventName: 'Old' }), call(HOUR, { eventName: 'New' })]);
    const found = await lookUp();
    expect(names(found)).toEqual(['New', 'Old']);
    const [first] = found.Events ?? [];
    expect(first).toMatchObject({
      ReadOnly: 'true',
      AccessKeyId: KEY,
      EventSource: 's3.amazonaws.com',
      Username: 'ci',
      EventTime: at(HOUR),
    });
    expect(JSON.parse(first?.CloudTrailEvent ?? '')).toMatchObject({
      eventTime: '2026-11-23T15:10:00Z',
      userIdentity: { accessKeyId: KEY, userName: 'ci' },
      readOnly: true,
    });
  });

  it('finds events of this key, Region and time, of 90 days, and management events only', async () => {
    history.seed([
      call(HOUR),
      call(HOUR, { accessKeyId: 'AKIAI44QH8DHBEX13QXK' }),
      call(HOUR, { awsRegion: 'eu-west-1', eventName: 'There' }),
      call(91 * 24 * HOUR),
    ]);
    history.add([
      {
        ...(JSON.parse((await lookUp()).Events?.[0]?.CloudTrailEvent ?? '') as TrailRecord),
        managementEvent: false,
      },
    ]);
    expect(names(await lookUp())).toEqual(['ListBuckets']);
    expect(names(await lookUp(byKey, 'eu-west-1'))).toEqual(['There']);
    expect(names(await lookUp({}))).toHaveLength(2);
    expect(names(await lookUp({ ...byKey, StartTime: at(HOUR), EndTime: at(HOUR) }))).toHaveLength(1);
    expect(names(await lookUp({ ...byKey, StartTime: at(HOUR - 1_000) }))).toEqual([]);
    expect(names(await lookUp({ ...byKey, EndTime: at(HOUR + 1_000) }))).toEqual([]);
  });

  it('has what the trail of the gateway recorded', async () => {
    history.seed([call(HOUR)]);
    const [seeded] = (await lookUp()).Events ?? [];
    recorded = [
      { ...(JSON.parse(seeded?.CloudTrailEvent ?? '') as TrailRecord), eventName: 'CreateAccessKey' },
    ];
    expect(names(await lookUp())).toContain('CreateAccessKey');
  });

  it('gives at most 50 events a page, and goes on with the token of the very same request', async () => {
    history.seed(Array.from({ length: 60 }, (_, n) => call(n * 60_000, { eventName: `Call${n}` })));
    const first = await lookUp();
    expect(first.Events).toHaveLength(50);
    const second = await lookUp({ ...byKey, NextToken: first.NextToken });
    expect(names(second)).toEqual(Array.from({ length: 10 }, (_, n) => `Call${n + 50}`));
    expect(second.NextToken).toBeUndefined();
    await expect(lookUp({ ...byKey, MaxResults: 5, NextToken: first.NextToken })).rejects.toThrow(
      'not valid',
    );
    await expect(lookUp({ ...byKey, NextToken: 'x' })).rejects.toMatchObject({
      name: 'InvalidNextTokenException',
    });
  });

  it.each([
    [{ MaxResults: 51 }, 'InvalidMaxResultsException'],
    [{ MaxResults: 0 }, 'InvalidMaxResultsException'],
    [{ StartTime: at(0), EndTime: at(HOUR) }, 'InvalidTimeRangeException'],
    [
      { LookupAttributes: [{ AttributeKey: 'Username' as const, AttributeValue: 'ci' }] },
      'InvalidLookupAttributesException',
    ],
    [
      { LookupAttributes: [...byKey.LookupAttributes, ...byKey.LookupAttributes] },
      'InvalidLookupAttributesException',
    ],
  ])('refuses %j with %s', async (input, name) => {
    await expect(lookUp(input)).rejects.toMatchObject({ name });
  });

  it('takes two calls a second in each Region, and refuses a third', async () => {
    const here = client('us-east-1');
    const ask = () => here.send(new LookupEventsCommand(byKey));
    await ask();
    await ask();
    await expect(ask()).rejects.toMatchObject({ name: 'ThrottlingException' });
    await expect(client('eu-west-1').send(new LookupEventsCommand(byKey))).resolves.toBeDefined();
    now += 1_000;
    await expect(ask()).resolves.toBeDefined();
    expect(gateway.counts.snapshot()).toEqual({
      'cloudtrail:LookupEvents': { ok: 4, ThrottlingException: 1 },
    });
  });

  it('is all that the sandbox has of CloudTrail', async () => {
    const answer = await fetch(gateway.url, {
      method: 'POST',
      headers: {
        authorization:
          'AWS4-HMAC-SHA256 Credential=x/20261123/us-east-1/cloudtrail/aws4_request, Signature=0',
        'x-amz-target': 'CloudTrail_20131101.ListTrails',
      },
    });
    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([
      400,
      'UnknownOperationException',
    ]);
  });
});

it('shows the reader a busy key and its weekly job, within the rate', async () => {
  history.seed([
    ...Array.from({ length: 120 }, (_, n) => call(n * 20_000)),
    call(5 * 24 * HOUR, {
      awsRegion: 'eu-west-1',
      userAgent: 'configure-aws-credentials-for-github-actions',
    }),
  ]);
  const reader = usageReader({
    client,
    pause: async (seconds) => {
      now += seconds * 1_000;
    },
    now: () => instantOf(now),
  });
  const regions = ['us-east-1', 'eu-west-1'];
  const { lookup, families } = await reader.of({ keyId: KEY, created: null, regions, until: null });
  expect(families.map(({ agent }) => agent)).toEqual(['boto3', 'github-actions']);
  expect(lookup).toMatchObject({ kind: 'looked-up', back: instantOf(START - 49 * 20_000) });
  expect(gateway.counts.snapshot()).toEqual({ 'cloudtrail:LookupEvents': { ok: 10 } });
});
