/** The ports of the commands for AWS. */
import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  ConfigServiceClient,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
} from '@aws-sdk/client-config-service';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetPublicKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetObjectCommand, ListObjectsV2Command, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import {
  ConfirmSubscriptionCommand,
  GetSubscriptionAttributesCommand,
  InvalidParameterException,
  ListSubscriptionsByTopicCommand,
  NotFoundException,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { BatchGetCommand, DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { caseKey } from '../../../functions/contracts/items.ts';
import { type FilterState, filterOf } from '../../../functions/core/health/subscription-filter.ts';
import { accountReader } from '../../../ops/control/aws/account.ts';
import { openCases } from '../../../ops/control/aws/list.ts';
import { recordObjects } from '../../../ops/control/aws/objects.ts';
import { openAccount, openWorld } from '../../../ops/control/aws/open.ts';
import { queues } from '../../../ops/control/aws/queues.ts';
import { recordsKey } from '../../../ops/control/aws/records-key.ts';
import { describe as described, stackParts } from '../../../ops/control/aws/stack.ts';
import { subscriptions } from '../../../ops/control/aws/subscriptions.ts';
import type { Subscriber } from '../../../ops/control/world.ts';
import { ACCOUNT, aCase, NOW, USER_ID } from '../../fakes/cases.ts';

const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:Solekey-Mail`;
const region = 'us-east-1';
const $metadata = {};

const formation = mockClient(CloudFormationClient);
const sns = mockClient(SNSClient);
const sqs = mockClient(SQSClient);
const iam = mockClient(IAMClient);
const sts = mockClient(STSClient);
const dynamo = mockClient(DynamoDBDocumentClient);
const trail = mockClient(CloudTrailClient);
const config = mockClient(ConfigServiceClient);
const mocks = [formation, sns, sqs, iam, sts, dynamo, trail, config];

const stack = (outputs: Readonly<Record<string, string>>) =>
  formation.on(DescribeStacksCommand).resolves({
    Stacks: [
      {
        StackName: 'Solekey',
        StackId: `arn:aws:cloudformation:us-east-1:${ACCOUNT}:stack/Solekey/1`,
        CreationTime: new Date(0),
        StackStatus: 'CREATE_COMPLETE',
        Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
      },
    ],
  });

beforeEach(() => {
  for (const mock of mocks) {
    mock.reset();
  }
});

// Other tests of the same worker use the real clients.
afterAll(() => {
  for (const mock of mocks) {
    mock.restore();
  }
});

describe('the stack', () => {
  const client = new CloudFormationClient({ region });
  const parts = () => stackParts(client, new IAMClient({ region }), 'Solekey');

  it('is described by its outputs and the account in its id', async () => {
    stack({ TableName: 'T', ApproverIds: 'a,b' });
    expect(await described(client, 'Solekey', region)).toEqual({
      account: ACCOUNT,
      region,
      stack: 'Solekey',
      outputs: { TableName: 'T', ApproverIds: 'a,b' },
    });
    stack({ Other: 'x' });
    await expect(described(client, 'Solekey', region)).rejects.toThrow('Is it a Solekey stack?');
  });

  it('lists its topics and queues from all pages, once', async () => {
    const one = (ResourceType: string, LogicalResourceId: string, PhysicalResourceId: string) => ({
      ...{ ResourceType, LogicalResourceId, PhysicalResourceId },
      ...{ LastUpdatedTimestamp: new Date(0), ResourceStatus: 'CREATE_COMPLETE' as const },
    });
    formation
      .on(ListStackResourcesCommand)
      .resolvesOnce({
        StackResourceSummaries: [one('AWS::SNS::Topic', 'NoticesMail1', TOPIC)],
        NextToken: 'more',
      })
      .resolves({
        StackResourceSummaries: [
          one('AWS::SQS::Queue', 'WakesQueue2', 'https://wakes'),
          one('AWS::IAM::Role', 'ReconcileRole', 'Solekey-Reconcile'),
          one('AWS::IAM::Role', 'SweepRole', 'Solekey-Sweep'),
        ],
      });
    iam.on(GetRoleCommand).resolves({});
    iam.on(GetRoleCommand, { RoleName: 'Solekey-Reconcile' }).resolves({
      Role: {
        ...{ Path: '/', RoleName: 'Solekey-Reconcile', RoleId: 'AROA', Arn: 'arn', CreateDate: new Date(0) },
        PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/b' },
      },
    });
    const read = parts();
    expect(await read.topics()).toEqual([TOPIC]);
    expect(await read.queue('WakesQueue')).toBe('https://wakes');
    expect(await read.queue('WakesDeadLetters')).toBe(null);
    expect(await read.boundaries()).toEqual(['Solekey-Reconcile']);
    expect(formation.commandCalls(ListStackResourcesCommand)).toHaveLength(2);
  });

  it.each<[FilterState, object]>([
    ['right', filterOf({ ids: ['sec-lead'], address: 'sec@my-company.net' })],
    ['former', { recipient: ['sec-lead'] }],
    ['other', { recipient: ['sec-lead'], address: ['0123'] }],
  ])(
    'knows the addresses of the approvers from its template, with a filter that is %s',
    async (filter, FilterPolicy) => {
      const subscription = (Properties: object) => ({ Type: 'AWS::SNS::Subscription', Properties });
      formation.on(ListStackResourcesCommand).resolves({
        StackResourceSummaries: [
          {
            ...{
              ResourceType: 'AWS::SNS::Subscription',
              LogicalResourceId: 'A',
              PhysicalResourceId: `${TOPIC}:1`,
            },
            ...{ LastUpdatedTimestamp: new Date(0), ResourceStatus: 'CREATE_COMPLETE' },
          },
        ],
      });
      formation.on(GetTemplateCommand).resolves({
        TemplateBody: JSON.stringify({
          Resources: {
            A: subscription({ Protocol: 'email', Endpoint: 'sec@my-company.net', FilterPolicy }),
            B: subscription({ Protocol: 'email', Endpoint: 'ops@my-company.net' }),
            C: { Type: 'AWS::SQS::Queue' },
          },
        }),
      });
      expect(await parts().subscribers()).toEqual([
        {
          ids: ['sec-lead'],
          address: 'sec@my-company.net',
          filter,
          made: `${TOPIC}:1`,
        },
      ]);
    },
  );
});

describe('subscriptions', () => {
  const reader = subscriptions(new SNSClient({ region }), TOPIC);
  const lead: Subscriber = {
    ids: ['sec-lead'],
    address: 'sec@my-company.net',
    filter: 'right',
    made: null,
  };
  const right = JSON.stringify(filterOf(lead));
  const former = '{ "recipient": ["sec-lead"] }';
  const ARN = `${TOPIC}:1`;
  const listed = (SubscriptionArn: string, Endpoint = lead.address) =>
    sns.on(ListSubscriptionsByTopicCommand).resolves({
      Subscriptions: [
        { SubscriptionArn: 'arn:other', Protocol: 'sqs', Endpoint: lead.address },
        { SubscriptionArn, Protocol: 'email', Endpoint },
      ],
    });
  const attributes = (Attributes: Record<string, string>) =>
    sns.on(GetSubscriptionAttributesCommand).resolves({ Attributes });
  const good = { ConfirmationWasAuthenticated: 'true', FilterPolicy: right };

  it.each<[string, Record<string, string>, string]>([
    [ARN, good, 'confirmed'],
    [ARN, { ...good, ConfirmationWasAuthenticated: 'false' }, 'unprotected'],
    [ARN, { ...good, FilterPolicy: former }, 'former-filter'],
    [ARN, { ...good, FilterPolicy: former, ConfirmationWasAuthenticated: 'false' }, 'unprotected'],
    [ARN, { ...good, FilterPolicy: '{"recipient":["boss"]}' }, 'other-filter'],
    [ARN, { ...good, FilterPolicyScope: 'MessageBody' }, 'other-filter'],
    [ARN, { ConfirmationWasAuthenticated: 'true' }, 'other-filter'],
    [ARN, { ...good, FilterPolicy: 'odd' }, 'other-filter'],
    [ARN, { ...good, PendingConfirmation: 'true' }, 'pending'],
    ['PendingConfirmation', {}, 'pending'],
    ['Deleted', {}, 'missing'],
  ])('%s with %j is %s', async (arn, given, state) => {
    listed(arn);
    attributes(given);
    expect((await reader.of(lead)).state).toBe(state);
  });

  it('an address that is not listed is missing', async () => {
    listed(ARN, 'other@my-company.net');
    expect(await reader.of(lead)).toEqual({ state: 'missing', arn: null });
  });

  it('are confirmed so that nobody can unsubscribe them with a click', async () => {
    sns.on(ConfirmSubscriptionCommand).resolves({ SubscriptionArn: ARN });
    attributes({ ...good, Endpoint: lead.address });
    expect(await reader.confirm(TOPIC, 'token')).toEqual({ address: lead.address, protected: true });
    expect(sns.commandCalls(ConfirmSubscriptionCommand)[0]?.args[0].input).toEqual({
      TopicArn: TOPIC,
      Token: 'token',
      AuthenticateOnUnsubscribe: 'true',
    });
    sns
      .on(ConfirmSubscriptionCommand)
      .rejects(new InvalidParameterException({ message: 'Token', $metadata }));
    expect(await reader.confirm(TOPIC, 'token')).toBe(null);
    sns.on(ConfirmSubscriptionCommand).rejects(new Error('boom'));
    await expect(reader.confirm(TOPIC, 'token')).rejects.toThrow('boom');
  });

  it('are made with the filter in the call itself, and removed', async () => {
    sns.on(SubscribeCommand).resolves({ SubscriptionArn: ARN });
    expect(await reader.subscribe(lead)).toBe(ARN);
    expect(sns.commandCalls(SubscribeCommand)[0]?.args[0].input).toEqual({
      TopicArn: TOPIC,
      Protocol: 'email',
      Endpoint: lead.address,
      Attributes: { FilterPolicy: right },
      ReturnSubscriptionArn: true,
    });
    const message =
      'Invalid parameter: Attributes Reason: Subscription already exists with different attributes';
    sns.on(SubscribeCommand).rejects(new InvalidParameterException({ message, $metadata }));
    expect(await reader.subscribe(lead)).toBe(null);
    sns.on(SubscribeCommand).rejects(new Error('boom'));
    await expect(reader.subscribe(lead)).rejects.toThrow('boom');
    await reader.unsubscribe(ARN);
    expect(sns.commandCalls(UnsubscribeCommand)[0]?.args[0].input).toEqual({ SubscriptionArn: ARN });
  });

  it('show their filter, or are not there (any more)', async () => {
    attributes(good);
    expect(await reader.hasFilter(ARN, lead)).toBe(true);
    expect(await reader.exists(ARN)).toBe(true);
    expect(await reader.hasFilter(ARN, { ...lead, ids: ['boss'] })).toBe(false);
    sns.on(GetSubscriptionAttributesCommand).rejects(new NotFoundException({ message: 'no', $metadata }));
    expect([await reader.hasFilter(ARN, lead), await reader.exists(ARN)]).toEqual([false, false]);
    sns.on(GetSubscriptionAttributesCommand).rejects(new Error('boom'));
    await expect(reader.hasFilter(ARN, lead)).rejects.toThrow('boom');
    await expect(reader.exists(ARN)).rejects.toThrow('boom');
  });

  it('are given another filter without another confirmation', async () => {
    await reader.setFilter(ARN, lead);
    expect(sns.commandCalls(SetSubscriptionAttributesCommand)[0]?.args[0].input).toEqual({
      SubscriptionArn: ARN,
      AttributeName: 'FilterPolicy',
      AttributeValue: right,
    });
  });
});

describe('queues', () => {
  const access = queues(new SQSClient({ region }));

  it('are counted, read, written and emptied', async () => {
    sqs.on(GetQueueAttributesCommand).resolves({
      Attributes: { ApproximateNumberOfMessages: '3', ApproximateNumberOfMessagesNotVisible: '2' },
    });
    sqs.on(ReceiveMessageCommand).resolves({ Messages: [{ MessageId: 'm', Body: 'b', ReceiptHandle: 'r' }] });
    expect(await access.depth('Q')).toBe(5);
    expect(await access.receive('Q')).toEqual([{ id: 'm', body: 'b', receipt: 'r' }]);
    await access.send('W', 'b');
    await access.remove('Q', 'r');
    expect(sqs.commandCalls(SendMessageCommand)[0]?.args[0].input).toEqual({
      QueueUrl: 'W',
      MessageBody: 'b',
    });
    expect(sqs.commandCalls(DeleteMessageCommand)[0]?.args[0].input).toEqual({
      QueueUrl: 'Q',
      ReceiptHandle: 'r',
    });
  });
});

describe('the open cases', () => {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region }));

  it('come from the two indexes and one read, in the order of the list', async () => {
    const key = (userId: string) => ({ ...caseKey(ACCOUNT, userId) });
    const item = (userId: string, more = {}) => ({
      ...key(userId),
      ...{ case: aCase({ userId, ...more }), version: 7, hash: '0'.repeat(64), failures: 0 },
    });
    dynamo.on(QueryCommand).resolves({ Items: [] });
    dynamo.on(QueryCommand, { IndexName: 'list' }).resolves({
      Items: [
        { ...key('AIDAFIRST'), listRank: '1#x' },
        { ...key(USER_ID), listRank: '4#x' },
        { pk: 'USER#999999999999#AIDAOTHER', sk: 'CASE', listRank: '4#x' },
      ],
    });
    dynamo
      .on(QueryCommand, { IndexName: 'due', ExpressionAttributeValues: { ':shard': 'due#0' } })
      .resolves({ Items: [key('AIDAOLD'), key('AIDACLOSED'), key(USER_ID), key('AIDAGONE')] });
    dynamo.on(BatchGetCommand).resolves({
      Responses: {
        T: [
          item(USER_ID),
          item('AIDAOLD'),
          item('AIDAFIRST'),
          item('AIDACLOSED', { phase: 'closed', closedAs: 'by-owner' }),
        ],
      },
    });
    const found = await openCases(documents, 'T', ACCOUNT);
    expect(found.map(({ case: { userId }, rank }) => [userId, rank])).toEqual([
      ['AIDAFIRST', '1#x'],
      [USER_ID, '4#x'],
      ['AIDAOLD', null],
    ]);
  });
});

describe('the bucket of records', () => {
  const s3 = mockClient(S3Client);
  const objects = recordObjects(new S3Client({ region }), 'records');

  it('is none without an output that names it', () => {
    expect(recordObjects(new S3Client({ region }), undefined)).toBe(null);
  });

  it('has folders on several pages of a listing', async () => {
    const page = (prefix: string) => ({ CommonPrefixes: [{ Prefix: prefix }] });
    s3.on(ListObjectsV2Command).resolves(page('anchors/000000002/'));
    s3.on(ListObjectsV2Command, { ContinuationToken: undefined }).resolves({
      ...page('anchors/000000001/'),
      ...{ IsTruncated: true, NextContinuationToken: 'more' },
    });
    expect(await objects?.folders('anchors/')).toEqual(['anchors/000000001/', 'anchors/000000002/']);
    expect(s3.commandCalls(ListObjectsV2Command)[0]?.args[0].input).toMatchObject({
      ...{ Bucket: 'records', Prefix: 'anchors/', Delimiter: '/' },
    });
  });

  it('has no object under an unknown key, and hides no other failure', async () => {
    const bytes = new Uint8Array([80, 75]);
    const Body = { transformToByteArray: async () => bytes } as never;
    s3.on(GetObjectCommand).resolves({ Body });
    expect(await objects?.read('packs/000000001/pack.zip')).toEqual(Buffer.from(bytes));
    s3.on(GetObjectCommand).rejects(new NoSuchKey({ message: 'none', $metadata }));
    expect(await objects?.read('x')).toBe(null);
    s3.on(GetObjectCommand).rejects(new Error('access denied'));
    await expect(objects?.read('x')).rejects.toThrow('access denied');
  });
});

describe('the account before a deployment', () => {
  const clients = {
    formation: new CloudFormationClient({ region }),
    trail: new CloudTrailClient({ region }),
    config: new ConfigServiceClient({ region }),
  };
  const reader = accountReader(clients, ACCOUNT, region);

  it('has a bootstrap version, or none', async () => {
    stack({ BootstrapVersion: '28' });
    expect(await reader.bootstrap()).toBe(28);
    formation.on(DescribeStacksCommand).rejects(new Error('Stack with id CDKToolkit does not exist'));
    expect(await reader.bootstrap()).toBe(null);
    formation.on(DescribeStacksCommand).rejects(new Error('denied'));
    await expect(reader.bootstrap()).rejects.toThrow('denied');
  });

  it('has trails and a recorder as health reads them', async () => {
    trail.on(DescribeTrailsCommand).resolves({
      trailList: [{ Name: 'org', TrailARN: 'arn:org', HomeRegion: 'eu-west-1', IsMultiRegionTrail: true }],
    });
    trail.on(GetTrailStatusCommand).resolves({ IsLogging: true });
    trail.on(GetEventSelectorsCommand).resolves({});
    expect(await reader.trails()).toMatchObject([{ name: 'org', logging: true, multiRegion: true }]);
    config.on(DescribeConfigurationRecordersCommand).resolves({});
    config.on(DescribeConfigurationRecorderStatusCommand).resolves({});
    expect(await reader.recorder()).toEqual({ region, recording: false, users: false });
  });

  it('is that of the caller', async () => {
    sts.on(GetCallerIdentityCommand).resolves({ Account: ACCOUNT, Arn: 'arn:me' });
    expect((await openAccount({ stack: 'Solekey', region })).account).toBe(ACCOUNT);
  });
});

describe('the world', () => {
  it('tells operators through the topic of the stack, if it has one', async () => {
    stack({ TableName: 'T', MailTopicArn: TOPIC });
    sts.on(GetCallerIdentityCommand).resolves({ Account: ACCOUNT, Arn: 'arn:me' });
    const without = await openWorld({ stack: 'Solekey', region });
    expect([without.operators, await without.caller()]).toEqual([null, 'arn:me']);
    expect(without.now() > NOW).toBe(true);
    await without.pause(0);
    stack({ TableName: 'T', MailTopicArn: TOPIC, OperatorTopicArn: `${TOPIC}-operators` });
    await (await openWorld({ stack: 'Solekey', region })).operators?.('subject', 'text');
    expect(sns.commandCalls(PublishCommand)[0]?.args[0].input).toEqual({
      TopicArn: `${TOPIC}-operators`,
      Subject: 'subject',
      Message: 'text',
    });
  });
});

describe('the public key of the records', () => {
  const kms = mockClient(KMSClient);
  const key = () => recordsKey(new KMSClient({ region }), 'key-1');

  it('is the one of the stack', async () => {
    kms.on(GetPublicKeyCommand, { KeyId: 'key-1' }).resolves({
      PublicKey: new Uint8Array([1]),
      KeySpec: 'ECC_NIST_P256',
      $metadata,
    });
    expect(await key()).toEqual(new Uint8Array([1]));
    expect(await recordsKey(new KMSClient({ region }), undefined)).toBe(null);
  });

  it('is of no other kind', async () => {
    kms.on(GetPublicKeyCommand).resolves({ KeySpec: 'RSA_2048', PublicKey: new Uint8Array([1]), $metadata });
    await expect(key()).rejects.toThrow('is no ECC_NIST_P256');
  });
});
