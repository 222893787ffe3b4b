import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { cloudTrailClient } from '../../functions/adapters/clients.ts';
import { NO_USAGE, usageQueue } from '../../functions/adapters/usage-queue.ts';
import { usageStore } from '../../functions/adapters/usage-store.ts';
import { readUsage } from '../../functions/contracts/usage-item.ts';
import { parseQuestion } from '../../functions/contracts/usage-question.ts';
import { ACCOUNT, NEWER, NOW, OLDER, USER_ID } from '../fakes/cases.ts';
import { family, usage } from '../fakes/usage.ts';

const sqs = mockClient(SQSClient);
const dynamo = mockClient(DynamoDBDocumentClient);
const question = {
  account: ACCOUNT,
  userId: USER_ID,
  keys: [NEWER, OLDER].map((keyId) => ({ keyId, created: NOW, regions: ['eu-west-1'] })),
};

beforeEach(() => {
  sqs.reset();
  sqs.on(SendMessageCommand).resolves({});
  dynamo.reset();
  dynamo.on(PutCommand).resolves({});
});

describe('asking about usage', () => {
  const sent = () => sqs.commandCalls(SendMessageCommand).map((call) => call.args[0].input);

  it('sends one message of the one group, which witness can read', async () => {
    await usageQueue(new SQSClient({}), 'https://usage.fifo').ask(question);
    const [message] = sent();
    expect(message).toMatchObject({ QueueUrl: 'https://usage.fifo', MessageGroupId: 'usage' });
    expect(parseQuestion(message?.MessageBody ?? '')).toEqual(question);
  });

  it('says when the uses of a deactivated key ended', async () => {
    const keys = [{ keyId: OLDER, created: NOW, ended: NOW, regions: [] }];
    await usageQueue(new SQSClient({}), 'https://usage.fifo').ask({ ...question, keys });
    expect(parseQuestion(sent()[0]?.MessageBody ?? '')?.keys).toEqual(keys);
  });

  it('lets SQS drop the same question, and no other', async () => {
    const queue = usageQueue(new SQSClient({}), 'https://usage.fifo');
    const [one, two] = question.keys;
    await queue.ask(question);
    await queue.ask({ ...question, keys: [two, one].flatMap((known) => known ?? []) });
    await queue.ask({ ...question, keys: [one].flatMap((known) => known ?? []) });
    await queue.ask({ ...question, userId: 'AIDAOTHER' });
    await queue.ask({ ...question, keys: question.keys.map((key) => ({ ...key, ended: NOW })) });
    const ids = sent().map(({ MessageDeduplicationId }) => MessageDeduplicationId ?? '');
    expect(new Set(ids).size).toBe(4);
    expect(ids[0]).toBe(ids[1]);
    expect(ids.join()).toMatch(/^[\w.,-]+$/);
    expect(ids.join()).not.toContain(NEWER);
  });

  it('with usage off asks nobody', async () => {
    await NO_USAGE.ask(question);
    expect(sent()).toEqual([]);
  });
});

describe('storing usage', () => {
  it('puts one item for the user, which is read as it was', async () => {
    const found = { at: NOW, keys: [usage([family()])] };
    const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
    await usageStore(documents, 'cases').keep(ACCOUNT, USER_ID, found);
    const [put] = dynamo.commandCalls(PutCommand).map((call) => call.args[0].input);
    expect(put).toMatchObject({
      TableName: 'cases',
      Item: { pk: `USAGE#${ACCOUNT}#${USER_ID}`, sk: 'USAGE', schema: 1 },
    });
    expect(readUsage(put?.Item)).toEqual(found);
  });
});

it('CloudTrail is asked once a call, in the Region that is named', async () => {
  const client = cloudTrailClient('eu-west-1');
  expect(client).toBeInstanceOf(CloudTrailClient);
  expect(await client.config.region()).toBe('eu-west-1');
  expect(await client.config.maxAttempts()).toBe(1);
});
