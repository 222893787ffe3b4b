import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeAll, expect, it, vi } from 'vitest';
import type { Checked } from '../../functions/app/health/check-health.ts';
import { CHECKS } from '../../functions/core/health/checks.ts';
import { EXPECTED } from '../fakes/health.ts';
import { shipped } from '../fakes/shipped.ts';
import { CONTEXT, ENVIRONMENT, mockedTable } from './table.ts';

const SETTINGS = {
  region: 'us-east-1',
  accountName: 'prod-payments',
  mode: 'enforce',
  approvers: [{ id: 'sec-lead', name: 'Security lead', email: 'security@example.com' }],
};
const denied = () => Object.assign(new Error('no'), { name: 'AccessDeniedException' });
const readOnly = [
  CloudTrailClient,
  ConfigServiceClient,
  EventBridgeClient,
  KMSClient,
  LambdaClient,
  S3Client,
  SQSClient,
].map((client) => mockClient(client as typeof CloudTrailClient));
const sns = mockClient(SNSClient);
const { documents } = mockedTable();

let handler: (event: unknown, context: typeof CONTEXT) => Promise<Checked>;

beforeAll(async () => {
  vi.stubGlobal('SOLEKEY_SETTINGS_BASE64', shipped(SETTINGS));
  // Health has no other names than these.
  for (const name of [
    'AWS_REGION',
    'TABLE_NAME',
    'MAIL_TOPIC_ARN',
    'INVENTORY_BUCKET',
    'RECORDS_BUCKET',
    'RECORDS_KEY_ID',
    'POWERTOOLS_LOG_LEVEL',
    'POWERTOOLS_METRICS_DISABLED',
  ]) {
    vi.stubEnv(name, ENVIRONMENT[name]);
  }
  vi.stubEnv('OPERATOR_TOPIC_ARN', 'arn:operators');
  vi.stubEnv('EXPECTED', JSON.stringify(EXPECTED));
  ({ handler } = await import('../../functions/handlers/health.ts'));
});

it('tells operators at the first run what it may not read, and nothing at the second', {
  timeout: 30_000,
}, async () => {
  for (const mock of readOnly) {
    mock.onAnyCommand().rejects(denied());
  }
  sns.onAnyCommand().rejects(denied());
  documents.on(QueryCommand).resolves({ Items: [] });
  sns.on(PublishCommand).resolves({});
  expect(documents.commandCalls(GetCommand)).toEqual([]);
  const { checks, began } = await handler(null, CONTEXT);
  expect(checks).toBe(Object.keys(CHECKS).length);
  expect(began).toBeGreaterThan(8);
  const [mail, ...more] = sns.commandCalls(PublishCommand).map((call) => call.args[0].input);
  expect(more).toEqual([]);
  expect(mail?.TopicArn).toBe('arn:operators');
  expect(mail?.Message).toContain(
    'Solekey could not check the CloudTrail trails: its permission is missing or denied.',
  );
  const keys = documents.commandCalls(UpdateCommand).map((call) => call.args[0].input.Key?.pk);
  expect(new Set(keys)).toEqual(new Set(['HEALTH#123456789012']));
  expect((await handler(null, CONTEXT)).began).toBe(0);
});
