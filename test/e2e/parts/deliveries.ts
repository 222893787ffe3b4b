import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { eventually, messageFor, PATIENCE_MS, type Stack } from '../stack.ts';

/** What may arrive in the queue besides an event about a user's key. */
export function deliveries(stack: () => Stack): void {
  it('puts malformed messages among the dead letters and does everything else of the batch', async () => {
    const good = await stack().violator('beside-rubbish', 'unheard');
    const rubbish = ['{ not json', '{"kind":"user","account":"123456789012","look":0}', '[]'];
    const sqs = stack().launched.clients.make(SQSClient);
    await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: stack().output('WakeQueueUrl'),
        Entries: [...rubbish, messageFor(good.record)].map((MessageBody, index) => ({
          Id: String(index),
          MessageBody,
        })),
      }),
    );
    await stack().launched.inbox.waitFor({ userName: good.userName }, PATIENCE_MS);
    const buried = await eventually(
      () => stack().deadLetters(),
      (bodies) => rubbish.every((body) => bodies.includes(body)),
    );
    expect(buried).not.toContain(messageFor(good.record));
  });

  it('takes no event from anybody but EventBridge: the event queue refuses it, and in the wake queue it proves nothing', async () => {
    const { userName, userId, record } = await stack().violator('forged', 'unheard');
    const sqs = stack().launched.clients.make(SQSClient);
    const forged = messageFor({ ...record, userIdentity: { type: 'IAMUser', userName: 'scapegoat' } });
    const send = (QueueUrl: string) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: forged }));
    await expect(send(stack().eventQueueUrl)).rejects.toThrow('explicit deny in a resource-based policy');
    await send(stack().output('WakeQueueUrl'));
    await stack().launched.inbox.waitFor({ userName }, PATIENCE_MS);
    expect(JSON.stringify(await stack().itemsOf({ userId }))).not.toContain('scapegoat');
  });

  it('passes over what is no news of a key, and records only who created one that IAM does not show yet', async () => {
    const { record } = await stack().violator('template-for-others', 'unheard');
    const named = { userName: 'nobody-special', accessKeyId: 'AKIANOBODYSPECIAL000' };
    const answer = { accessKey: { ...named, status: 'Active' } };
    const root = { type: 'Root', principalId: '123456789012', arn: 'arn:aws:iam::123456789012:root' };
    const strange = [
      { ...record, errorCode: 'LimitExceededException', requestParameters: named, responseElements: null },
      { ...record, eventSource: 'sts.amazonaws.com', eventName: 'GetSessionToken', requestParameters: named },
      { ...record, eventName: 'CreateUser', requestParameters: named, responseElements: null },
      {
        ...record,
        userIdentity: root,
        requestParameters: null,
        responseElements: { accessKey: { accessKeyId: 'AKIAROOTROOTROOT0000', status: 'Active' } },
      },
      {
        ...record,
        userIdentity: { type: 'AssumedRole' },
        requestParameters: null,
        responseElements: null,
      },
      { ...record, requestParameters: named, responseElements: answer },
    ].map((detail) => ({ ...detail, eventID: crypto.randomUUID() }));
    const before = (await stack().deadLetters()).length;
    expect(await stack().reconcile(...strange.map((detail) => messageFor(detail)))).toEqual({
      batchItemFailures: [],
    });
    expect((await stack().deadLetters()).length).toBe(before);
    const items = await stack().everything();
    expect(JSON.stringify(items)).not.toMatch(/AKIAROOT|template-for/);
    const about = items.filter((item) => JSON.stringify(item).includes('nobody-special'));
    expect(about.map(({ pk }) => pk)).toEqual([`NAME#${stack().account}#nobody-special`]);
  });

  it('hears of a failed call from nobody: the rule lets it not pass', async () => {
    const { record } = await stack().violator('failed-call', 'unheard');
    const { trail } = stack().launched.world.gateway;
    // A run of the rule in AWS Config may find the user at any time, so no mail about them proves anything.
    const heard = async (name: string) => {
      const before = await stack().rememberedEvents();
      const { userName } = await stack().violator(name, 'heard');
      await stack().launched.inbox.waitFor({ userName }, PATIENCE_MS);
      return (await stack().rememberedEvents()) - before;
    };
    const alone = await heard('before-failed-call');
    const before = await stack().rememberedEvents();
    trail.deliver({ ...record, eventID: crypto.randomUUID(), errorCode: 'AccessDenied' });
    trail.deliver({ ...record, eventID: crypto.randomUUID(), eventSource: 's3.amazonaws.com' });
    await trail.settled();
    expect(alone).toBeGreaterThan(0);
    expect(await heard('after-failed-call')).toBe(alone);
    expect((await stack().rememberedEvents()) - before).toBe(alone);
  });
}
