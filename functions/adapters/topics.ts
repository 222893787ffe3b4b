import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Publisher } from '../app/ports.ts';

/**
 * The two topics. Mail has the attribute `recipient`, on which each subscription filters, so that approvers receive
 * only their own links. From a later release on they filter on `address`, too, which is published from here on.
 */
export function topics(sns: SNSClient, arns: { readonly mail: string; readonly data: string }): Publisher {
  return {
    async mail({ recipient, address, subject, body }) {
      await sns.send(
        new PublishCommand({
          TopicArn: arns.mail,
          Subject: subject,
          Message: body,
          MessageAttributes: {
            recipient: { DataType: 'String', StringValue: recipient },
            address: { DataType: 'String', StringValue: address },
          },
        }),
      );
    },

    async machines(news) {
      await sns.send(new PublishCommand({ TopicArn: arns.data, Message: JSON.stringify(news) }));
    },
  };
}
