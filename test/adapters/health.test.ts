import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  ConfigServiceClient,
  DescribeConfigRuleEvaluationStatusCommand,
  DescribeConfigRulesCommand,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
  type RecordingGroup,
} from '@aws-sdk/client-config-service';
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { GetEventSourceMappingCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import {
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { healthReaders } from '../../functions/adapters/health/readers.ts';
import { healthStore } from '../../functions/adapters/health/store.ts';
import { operatorMails } from '../../functions/adapters/health/topics.ts';
import { publicKeyOf } from '../../functions/adapters/records/signer.ts';
import { keyEventStamps } from '../../functions/adapters/stamps.ts';
import { ledgerKey } from '../../functions/contracts/ledger-item.ts';
import { signOffAskKey } from '../../functions/contracts/sign-off-ask-item.ts';
import type { Check } from '../../functions/core/health/checks.ts';
import { ledgerEntry } from '../../functions/core/model/ledger.ts';
import { DAY, MINUTE, plus } from '../../functions/core/model/time.ts';
import { ACCOUNT, aCase, NEWER, NOW, OLDER } from '../fakes/cases.ts';
import { EXPECTED, healthy } from '../fakes/health.ts';

const cloudTrail = mockClient(CloudTrailClient);
const config = mockClient(ConfigServiceClient);
const events = mockClient(EventBridgeClient);
const lambda = mockClient(LambdaClient);
const s3 = mockClient(S3Client);
const sns = mockClient(SNSClient);
const sqs = mockClient(SQSClient);
const documents = mockClient(DynamoDBDocumentClient);
const kms = mockClient(KMSClient);
/** All of them, to be refused together. */
const everything = [
  cloudTrail,
  config,
  events,
  lambda,
  s3,
  sns,
  sqs,
  documents,
  kms,
] as unknown as (typeof cloudTrail)[];

const REGION = { region: 'us-east-1' };
const regions: string[] = [];
const document = DynamoDBDocumentClient.from(new DynamoDBClient(REGION));
const readers = healthReaders(
  {
    cloudTrail: new CloudTrailClient(REGION),
    events: new EventBridgeClient(REGION),
    lambda: new LambdaClient(REGION),
    sqs: new SQSClient(REGION),
    sns: new SNSClient(REGION),
    s3: new S3Client(REGION),
    documents: document,
    recordsKey: publicKeyOf(new KMSClient(REGION), 'key-1'),
    random: () => 0,
    config: (region) => {
      regions.push(region);
      return new ConfigServiceClient({ region });
    },
  },
  {
    account: ACCOUNT,
    table: 'cases',
    mailTopic: 'arn:mails',
    operatorTopic: 'arn:operators',
    inventoryBucket: 'inventory',
    recordsBucket: 'records',
    recorderRegions: ['us-east-1', 'eu-west-1'],
  },
  EXPECTED,
);

const named = (name: string) => Object.assign(new Error(name), { name });

beforeEach(() => {
  for (const mock of everything) {
    mock.reset();
  }
  regions.length = 0;
});

describe('readers', () => {
  it('of trails read each by its ARN, with the defaults of CloudTrail', async () => {
    cloudTrail.on(DescribeTrailsCommand).resolves({
      trailList: [
        {
          Name: 'all',
          TrailARN: 'arn:all',
          IsMultiRegionTrail: true,
          HomeRegion: 'eu-west-1',
          IncludeGlobalServiceEvents: true,
        },
        {},
      ],
    });
    cloudTrail.on(GetTrailStatusCommand).resolves({});
    cloudTrail.on(GetTrailStatusCommand, { Name: 'arn:all' }).resolves({ IsLogging: true });
    cloudTrail.on(GetEventSelectorsCommand).resolves({ EventSelectors: [{}] });
    cloudTrail.on(GetEventSelectorsCommand, { TrailName: 'arn:all' }).resolves({
      AdvancedEventSelectors: [
        { FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
        { FieldSelectors: undefined },
      ],
    });
    const [all, bare] = await readers.trail(NOW);
    expect(all).toMatchObject({
      name: 'all',
      multiRegion: true,
      logging: true,
      globalEvents: true,
      selectors: [],
      advanced: [[{ field: 'eventCategory', equals: ['Management'], notEquals: [] }], []],
    });
    expect(bare).toMatchObject({
      logging: false,
      multiRegion: false,
      homeRegion: '',
      selectors: [{ management: true, readWrite: 'All', excludedSources: [] }],
    });
    expect(cloudTrail.commandCalls(DescribeTrailsCommand)[0]?.args[0].input).toEqual({
      includeShadowTrails: true,
    });
  });

  it('of rules read state, pattern and targets', async () => {
    events.on(DescribeRuleCommand).resolves({ State: 'ENABLED', EventPattern: '{"source":["aws.iam"]}' });
    events.on(ListTargetsByRuleCommand).resolves({
      Targets: [
        { Id: '1', Arn: 'arn:a', Input: '{"a":1}' },
        { Id: '2', Arn: 'arn:b', InputPath: '$.detail', Input: 'odd' },
      ],
    });
    expect(await readers.rule(NOW)).toEqual({
      enabled: true,
      pattern: { source: ['aws.iam'] },
      targets: [
        { arn: 'arn:a', input: { a: 1 }, transformed: false },
        { arn: 'arn:b', input: 'odd', transformed: true },
      ],
    });
    events.on(DescribeRuleCommand).resolves({ State: 'DISABLED' });
    expect(await readers.rule(NOW)).toMatchObject({ enabled: false, pattern: null });
    events.on(DescribeRuleCommand).rejects(named('ResourceNotFoundException'));
    expect(await readers.rule(NOW)).toBe(null);
  });

  it('of mappings', async () => {
    const reader = `arn:aws:lambda:us-east-1:123456789012:function:${EXPECTED.mappings[0]?.reader}`;
    lambda.on(GetEventSourceMappingCommand).resolves({ State: 'Enabled', FunctionArn: reader });
    expect(await readers.mappings(NOW)).toEqual(healthy().mappings);
    // SQS's own ARN stays when somebody gives the messages to another function, or to a version of the same one.
    for (const FunctionArn of [`${reader}-2`, `${reader}:7`, undefined]) {
      lambda
        .on(GetEventSourceMappingCommand)
        .resolves({ State: 'Disabled', FunctionArn, FilterCriteria: { Filters: [{}] } });
      expect(await readers.mappings(NOW)).toEqual([
        { queue: 'events', state: 'Disabled', connected: false, filtered: true },
      ]);
    }
    lambda.on(GetEventSourceMappingCommand).rejects(named('ResourceNotFoundException'));
    expect(await readers.mappings(NOW)).toMatchObject([{ state: null }]);
  });

  it('of queues read the policy, count what waits, and find dead letters beside the event queue', async () => {
    sqs
      .on(GetQueueAttributesCommand)
      .resolves({ Attributes: { Policy: '{"a":1}', ApproximateNumberOfMessages: '2' } });
    documents.on(GetCommand).resolves({ Item: { at: NOW } });
    expect(await readers['queue-policy'](NOW)).toEqual({ a: 1 });
    expect(await readers['key-events'](NOW)).toEqual({ waiting: 2, handledAt: NOW });
    sqs.on(GetQueueAttributesCommand).resolves({
      Attributes: { ApproximateNumberOfMessages: '1', ApproximateNumberOfMessagesNotVisible: '2' },
    });
    expect(await readers['dead-letters'](NOW)).toEqual({
      'Wakes/DeadLetters/NotEmpty': 3,
      'Events/DeadLetters/NotEmpty': 3,
    });
    const urls = sqs.commandCalls(GetQueueAttributesCommand).map((call) => call.args[0].input.QueueUrl);
    expect(urls.slice(-2)).toEqual(['https://sqs/1/wakes-dead', 'https://sqs/1/events-dead']);
    sqs.on(GetQueueAttributesCommand).resolves({});
    documents.on(GetCommand).resolves({});
    expect(await readers['queue-policy'](NOW)).toBe(null);
    expect(await readers['key-events'](NOW)).toEqual({ waiting: 0, handledAt: null });
  });

  it('of subscriptions read all pages, and leave out what was unsubscribed', async () => {
    const arn = 'arn:aws:sns:us-east-1:123456789012:mails:id-1';
    sns.on(ListSubscriptionsByTopicCommand).resolves({
      Subscriptions: [
        { SubscriptionArn: 'PendingConfirmation', Protocol: 'email', Endpoint: 'New@example.com' },
        { SubscriptionArn: 'Deleted', Protocol: 'email', Endpoint: 'old@example.com' },
      ],
      NextToken: 'more',
    });
    sns.on(ListSubscriptionsByTopicCommand, { NextToken: 'more' }).resolves({
      Subscriptions: [{ SubscriptionArn: arn, Protocol: 'email', Endpoint: 'Lead@example.com' }],
    });
    sns.on(GetSubscriptionAttributesCommand).resolves({
      Attributes: { ConfirmationWasAuthenticated: 'true', FilterPolicy: '{"recipient":["lead"]}' },
    });
    expect(await readers.subscriptions(NOW)).toEqual([
      { id: null, protocol: 'email', endpoint: 'new@example.com', authenticated: false, filter: null },
      {
        id: 'id-1',
        protocol: 'email',
        endpoint: 'lead@example.com',
        authenticated: true,
        filter: { recipient: ['lead'] },
      },
    ]);
    sns.on(ListSubscriptionsByTopicCommand).resolves({ Subscriptions: [{ SubscriptionArn: arn }] });
    sns.on(GetSubscriptionAttributesCommand).resolves({});
    expect(await readers.operators(NOW)).toMatchObject([{ authenticated: false, filter: null }]);
    sns.on(GetSubscriptionAttributesCommand).resolves({
      Attributes: { FilterPolicy: '{"recipient":["lead"]}', FilterPolicyScope: 'MessageBody' },
    });
    expect(await readers.operators(NOW)).toMatchObject([
      { filter: { MessageBody: { recipient: ['lead'] } } },
    ]);
    sns.on(GetSubscriptionAttributesCommand).resolves({ Attributes: { PendingConfirmation: 'true' } });
    expect(await readers.operators(NOW)).toMatchObject([{ id: null }]);
  });

  it.each<[string, RecordingGroup | undefined, boolean]>([
    ['everything', { allSupported: true, includeGlobalResourceTypes: true }, true],
    ['everything but global types', { allSupported: true, includeGlobalResourceTypes: false }, false],
    ['IAM users', { resourceTypes: ['AWS::IAM::User'] }, true],
    ['buckets', { resourceTypes: ['AWS::S3::Bucket'] }, false],
    ['nothing said', undefined, false],
    [
      'all but users',
      {
        recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
        exclusionByResourceTypes: { resourceTypes: ['AWS::IAM::User'] },
      },
      false,
    ],
    ['all but nothing', { recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' } }, true],
  ])('of a recorder of %s', async (_what, recordingGroup, users) => {
    config.on(DescribeConfigurationRecordersCommand).resolves({
      ConfigurationRecorders: [recordingGroup === undefined ? {} : { recordingGroup }],
    });
    config.on(DescribeConfigurationRecorderStatusCommand).resolves({
      ConfigurationRecordersStatus: [{ recording: true }],
    });
    expect(await readers.recorder(NOW)).toEqual([
      { region: 'us-east-1', recording: true, users },
      { region: 'eu-west-1', recording: true, users },
    ]);
    expect(regions).toEqual(['us-east-1', 'eu-west-1']);
  });

  it('of an account without a recorder', async () => {
    config.on(DescribeConfigurationRecordersCommand).resolves({});
    config.on(DescribeConfigurationRecorderStatusCommand).resolves({});
    expect(await readers.recorder(NOW)).toMatchObject([{ recording: false, users: false }, {}]);
  });

  it('of the rule in AWS Config', async () => {
    const at = new Date(NOW);
    config
      .on(DescribeConfigRulesCommand)
      .resolves({ ConfigRules: [{ ConfigRuleState: 'ACTIVE', Source: { Owner: 'AWS' } }] });
    config.on(DescribeConfigRuleEvaluationStatusCommand).resolves({
      ConfigRulesEvaluationStatus: [{ FirstActivatedTime: at, LastSuccessfulEvaluationTime: at }],
    });
    expect(await readers['config-rule'](NOW)).toEqual({
      active: true,
      activatedAt: NOW,
      succeededAt: NOW,
      failedAt: null,
    });
    config.on(DescribeConfigRulesCommand).rejects(named('NoSuchConfigRuleException'));
    config.on(DescribeConfigRuleEvaluationStatusCommand).rejects(named('NoSuchConfigRuleException'));
    expect(await readers['config-rule'](NOW)).toBe(null);
  });

  it('of sweep and survey', async () => {
    events.on(DescribeRuleCommand).rejects(named('ResourceNotFoundException'));
    documents.on(QueryCommand).resolves({ Items: [] });
    s3.on(GetObjectCommand).rejects(new NoSuchKey({ message: 'none', $metadata: {} }));
    expect(await readers.sweep(NOW)).toEqual({ rule: null, overdue: false });
    expect(await readers.survey(NOW)).toEqual({ rule: null, takenAt: null });
    const [query] = documents.commandCalls(QueryCommand).map((call) => call.args[0].input);
    expect(query?.ExpressionAttributeValues?.[':now']).toBe(plus(NOW, -15 * MINUTE));
    documents.reset();
    documents
      .on(QueryCommand)
      .resolvesOnce({
        Items: [
          { pk: `USER#${ACCOUNT}#AIDA1`, sk: 'CASE', dueShard: 'due#0', wakeAt: '2026-11-23T15:00:00.000Z' },
        ],
      })
      .resolves({});
    expect(await readers.sweep(NOW)).toMatchObject({ overdue: true });
  });

  it('of the control item and its ledger read both again if they differ', async () => {
    const why = { at: NOW, command: 'resume' as const, by: 'arn:aws:iam::123456789012:user/op', reason: 'x' };
    const first = ledgerEntry(null, null, { pauses: [], revoked: [] }, why);
    const second = ledgerEntry(first, first.after, first.after, why);
    const { after } = second;
    documents.on(GetCommand).resolves({ Item: { pk: 'CONTROL', sk: 'CONTROL', schema: 1, ...after } });
    documents
      .on(QueryCommand)
      .resolvesOnce({ Items: [{ ...ledgerKey(ACCOUNT, 1), schema: 1, ...first }] })
      .resolves({ Items: [{ ...ledgerKey(ACCOUNT, 2), schema: 1, ...second }] });
    expect(await readers.control(NOW)).toEqual({ content: after, last: second });
    const [query] = documents.commandCalls(QueryCommand).map((call) => call.args[0].input);
    expect(query).toMatchObject({ ScanIndexForward: false, Limit: 1, ConsistentRead: true });
    expect(query?.ExpressionAttributeValues?.[':ledger']).toBe(`LEDGER#${ACCOUNT}`);
    expect(await readers.approvers(NOW)).toMatchObject({ revoked: [] });
    documents.on(GetCommand).resolves({});
    documents.on(QueryCommand).resolves({});
    expect(await readers.control(NOW)).toEqual({ content: null, last: null });
    expect(await readers.approvers(NOW)).toEqual({ pauses: [], revoked: [] });
  });

  it('of sign-offs have the state as the survey left it', async () => {
    const changed = { since: null, users: 0, privileged: [], automation: [] };
    const left = { ...healthy()['sign-off'], changed };
    documents.on(GetCommand).resolves({ Item: { ...signOffAskKey(ACCOUNT), signOff: left } });
    expect(await readers['sign-off'](NOW)).toEqual(left);
    const [get] = documents.commandCalls(GetCommand).map((call) => call.args[0].input);
    expect(get).toMatchObject({
      Key: { pk: `ABOUT#${ACCOUNT}#SIGNOFF`, sk: 'SIGNOFF' },
      ConsistentRead: true,
    });
    const { leftAt: _, firstTarget: __, ...first } = left;
    documents.on(GetCommand).resolves({ Item: { signOff: first } });
    expect(await readers['sign-off'](NOW)).toMatchObject({ leftAt: null, firstTarget: null });
    documents.on(GetCommand).resolves({});
    expect(await readers['sign-off'](NOW)).toBe(null);
  });

  it('of open cases tell which Active keys an event announced', async () => {
    const current = aCase({ origins: { [NEWER]: { createdBy: 'user/a', at: NOW } } });
    const { account, userId } = current;
    const key = { pk: `USER#${account}#${userId}`, sk: 'CASE' };
    documents
      .on(QueryCommand)
      .resolvesOnce({ Items: [{ ...key, dueShard: 'due#0', wakeAt: NOW }] })
      .resolves({});
    const item = { ...key, case: current, version: current.version, hash: 'a'.repeat(64), failures: 0 };
    documents.on(BatchGetCommand).resolves({ Responses: { cases: [item] } });
    const keys = await readers.unannounced(NOW);
    expect(keys.map(({ keyId, announced }) => [keyId, announced]).sort()).toEqual(
      [
        [OLDER, false],
        [NEWER, true],
      ].sort(),
    );
  });

  it.each(Object.keys(healthy()) as Check[])('of %s say if the permission is missing', async (check) => {
    for (const mock of everything) {
      mock.onAnyCommand().rejects(named('AccessDeniedException'));
    }
    await expect(readers[check](NOW)).rejects.toMatchObject({ name: 'NotRead', why: 'denied' });
    for (const mock of everything) {
      mock.onAnyCommand().rejects(named('ThrottlingException'));
    }
    await expect(readers[check](NOW)).rejects.toMatchObject({ name: 'NotRead', why: 'no-answer' });
  });
});

describe('what health keeps', () => {
  const store = healthStore(document, 'cases');

  it('has the sweep find the subscriptions while an address is reached anew', async () => {
    documents.on(UpdateCommand).resolves({});
    await store.keepSubscriptions(ACCOUNT, { mark: { state: 'confirmed', since: plus(NOW, -DAY) } }, NOW);
    const [input] = documents.commandCalls(UpdateCommand).map((call) => call.args[0].input);
    expect(input?.ExpressionAttributeValues).toMatchObject({ ':dueShard': 'due#digests', ':wakeAt': NOW });
  });

  it('is in its own partition, and unknown attributes stay', async () => {
    documents.on(UpdateCommand).resolves({});
    const state = {
      watchingSince: NOW,
      checkedAt: NOW,
      waitingSince: null,
      noSignOffSince: null,
      lastKeyEvent: null,
      checks: 1,
      fine: 0,
      open: [],
    };
    await store.keep(ACCOUNT, state);
    await store.keepSubscriptions(ACCOUNT, { mark: { state: 'missing', since: NOW } }, NOW);
    const inputs = documents.commandCalls(UpdateCommand).map((call) => call.args[0].input);
    expect(inputs.map(({ Key }) => Key)).toEqual([
      { pk: `HEALTH#${ACCOUNT}`, sk: 'STATE' },
      { pk: `HEALTH#${ACCOUNT}`, sk: 'SUBSCRIPTIONS' },
    ]);
    expect(inputs[0]?.ExpressionAttributeValues).toEqual({ ':health': state, ':schema': 1 });
    expect(inputs[1]?.UpdateExpression).toContain('REMOVE #dueShard, #wakeAt');
    documents.on(GetCommand).resolves({ Item: { health: { ...state, open: [{ check: 'newer' }] } } });
    expect(await store.load(ACCOUNT)).toEqual(state);
    documents.on(GetCommand).resolves({
      Item: { checkedAt: NOW, addresses: { mark: { state: 'of-a-newer-release', since: NOW } } },
    });
    expect(await store.subscriptions(ACCOUNT)).toEqual({
      checkedAt: NOW,
      addresses: { mark: { state: 'missing', since: NOW } },
    });
  });

  it('is nothing before the first run', async () => {
    documents.on(GetCommand).resolves({});
    expect([await store.load(ACCOUNT), await store.subscriptions(ACCOUNT)]).toEqual([null, null]);
  });
});

it('a mail to operators has no attributes on which a filter could drop it', async () => {
  sns.on(PublishCommand).resolves({});
  await operatorMails(new SNSClient(REGION), 'arn:operators').send({ subject: 's', body: 'b' });
  expect(sns.commandCalls(PublishCommand)[0]?.args[0].input).toEqual({
    TopicArn: 'arn:operators',
    Subject: 's',
    Message: 'b',
  });
});

describe('the stamp of events', () => {
  const updates = () => documents.commandCalls(UpdateCommand).map((call) => call.args[0].input);

  it('is written at most once a minute by a process, and by all of them on a condition', async () => {
    documents.on(UpdateCommand).resolves({});
    const { stamp } = keyEventStamps(document, 'cases');
    await stamp(ACCOUNT, NOW);
    await stamp(ACCOUNT, plus(NOW, 59));
    expect(updates()).toHaveLength(1);
    await stamp(ACCOUNT, plus(NOW, 60));
    expect(updates()).toHaveLength(2);
    expect(updates()[0]).toMatchObject({
      Key: { pk: `STAMP#${ACCOUNT}`, sk: 'KEY-EVENT' },
      ConditionExpression: 'attribute_not_exists(pk) OR #at <= :old',
      ExpressionAttributeValues: { ':at': NOW, ':old': plus(NOW, -60) },
    });
  });

  it('is left alone if another process wrote it; any other refusal is an error, and tried again', async () => {
    const { stamp } = keyEventStamps(document, 'cases');
    documents
      .on(UpdateCommand)
      .rejectsOnce(named('ThrottlingException'))
      .rejectsOnce(new ConditionalCheckFailedException({ message: '', $metadata: {} }));
    await expect(stamp(ACCOUNT, NOW)).rejects.toThrow();
    await stamp(ACCOUNT, NOW);
    await stamp(ACCOUNT, NOW);
    expect(updates()).toHaveLength(2);
  });
});
