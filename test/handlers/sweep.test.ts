import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { dueShard } from '../../functions/contracts/due.ts';
import { wakeSchema } from '../../functions/contracts/wake.ts';
import { ACCOUNT, USER_ID } from '../fakes/cases.ts';
import { CONTEXT, ENVIRONMENT, mockedTable } from './table.ts';

const sqs = mockClient(SQSClient);
const { documents } = mockedTable();
const shard = dueShard(USER_ID);
const key = { pk: `USER#${ACCOUNT}#${USER_ID}`, sk: 'CASE' };

let handler: (event: unknown, context: typeof CONTEXT) => Promise<{ readonly woken: number }>;

beforeAll(async () => {
  // The sweep is given less than reconcile: it must need no more than this.
  for (const name of ['AWS_REGION', 'TABLE_NAME', 'WAKE_QUEUE_URL', 'POWERTOOLS_LOG_LEVEL']) {
    vi.stubEnv(name, ENVIRONMENT[name]);
  }
  ({ handler } = await import('../../functions/handlers/sweep.ts'));
});

beforeEach(() => {
  sqs.reset();
  documents.reset();
  sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
  documents.on(UpdateCommand).resolves({});
  documents.on(QueryCommand).callsFake(({ ExpressionAttributeValues }) => ({
    Items:
      ExpressionAttributeValues[':shard'] === shard
        ? [{ ...key, dueShard: shard, wakeAt: '2026-11-23T16:10:00.000Z' }]
        : [],
  }));
});

describe('the sweep function', () => {
  it('wakes what is due, and says how many', async () => {
    expect(await handler({ 'detail-type': 'Scheduled Event' }, CONTEXT)).toEqual({ woken: 1 });
    const [sent] = sqs.commandCalls(SendMessageBatchCommand).map((call) => call.args[0].input);
    expect(sent?.QueueUrl).toBe('https://queue');
    const wakes = sent?.Entries?.map(({ MessageBody }) => wakeSchema.parse(JSON.parse(MessageBody ?? '')));
    expect(wakes).toEqual([{ kind: 'user', account: ACCOUNT, userId: USER_ID, attempt: 0 }]);
    const [pushed] = documents.commandCalls(UpdateCommand).map((call) => call.args[0].input);
    expect(pushed).toMatchObject({ TableName: 'cases', Key: key });
  });

  it('does not care what the event says', async () => {
    expect(await handler(null, CONTEXT)).toEqual({ woken: 1 });
  });

  it('fails aloud when it cannot send', async () => {
    sqs.on(SendMessageBatchCommand).rejects(new Error('SQS is away'));
    await expect(handler({}, CONTEXT)).rejects.toThrow('SQS is away');
  });
});
