import { DAY, plus } from '../../functions/core/model/time.ts';
import type { UsageEvent } from '../../functions/core/usage/event.ts';
import type { Family, KeyUsage } from '../../functions/core/usage/usage.ts';
import { NEWER, NOW } from './cases.ts';

export const BOTO =
  'Boto3/1.34.69 md/Botocore#1.34.69 ua/2.0 os/linux#5.10 lang/python#3.12.1 Botocore/1.34.69';
export const CLI = 'aws-cli/2.15.30 Python/3.11.8 Linux/5.15 exe/x86_64.ubuntu.22 prompt/off command/s3.ls';

export function event(more: Partial<UsageEvent> = {}): UsageEvent {
  return {
    at: NOW,
    service: 's3',
    region: 'eu-west-1',
    sourceIp: '203.0.113.17',
    userAgent: BOTO,
    eventName: 'ListBuckets',
    errorCode: null,
    readOnly: true,
    invokedBy: null,
    accessKeyId: NEWER,
    ...more,
  };
}

/** boto3 from one network, which reads S3 now. */
export function family(more: Partial<Family> = {}): Family {
  return {
    source: { kind: 'network', network: '203.0.113.0/24' },
    agent: 'boto3',
    service: 's3',
    region: 'eu-west-1',
    first: NOW,
    last: NOW,
    count: 1,
    errors: 0,
    writes: 0,
    ...more,
  };
}

/** A key that was looked up now, with everything of the last 90 days seen. */
export function usage(families: readonly Family[], more: Partial<KeyUsage> = {}): KeyUsage {
  return {
    keyId: NEWER,
    lookup: { kind: 'looked-up', at: NOW, back: plus(NOW, -90 * DAY), regions: ['us-east-1', 'eu-west-1'] },
    families,
    ...more,
  };
}
