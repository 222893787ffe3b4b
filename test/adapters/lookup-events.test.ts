import {
  CloudTrailClient,
  CloudTrailServiceException,
  LookupEventsCommand,
} from '@aws-sdk/client-cloudtrail';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { PACE, usageReader } from '../../functions/adapters/lookup-events.ts';
import { DAY, HOUR, type Instant, plus } from '../../functions/core/model/time.ts';
import { windowsAt } from '../../functions/core/usage/windows.ts';
import { NEWER, NOW, OLDER } from '../fakes/cases.ts';
import { BOTO } from '../fakes/usage.ts';

const trail = mockClient(CloudTrailClient);
let clock: Instant = NOW;
let asked: string[] = [];
let pauses: number[] = [];

const reader = () =>
  usageReader({
    client: (region) => {
      asked.push(region);
      return new CloudTrailClient({ region });
    },
    pause: async (seconds) => {
      pauses.push(seconds);
      clock = plus(clock, seconds);
    },
    now: () => clock,
  });

beforeEach(() => {
  trail.reset();
  trail.on(LookupEventsCommand).resolves({ Events: [] });
  [clock, asked, pauses] = [NOW, [], []];
});

const query = { keyId: NEWER, created: null, regions: ['us-east-1', 'eu-west-1'], until: null };
const record = (at: Instant, more = {}) => ({
  CloudTrailEvent: JSON.stringify({
    userIdentity: { accessKeyId: NEWER },
    eventTime: at,
    eventSource: 's3.amazonaws.com',
    eventName: 'ListBuckets',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '203.0.113.17',
    userAgent: BOTO,
    ...more,
  }),
});
const refusal = (name: string) =>
  new CloudTrailServiceException({ name, $fault: 'client', $metadata: {}, message: 'no' });
const calls = () => trail.commandCalls(LookupEventsCommand).map(({ args }) => args[0].input);

describe('the usage of a key', () => {
  it('takes one page of 50 in each of five windows and two Regions, a second apart', async () => {
    await reader().of(query);
    expect(asked).toEqual([...Array(5).fill('us-east-1'), ...Array(5).fill('eu-west-1')]);
    expect(pauses).toEqual(Array(9).fill(PACE));
    expect(calls().slice(0, 5)).toEqual(
      windowsAt(NOW, null).map(({ from, to }) => ({
        LookupAttributes: [{ AttributeKey: 'AccessKeyId', AttributeValue: NEWER }],
        StartTime: new Date(from),
        EndTime: new Date(to),
        MaxResults: 50,
      })),
    );
  });

  it('reads a deactivated key as of its deactivation', async () => {
    const ended = plus(NOW, -7 * 24 * HOUR);
    await reader().of({ ...query, ended });
    expect(calls()[0]?.EndTime).toEqual(new Date(ended));
    expect(calls()[4]?.StartTime).toEqual(new Date(plus(NOW, -90 * 24 * HOUR)));
  });

  it('has all families of all pages, once each', async () => {
    trail
      .on(LookupEventsCommand)
      .resolvesOnce({ Events: [record(NOW), record(plus(NOW, -60), { eventSource: 'sts.amazonaws.com' })] })
      .resolvesOnce({ Events: [record(plus(NOW, -2 * HOUR))] })
      .resolves({});
    const { families, lookup } = await reader().of(query);
    expect(families).toMatchObject([
      { service: 's3', count: 2, last: NOW, first: plus(NOW, -2 * HOUR) },
      { service: 'sts', count: 1 },
    ]);
    expect(lookup).toEqual({
      kind: 'looked-up',
      at: NOW,
      back: plus(NOW, -90 * DAY),
      regions: query.regions,
    });
  });

  it('says how far back it is complete', async () => {
    const oldest = plus(NOW, -300);
    trail
      .on(LookupEventsCommand)
      .resolvesOnce({ Events: [record(NOW), record(oldest), record(plus(NOW, -9))], NextToken: 'more' })
      .resolves({ Events: [] });
    expect((await reader().of(query)).lookup).toMatchObject({ kind: 'looked-up', back: oldest });
  });

  it('reads no windows from before the key was created', async () => {
    await reader().of({ ...query, created: plus(NOW, -2 * HOUR) });
    expect(calls()).toHaveLength(4);
  });

  it('counts what it could not read, and what it left out', async () => {
    const many = Array.from({ length: 50 }, (_, n) => record(NOW, { eventSource: `s${n}.amazonaws.com` }));
    trail
      .on(LookupEventsCommand)
      .resolvesOnce({ Events: [{}, record(NOW, { userIdentity: { accessKeyId: OLDER } }), ...many] })
      .resolves({});
    expect(await reader().of(query)).toMatchObject({ leftOut: 10, unread: 2 });
  });
});

describe('a key that is not looked up', () => {
  it.each([
    ['AccessDeniedException', 'denied'],
    ['UnrecognizedClientException', 'failed'],
    ['ThrottlingException', 'throttled'],
  ])('says so after %s: %s', async (name, why) => {
    trail.on(LookupEventsCommand).rejects(refusal(name));
    expect(await reader().of(query)).toEqual({
      keyId: NEWER,
      lookup: { kind: 'not-looked-up', why },
      families: [],
    });
  });

  it('has no families, even if a part was read, and says that', async () => {
    trail
      .on(LookupEventsCommand)
      .resolvesOnce({ Events: [record(NOW)] })
      .rejects(refusal('AccessDeniedException'));
    expect(await reader().of(query)).toEqual({
      keyId: NEWER,
      lookup: { kind: 'not-looked-up', why: 'denied', partly: true },
      families: [],
    });
  });

  it('was tried again twice if CloudTrail throttled, and a third refusal is the end', async () => {
    const throttled = refusal('ThrottlingException');
    trail.on(LookupEventsCommand).rejectsOnce(throttled).rejectsOnce(throttled).resolves({});
    expect((await reader().of(query)).lookup.kind).toBe('looked-up');
    expect(pauses.slice(0, 5)).toEqual([2, PACE, 4, PACE, PACE]);
    trail.reset();
    trail.on(LookupEventsCommand).rejects(throttled);
    await reader().of(query);
    expect(calls()).toHaveLength(3);
  });

  it('is one for which time ran out', async () => {
    const { lookup } = await reader().of({ ...query, until: plus(NOW, 3) });
    expect(lookup).toEqual({ kind: 'not-looked-up', why: 'waiting', partly: true });
    expect(calls()).toHaveLength(3);
  });

  it('is one for which something was thrown that is no error', async () => {
    const broken = usageReader({
      client: () => ({ send: () => Promise.reject('no') }),
      pause: async () => undefined,
      now: () => NOW,
    });
    expect((await broken.of(query)).lookup).toMatchObject({ why: 'failed' });
  });
});

it('keeps the pace between two keys, too', async () => {
  const one = reader();
  await one.of({ ...query, regions: ['us-east-1'] });
  await one.of({ ...query, keyId: OLDER, regions: ['us-east-1'] });
  expect(calls()).toHaveLength(10);
  expect(pauses).toEqual(Array(9).fill(PACE));
});
