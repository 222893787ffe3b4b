import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  GetAccessKeyLastUsedCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
} from '@aws-sdk/client-iam';
import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { NEWER, OLDER, USER_ID } from '../fakes/cases.ts';
import { keyEvent } from '../fakes/messages.ts';
import { shipped } from '../fakes/shipped.ts';
import { CONTEXT, ENVIRONMENT, mockedTable } from './table.ts';

const clients = [
  IAMClient,
  DynamoDBClient,
  SQSClient,
  SNSClient,
  KMSClient,
  ConfigServiceClient,
  EventBridgeClient,
];
const mocks = clients.map((client) => mockClient(client as typeof IAMClient));
const [iam, once, sqs, sns, kms, , events] = mocks as unknown as ReturnType<typeof mockClient>[];
const { documents, items } = mockedTable();

interface Call {
  readonly callId: number;
  readonly args: readonly [object & { readonly input: { readonly TopicArn?: string } }];
}

/** Names of all AWS calls so far, in the order in which they were made. */
function calls(): string[] {
  const made = [...mocks, documents].flatMap((mock) => mock.calls() as unknown as Call[]);
  return made
    .sort((one, other) => one.callId - other.callId)
    .map(({ args: [command] }) => {
      const name = command.constructor.name.replace('Command', '');
      return command.input.TopicArn === undefined ? name : `${name} ${command.input.TopicArn}`;
    });
}

type Handler = (event: SQSEvent, context: typeof CONTEXT) => Promise<SQSBatchResponse>;

/** The function with these settings, as after a cold start. */
async function handlerWith(notifyAfter: string): Promise<Handler> {
  const approvers = ['sec-lead', 'platform-lead'].map((id) => ({ id, name: id, email: `${id}@example.com` }));
  const settings = { region: 'us-east-1', accountName: 'prod', mode: 'enforce', approvers, notifyAfter };
  vi.resetModules();
  vi.stubGlobal('SOLEKEY_SETTINGS_BASE64', shipped(settings));
  return (await import('../../functions/handlers/reconcile.ts')).handler as Handler;
}

const from = (queue: string, body: string) =>
  ({
    Records: [
      { messageId: 'm', body, eventSourceARN: `arn:aws:sqs:us-east-1:123456789012:${queue}`, attributes: {} },
    ],
  }) as unknown as SQSEvent;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T16:10:00Z') });
  for (const [name, value] of Object.entries(ENVIRONMENT)) {
    vi.stubEnv(name, value);
  }
  items.clear();
  documents.resetHistory();
  for (const mock of mocks) {
    mock.reset();
  }
  const CreateDate = new Date('2026-01-01T00:00:00Z');
  iam?.on(GetUserCommand).resolves({
    User: { UserId: USER_ID, UserName: 'ci-deploy', Path: '/', Arn: 'arn', CreateDate },
  });
  iam?.on(ListAccessKeysCommand).resolves({
    AccessKeyMetadata: [NEWER, OLDER].map((AccessKeyId) => ({
      AccessKeyId,
      Status: 'Active' as const,
      CreateDate,
    })),
    IsTruncated: false,
  });
  iam?.on(GetAccessKeyLastUsedCommand).resolves({
    UserName: 'ci-deploy',
    AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' },
  });
  once?.onAnyCommand().resolves({});
  sqs?.onAnyCommand().resolves({});
  sns?.on(PublishCommand).resolves({ MessageId: '1' });
  events?.on(PutEventsCommand).resolves({ Entries: [{ EventId: '1' }] });
  kms?.on(GenerateMacCommand).resolves({ Mac: Buffer.alloc(32, 7) });
});
afterEach(() => vi.useRealTimers());

const EVENT = JSON.stringify(
  keyEvent('CreateAccessKey', { keyId: NEWER, by: 'ci-deploy', at: '2026-11-23T16:09:58Z' }),
);
const untilLastMail = (made: string[]) => made.lastIndexOf('Publish arn:mail') + 1;
const mailed = (made: string[]) => made.filter((name) => name === 'Publish arn:mail').length;

it('from event to last mail takes at most 15 calls with notifyAfter PT0S and two approvers', async () => {
  const handler = await handlerWith('PT0S');
  await handler(from('events', EVENT), CONTEXT);
  const made = calls();
  expect(mailed(made)).toBe(2);
  // The pace of an address: one write for each mail, and one read for the first mail of a process.
  expect(made.filter((name) => name === 'Update')).toHaveLength(2 + 1);
  expect(made.filter((name) => name === 'Get')).toHaveLength(2);
  expect(untilLastMail(made), made.join()).toBeLessThanOrEqual(15 + 4);
  // And one to ask who uses the keys, one to tell other programs, and one that notes, once a minute, that an event was handled.
  expect(made.filter((name) => name === 'PutEvents')).toHaveLength(1);
  expect(made.length, made.join()).toBeLessThanOrEqual(18 + 4);
});

it('from event to last mail takes at most 21 calls, and a stamp once a minute, with the default, a minute later: usage is asked for, in the Regions of last uses', async () => {
  const handler = await handlerWith('PT1M');
  await handler(from('events', EVENT), CONTEXT);
  expect(mailed(calls())).toBe(0);
  const [sent] = (sqs?.commandCalls(SendMessageBatchCommand) ?? []).map((call) => call.args[0].input);
  const entries = (sent as { Entries?: { MessageBody?: string; DelaySeconds?: number }[] }).Entries ?? [];
  const wake = entries.find(({ MessageBody }) => MessageBody?.includes('"kind":"user"'));
  expect([wake?.DelaySeconds, entries.length]).toEqual([60, 2]);
  vi.setSystemTime(new Date('2026-11-23T16:11:00.500Z'));
  await handler(from('wakes', wake?.MessageBody ?? ''), CONTEXT);
  const made = calls();
  expect(mailed(made)).toBe(2);
  // One of them tells other programs, once: at the detection, and not again a minute later.
  expect(made.filter((name) => name === 'PutEvents')).toHaveLength(1);
  const paced = made.filter((name) => name === 'Update' || name === 'Get');
  expect(paced).toHaveLength(1 + 4);
  expect(untilLastMail(made) - paced.length, made.join()).toBeLessThanOrEqual(21);
});
