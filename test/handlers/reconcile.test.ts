import { ConfigServiceClient, StartConfigRulesEvaluationCommand } from '@aws-sdk/client-config-service';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import {
  GetAccessKeyLastUsedCommand,
  GetUserCommand,
  IAMClient,
  IAMServiceException,
  ListAccessKeysCommand,
} from '@aws-sdk/client-iam';
import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { caseItemSchema } from '../../functions/contracts/items.ts';
import { parseToken } from '../../functions/contracts/link.ts';
import { parseMessage } from '../../functions/contracts/message.ts';
import { personMark } from '../../functions/core/case/mailed-to.ts';
import { addressMark } from '../../functions/core/case/requests.ts';
import { ACCOUNT, NEWER, OLDER, USER_ID } from '../fakes/cases.ts';
import { shipped } from '../fakes/shipped.ts';
import { CONTEXT, ENVIRONMENT, mockedTable } from './table.ts';

const iam = mockClient(IAMClient);
const once = mockClient(DynamoDBClient);
const sqs = mockClient(SQSClient);
const sns = mockClient(SNSClient);
const kms = mockClient(KMSClient);
const config = mockClient(ConfigServiceClient);
const { items } = mockedTable();

const settings = {
  region: 'us-east-1',
  accountName: 'prod-payments',
  mode: 'enforce',
  approvers: [{ id: 'sec-lead', name: 'Security lead', email: 'security@example.com' }],
  notifyAfter: 'PT0S',
};

type Handler = (event: SQSEvent, context: typeof CONTEXT) => Promise<SQSBatchResponse>;
let handler: Handler;

beforeAll(async () => {
  for (const [name, value] of Object.entries(ENVIRONMENT)) {
    vi.stubEnv(name, value);
  }
  vi.stubGlobal('SOLEKEY_SETTINGS_BASE64', shipped(settings));
  ({ handler } = await import('../../functions/handlers/reconcile.ts'));
});

let hour = Date.parse('2026-11-23T16:10:00Z');

beforeEach(() => {
  // The process remembers how many mails an address got in this hour.
  hour += 3_600_000;
  vi.useFakeTimers({ toFake: ['Date'], now: hour });
  items.clear();
  for (const client of [iam, once, sqs, sns, kms, config]) {
    client.reset();
  }
  const created = new Date('2026-01-01T00:00:00Z');
  const throttled = new IAMServiceException({
    name: 'Throttling',
    $fault: 'client',
    $metadata: { httpStatusCode: 400 },
  });
  iam
    .on(GetUserCommand, { UserName: 'ci-deploy' })
    .resolves({
      User: { UserId: USER_ID, UserName: 'ci-deploy', Path: '/', Arn: 'arn', CreateDate: created },
    })
    .on(GetUserCommand, { UserName: 'slow' })
    .rejects(throttled)
    .on(ListAccessKeysCommand, { UserName: 'ci-deploy' })
    .resolves({
      AccessKeyMetadata: [NEWER, OLDER].map((AccessKeyId) => ({
        AccessKeyId,
        Status: 'Active' as const,
        CreateDate: created,
      })),
      IsTruncated: false,
    })
    .on(GetAccessKeyLastUsedCommand)
    .resolves({ UserName: 'ci-deploy', AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' } });
  once.onAnyCommand().resolves({});
  sqs.onAnyCommand().resolves({});
  sns.on(PublishCommand).resolves({ MessageId: '1' });
  kms.on(GenerateMacCommand).resolves({ Mac: Buffer.alloc(32, 7) });
});

const cloudTrail = {
  source: 'aws.iam',
  'detail-type': 'AWS API Call via CloudTrail',
  account: ACCOUNT,
  detail: {
    eventSource: 'iam.amazonaws.com',
    eventName: 'CreateAccessKey',
    eventID: '8d2ed3bf-2a1a-4ab0-9a0e-a1b2c3d4e5f6',
    eventTime: '2026-11-23T16:10:00Z',
    recipientAccountId: ACCOUNT,
    userIdentity: { type: 'IAMUser', userName: 'alice' },
    requestParameters: { userName: 'ci-deploy' },
    responseElements: { accessKey: { accessKeyId: NEWER, userName: 'ci-deploy', status: 'Active' } },
  },
};
const EVENT = JSON.stringify(cloudTrail);
const SLOW = JSON.stringify({ kind: 'user', account: ACCOUNT, userName: 'slow', look: 0 });

/** A batch as SQS hands it over, events from the event queue. */
const batch = (...bodies: string[]) => batchFrom('events', ...bodies);

function batchFrom(door: 'events' | 'wakes', ...bodies: string[]): SQSEvent {
  return {
    Records: bodies.map((body, index) => ({
      messageId: `m${index + 1}`,
      receiptHandle: 'handle',
      body,
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: '0',
        SenderId: 'x',
        ApproximateFirstReceiveTimestamp: '0',
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: `arn:aws:sqs:us-east-1:123456789012:${body.includes('aws.iam') ? door : 'wakes'}`,
      awsRegion: 'us-east-1',
    })),
  };
}

const stored = () => caseItemSchema.parse(items.get(`USER#${ACCOUNT}#${USER_ID} CASE`)).case;

describe('the reconcile function', () => {
  it('has AWS Config run the rule when a wish says so', async () => {
    config.on(StartConfigRulesEvaluationCommand).resolves({});
    const since = '2026-11-23T16:10:00.000Z';
    const wish = JSON.stringify({ kind: 'refresh', account: ACCOUNT, since, hops: 0 });
    expect(await handler(batch(wish), CONTEXT)).toEqual({ batchItemFailures: [] });
    const started = config.commandCalls(StartConfigRulesEvaluationCommand).map((call) => call.args[0].input);
    expect(started).toEqual([{ ConfigRuleNames: ['solekey-rule'] }]);
  });

  it('handles each message of a batch by itself: only what failed comes again', async () => {
    const response = await handler(batch('not JSON', EVENT, SLOW), CONTEXT);
    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: 'm3' }] });
    const buried = sqs.commandCalls(SendMessageCommand).map((call) => call.args[0].input);
    expect(buried).toMatchObject([
      { QueueUrl: 'https://dead-letters', MessageBody: 'not JSON' },
      { QueueUrl: 'https://usage.fifo', MessageGroupId: 'usage' },
    ]);
    const [wish, ...more] = sqs.commandCalls(SendMessageBatchCommand).map((call) => call.args[0].input);
    expect(wish).toMatchObject({ QueueUrl: 'https://queue', Entries: [{ DelaySeconds: 60 }] });
    expect(parseMessage(wish?.Entries?.[0]?.MessageBody ?? '', 'wakes').kind).toBe('refresh');
    expect(more).toEqual([]);
    expect(stored()).toMatchObject({
      phase: 'awaiting-decision',
      userName: 'ci-deploy',
      owed: [],
      lease: null,
      origins: { [NEWER]: { createdBy: 'user/alice' } },
    });
  });

  it('tells the queues apart: in the wake queue the same event proves nothing, and is not remembered', async () => {
    await handler(batchFrom('wakes', EVENT), CONTEXT);
    expect(stored()).toMatchObject({ userName: 'ci-deploy', origins: {} });
    expect(once.calls()).toEqual([]);
    await handler(batch(EVENT), CONTEXT);
    expect(stored().origins).toMatchObject({ [NEWER]: { createdBy: 'user/alice' } });
  });

  it('a failure early in the batch does not stop the rest', async () => {
    const response = await handler(batch(SLOW, EVENT), CONTEXT);
    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect(stored().phase).toBe('awaiting-decision');
  });

  it('one batch leaves nothing behind for the next', async () => {
    await handler(batch(SLOW), CONTEXT);
    expect(await handler(batch(EVENT), CONTEXT)).toEqual({ batchItemFailures: [] });
  });

  it('mails the link that the settings and names say, and tells machines without it', async () => {
    await handler(batch(EVENT), CONTEXT);
    const published = sns.commandCalls(PublishCommand).map((call) => call.args[0].input);
    const mail = published.find(({ TopicArn }) => TopicArn === 'arn:mail');
    expect(mail?.MessageAttributes?.recipient?.StringValue).toBe('sec-lead');
    const link = /https:\/\/keys\.example\.com\/c\/(\S+)/.exec(mail?.Message ?? '');
    expect(parseToken(link?.[1] ?? '')?.claim).toMatchObject({
      userId: USER_ID,
      person: personMark({ by: 'sec-lead', address: addressMark('security@example.com') }),
    });
    expect(published.filter(({ TopicArn }) => TopicArn === 'arn:data')).toHaveLength(1);
    expect(published).toHaveLength(2);
  });

  it('remembers the event, and not a wake', async () => {
    const completed = () => once.commandCalls(UpdateItemCommand).map((call) => call.args[0].input);
    await handler(
      batch(JSON.stringify({ kind: 'user', account: ACCOUNT, userName: 'ci-deploy', look: 0 })),
      CONTEXT,
    );
    expect(completed()).toEqual([]);
    await handler(batch(EVENT), CONTEXT);
    expect(completed()).toMatchObject([
      { TableName: 'once', ExpressionAttributeValues: { ':status': { S: 'COMPLETED' } } },
    ]);
  });

  it('with that switched off, the same event again changes nothing', async () => {
    vi.stubEnv('POWERTOOLS_IDEMPOTENCY_DISABLED', 'true');
    await handler(batch(EVENT), CONTEXT);
    const before = stored();
    await handler(batch(EVENT, EVENT), CONTEXT);
    expect(once.calls()).toHaveLength(0);
    expect(stored()).toEqual(before);
    expect(sns.commandCalls(PublishCommand)).toHaveLength(2);
    vi.stubEnv('POWERTOOLS_IDEMPOTENCY_DISABLED', undefined);
  });
});
