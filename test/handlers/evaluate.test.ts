import {
  ConfigServiceClient,
  GetComplianceDetailsByConfigRuleCommand,
  PutEvaluationsCommand,
} from '@aws-sdk/client-config-service';
import {
  GenerateCredentialReportCommand,
  GetAccessKeyLastUsedCommand,
  GetAccountAuthorizationDetailsCommand,
  GetCredentialReportCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
} from '@aws-sdk/client-iam';
import {
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Evaluated } from '../../functions/app/survey/evaluate.ts';
import type { Hourly } from '../../functions/app/survey/hourly.ts';
import { SURVEY_INPUT } from '../../functions/contracts/fixed-names.ts';
import { ACCOUNT, NEWER, OLDER, USER_ID } from '../fakes/cases.ts';
import { shipped } from '../fakes/shipped.ts';
import { CONTEXT, ENVIRONMENT, mockedTable } from './table.ts';

const iam = mockClient(IAMClient);
const config = mockClient(ConfigServiceClient);
const sqs = mockClient(SQSClient);
const s3 = mockClient(S3Client);
const { documents } = mockedTable();

const settings = {
  region: 'us-east-1',
  accountName: 'prod-payments',
  mode: 'enforce',
  approvers: [{ id: 'sec-lead', name: 'Security lead', email: 'security@example.com' }],
};

let handler: (event: unknown, context: typeof CONTEXT) => Promise<Evaluated | Hourly | null>;

beforeAll(async () => {
  for (const [name, value] of Object.entries(ENVIRONMENT)) {
    vi.stubEnv(name, value);
  }
  vi.stubGlobal('SOLEKEY_SETTINGS_BASE64', shipped(settings));
  ({ handler } = await import('../../functions/handlers/evaluate.ts'));
});

const made = new Date('2025-01-01T00:00:00Z');
const arn = `arn:aws:iam::${ACCOUNT}:user/ci-deploy`;
const REPORT = [
  'user,arn,user_creation_time,access_key_1_active,access_key_1_last_rotated,access_key_2_active,access_key_2_last_rotated',
  `ci-deploy,${arn},${made.toISOString()},true,${made.toISOString()},true,${made.toISOString()}`,
].join('\n');

beforeEach(() => {
  for (const client of [iam, config, sqs, s3]) {
    client.reset();
  }
  const user = { UserId: USER_ID, UserName: 'ci-deploy', Path: '/', Arn: arn, CreateDate: made };
  iam
    .on(GenerateCredentialReportCommand)
    .resolves({ State: 'COMPLETE' })
    .on(GetCredentialReportCommand)
    .resolves({ Content: Buffer.from(REPORT) as never, GeneratedTime: made })
    .on(GetAccountAuthorizationDetailsCommand)
    .resolves({ UserDetailList: [user] })
    .on(GetUserCommand)
    .resolves({ User: user })
    .on(ListAccessKeysCommand)
    .resolves({
      AccessKeyMetadata: [NEWER, OLDER].map((AccessKeyId) => ({
        AccessKeyId,
        Status: 'Active' as const,
        CreateDate: made,
      })),
    })
    .on(GetAccessKeyLastUsedCommand)
    .resolves({ UserName: 'ci-deploy', AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' } });
  config
    .on(GetComplianceDetailsByConfigRuleCommand)
    .resolves({ EvaluationResults: [] })
    .on(PutEvaluationsCommand)
    .resolves({});
  sqs.onAnyCommand().resolves({});
  s3.on(GetObjectCommand).rejects(new NoSuchKey({ $metadata: {}, message: 'none' }));
  s3.on(ListObjectsV2Command).resolves({});
  s3.on(PutObjectCommand).resolves({});
  documents.on(QueryCommand).resolves({ Items: [] });
});

const event = (messageType = 'ScheduledNotification', more: object = {}) => ({
  invokingEvent: JSON.stringify({ messageType, notificationCreationTime: '2026-11-23T16:10:00.000Z' }),
  resultToken: 'secret-token',
  configRuleName: 'one-key',
  accountId: ACCOUNT,
  ...more,
});
const PLENTY = { ...CONTEXT, getRemainingTimeInMillis: () => 900_000 };

describe('evaluate', () => {
  it('tells AWS Config of a violation, with the token of the run, and wakes reconcile', async () => {
    expect(await handler(event(), PLENTY)).toEqual({ users: 1, read: 1, unread: 0, put: 2, woken: 1 });
    expect(config.commandCalls(PutEvaluationsCommand)[0]?.args[0].input).toMatchObject({
      ResultToken: 'secret-token',
      TestMode: false,
      Evaluations: [
        // The table has no check of the approvers' subscriptions.
        { ComplianceResourceType: 'AWS::::Account', ComplianceType: 'NON_COMPLIANT' },
        { ComplianceResourceId: USER_ID, ComplianceType: 'NON_COMPLIANT' },
      ],
    });
    const bodies = sqs
      .commandCalls(SendMessageBatchCommand)
      .flatMap((call) => call.args[0].input.Entries ?? [])
      .map(({ MessageBody = '' }) => JSON.parse(MessageBody));
    expect(bodies).toEqual([
      { kind: 'user', account: ACCOUNT, userId: USER_ID, userName: 'ci-deploy', look: 0 },
    ]);
  });

  it('started by our schedule takes the inventory, wakes reconcile, and has no word with AWS Config', async () => {
    // With a real pause between users, and none of them in the first turns.
    expect(await handler(SURVEY_INPUT, PLENTY)).toMatchObject({
      turns: [0, 1, 2, 3],
      inventory: { users: 1, violations: 1, woken: 1, problems: [] },
    });
    expect(config.calls()).toEqual([]);
    const keys = s3.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => [input.Bucket, input.Key]);
    expect(keys).toContainEqual(['inventory-bucket', 'inventory/latest.json']);
    expect(keys).toContainEqual(['inventory-bucket', 'readings/turn-003.json']);
    expect(sqs.commandCalls(SendMessageBatchCommand)).toHaveLength(1);
  });

  it('run by hand keeps nothing in AWS Config', async () => {
    await handler(event('ScheduledNotification', { resultToken: 'TESTMODE' }), PLENTY);
    expect(config.commandCalls(PutEvaluationsCommand)[0]?.args[0].input.TestMode).toBe(true);
  });

  it('does nothing for the changes that other rules are about', async () => {
    expect(await handler(event('ConfigurationItemChangeNotification'), PLENTY)).toBeNull();
    expect([...iam.calls(), ...config.calls()]).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    [
      'what is no invocation',
      { hello: 'secret-token' },
      'This is an invocation neither by AWS Config nor by our schedule: invokingEvent',
    ],
    [
      'another account',
      event('ScheduledNotification', { accountId: '210987654321' }),
      'about another account',
    ],
  ])('refuses %s, and does not quote it', async (_, given, line) => {
    const error = await handler(given, PLENTY).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain(line);
    expect(String(error)).not.toContain('secret-token');
  });
});
