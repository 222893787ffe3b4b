import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onceIn } from '../../functions/adapters/once.ts';

const dynamo = mockClient(DynamoDBClient);
const context = { getRemainingTimeInMillis: () => 30_000 } as Context;
const once = () => onceIn(new DynamoDBClient({}), 'once', context);

/** The small table, as far as Powertools uses it: put if absent, update, delete. */
const rows = new Map<string, Record<string, AttributeValue>>();
const work = vi.fn<Parameters<ReturnType<typeof once>>[1]>();

beforeEach(() => {
  rows.clear();
  dynamo.reset();
  work.mockReset().mockResolvedValue('done');
  dynamo.on(PutItemCommand).callsFake(({ Item = {} }) => {
    const id = Item.id?.S ?? '';
    const stored = rows.get(id);
    if (stored !== undefined) {
      throw new ConditionalCheckFailedException({ message: 'is there', $metadata: {}, Item: stored });
    }
    rows.set(id, Item);
    return {};
  });
  dynamo.on(UpdateItemCommand).callsFake(({ Key = {}, ExpressionAttributeValues = {} }) => {
    const id = Key.id?.S ?? '';
    const status = ExpressionAttributeValues[':status'] ?? { S: '' };
    rows.set(id, { ...rows.get(id), status, expiration: ExpressionAttributeValues[':expiry'] ?? { N: '0' } });
    return {};
  });
  dynamo.on(DeleteItemCommand).callsFake(({ Key = {} }) => {
    rows.delete(Key.id?.S ?? '');
    return {};
  });
});
afterEach(() => vi.unstubAllEnvs());

describe('once', () => {
  it('an event that was handled is not handled again, in this or a later invocation', async () => {
    const first = once();
    await first('event-1', work);
    await first('event-1', work);
    await once()('event-1', work);
    expect(work).toHaveBeenCalledTimes(1);
    await first('event-2', work);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('remembers for 36 hours, longer than the same event can come again', async () => {
    const before = Math.floor(Date.now() / 1000);
    await once()('event-1', work);
    const [row] = [...rows.values()];
    expect(Number(row?.expiration?.N) - before).toBeGreaterThanOrEqual(36 * 3600);
    expect(Number(row?.expiration?.N) - before).toBeLessThan(36 * 3600 + 60);
  });

  it('forgets work that failed, and raises why', async () => {
    const failure = new Error('IAM: throttled');
    work.mockRejectedValueOnce(failure);
    await expect(once()('event-1', work)).rejects.toBe(failure);
    expect(rows.size).toBe(0);
    await once()('event-1', work);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('a duplicate while the first is at work comes again later: it is neither handled nor lost', async () => {
    const twice = once();
    let inner: Promise<unknown> = Promise.resolve();
    work.mockImplementationOnce(async () => {
      inner = twice('event-1', work).catch((error: Error) => error.name);
      await inner;
      return 'done';
    });
    await twice('event-1', work);
    expect(await inner).toBe('IdempotencyAlreadyInProgressError');
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('an invocation that died does not block its event for ever', async () => {
    await once()('event-1', work);
    const put = dynamo.commandCalls(PutItemCommand)[0]?.args[0].input;
    expect(put?.ConditionExpression).toContain('#in_progress_expiry < :now_in_millis');
    expect(Number(put?.Item?.in_progress_expiration?.N)).toBeGreaterThan(Date.now());
  });

  const away = new Error('DynamoDB is away');

  it('a failure to write down the start does not stop the work: it is done without a memory of it', async () => {
    dynamo.on(PutItemCommand).rejects(away);
    await once()('event-1', work);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('a failure to write down the end is raised, so that the queue brings the event again', async () => {
    dynamo.on(UpdateItemCommand).rejects(away);
    await expect(once()('event-1', work)).rejects.toThrow('idempotency store');
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('an event without an id is refused, not run unprotected', async () => {
    await expect(once()('', work)).rejects.toThrow();
    expect(work).not.toHaveBeenCalled();
  });

  it('switched off, it runs the work each time', async () => {
    vi.stubEnv('POWERTOOLS_IDEMPOTENCY_DISABLED', 'true');
    const off = once();
    await off('event-1', work);
    await off('event-1', work);
    expect(work).toHaveBeenCalledTimes(2);
    expect(rows.size).toBe(0);
  });
});
