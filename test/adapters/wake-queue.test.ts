import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { outbox } from '../../functions/adapters/outbox.ts';
import {
  mailLinkSender,
  refreshSender,
  signOffSender,
  statementSender,
  wakeQueue,
} from '../../functions/adapters/wake-queue.ts';
import type { RefreshWish, Wake } from '../../functions/app/wake.ts';
import {
  mailLinkSchema,
  refreshSchema,
  signOffSchema,
  statementSchema,
  wakeSchema,
} from '../../functions/contracts/wake.ts';
import { ACCOUNT, NOW, USER_ID } from '../fakes/cases.ts';

const sqs = mockClient(SQSClient);
const post = outbox(new SQSClient({}), 'https://queue');
const queue = wakeQueue(post);
const wake = (look: number): Wake => ({ kind: 'user', account: ACCOUNT, userId: USER_ID, attempt: look });
const sent = () => sqs.commandCalls(SendMessageBatchCommand).map((call) => call.args[0].input);

beforeEach(() => {
  sqs.reset();
  sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
});

describe('sending wakes', () => {
  it('sends what reconcile can read', async () => {
    await queue.send([wake(2)]);
    const [call] = sent();
    expect(call?.QueueUrl).toBe('https://queue');
    expect(wakeSchema.parse(JSON.parse(call?.Entries?.[0]?.MessageBody ?? ''))).toEqual(wake(2));
    expect(call?.Entries?.[0]?.DelaySeconds).toBe(0);
  });

  it('sends ten at a time, each with an id of its own', async () => {
    await queue.send(Array.from({ length: 23 }, (_, look) => wake(look)));
    expect(sent().map((call) => call.Entries?.length)).toEqual([10, 10, 3]);
    expect(new Set(sent()[0]?.Entries?.map((entry) => entry.Id)).size).toBe(10);
  });

  it('sends nothing for nothing', async () => {
    await queue.send([]);
    expect(sent()).toHaveLength(0);
  });

  it.each([
    [0.2, 1],
    [15, 15],
    [59.01, 60],
    [5000, 900],
    [-3, 0],
  ])('a delay of %d s becomes %d s', async (delay, seconds) => {
    await queue.send([wake(0)], delay);
    expect(sent()[0]?.Entries?.[0]?.DelaySeconds).toBe(seconds);
  });

  it('raises when SQS refused some of them', async () => {
    const Failed = [{ Id: '1', Code: 'InternalError', SenderFault: false }];
    sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed });
    await expect(queue.send([wake(0), wake(1)])).rejects.toThrow('refused 1 of 2 messages: InternalError');
  });

  it('raises why a call failed, for its messages alone', async () => {
    sqs
      .on(SendMessageBatchCommand)
      .rejectsOnce(new Error('SQS is away'))
      .resolves({ Successful: [], Failed: [] });
    const both = [queue.send(Array.from({ length: 10 }, () => wake(0))), queue.send([wake(1)])];
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });
});

describe('sending a wish for AWS Config', () => {
  it('sends what reconcile can read, some time from now', async () => {
    const wish: RefreshWish = { kind: 'refresh', account: ACCOUNT, since: NOW, hops: 3 };
    // With a wake of the same moment in one call; neither is refused with the other.
    const Failed = [{ Id: '0', Code: 'InternalError', SenderFault: false }];
    sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed });
    const refused = queue.send([wake(1)], 30);
    await refreshSender(post).ask(wish, 60);
    await expect(refused).rejects.toThrow('refused 1 of 2');
    const [input, ...more] = sent();
    expect([input?.QueueUrl, input?.Entries?.map((one) => one.DelaySeconds), more]).toEqual([
      'https://queue',
      [30, 60],
      [],
    ]);
    expect(refreshSchema.parse(JSON.parse(input?.Entries?.[1]?.MessageBody ?? ''))).toEqual(wish);
  });
});

describe('sending a request to mail a link', () => {
  it('sends what reconcile can read, at once', async () => {
    sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
    const wish = { kind: 'mail-link' as const, account: ACCOUNT, userId: USER_ID, digest: 'd'.repeat(64) };
    await mailLinkSender(post).ask(wish);
    const [entry] = sent()[0]?.Entries ?? [];
    expect(entry?.DelaySeconds ?? 0).toBe(0);
    expect(mailLinkSchema.parse(JSON.parse(entry?.MessageBody ?? ''))).toEqual(wish);
  });
});

it('a request to record a statement is sent as reconcile can read it', async () => {
  const wish = { kind: 'statement' as const, account: ACCOUNT, digest: 'd'.repeat(64) };
  await statementSender(post).ask(wish);
  const [entry] = sent()[0]?.Entries ?? [];
  expect(statementSchema.parse(JSON.parse(entry?.MessageBody ?? ''))).toEqual(wish);
});

it('a request to ask for a sign-off is sent as reconcile can read it', async () => {
  const wish = { kind: 'sign-off' as const, account: ACCOUNT };
  await signOffSender(post).ask(wish);
  const [entry] = sent()[0]?.Entries ?? [];
  expect(signOffSchema.parse(JSON.parse(entry?.MessageBody ?? ''))).toEqual(wish);
});
