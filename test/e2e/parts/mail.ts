import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { expect, it } from 'vitest';
import type { Stack } from '../stack.ts';

/** The way that all mails of this world went. */
export function mail(stack: () => Stack): void {
  it("is the template's e-mail subscriptions alone, which no link ends and SNS never cut off", async () => {
    const { sns, clients, settings } = stack().launched;
    const TopicArn = stack().output('MailTopicArn');
    const client = clients.make(SNSClient);
    const { Subscriptions = [] } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    client.destroy();
    const own = await Promise.all(settings.approvers.map(({ email }) => sns.of(email, TopicArn)));
    expect(own).toMatchObject(
      settings.approvers.map(({ id }) => ({
        state: 'confirmed',
        filterPolicy: { recipient: expect.arrayContaining([id]) },
        lost: 0,
      })),
    );
    expect(Subscriptions.map(({ SubscriptionArn }) => SubscriptionArn).sort()).toEqual(
      own.map(({ arn }) => arn).sort(),
    );
    const most = own.map(({ address, mostInASecond }) => `${mostInASecond} to ${address}`);
    process.stdout.write(`The most mails in any second: ${most.join(', ')}\n`);
  });
}
