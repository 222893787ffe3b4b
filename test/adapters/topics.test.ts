import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { topics } from '../../functions/adapters/topics.ts';
import { renderNews } from '../../functions/core/messages/news.ts';
import { UNRESTRICTED } from '../../functions/core/model/policy.ts';
import { aCase, NOW, POLICY } from '../fakes/cases.ts';

const sns = mockClient(SNSClient);
const publisher = topics(new SNSClient({}), { mail: 'arn:mail', data: 'arn:data' });
const published = () => sns.commandCalls(PublishCommand).map((call) => call.args[0].input);
const message = renderNews({
  kind: 'closed',
  current: aCase(),
  policy: POLICY,
  control: UNRESTRICTED,
  evidence: {},
  now: NOW,
});
const mail = {
  recipient: 'sec-lead',
  address: '786906db96ef6469',
  subject: '[Solekey] Please decide',
  body: 'https://x/c/v1.a.b',
};

beforeEach(() => {
  sns.reset();
  sns.on(PublishCommand).resolves({ MessageId: '1' });
});

describe('publishing', () => {
  it('mail carries the one recipient that its subscription filters on', async () => {
    await publisher.mail(mail);
    expect(published()).toEqual([
      {
        TopicArn: 'arn:mail',
        Subject: '[Solekey] Please decide',
        Message: 'https://x/c/v1.a.b',
        MessageAttributes: {
          recipient: { DataType: 'String', StringValue: 'sec-lead' },
          address: { DataType: 'String', StringValue: '786906db96ef6469' },
        },
      },
    ]);
  });

  it('news for machines goes to the data topic as JSON', async () => {
    await publisher.machines(message);
    expect(published()).toEqual([{ TopicArn: 'arn:data', Message: JSON.stringify(message) }]);
  });

  it('is accepted only when SNS says so', async () => {
    sns.on(PublishCommand).rejects(new Error('SNS is away'));
    await expect(publisher.mail(mail)).rejects.toThrow('SNS is away');
    await expect(publisher.machines(message)).rejects.toThrow('SNS is away');
  });
});
