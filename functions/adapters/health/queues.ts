import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { answered } from './not-read.ts';
import { jsonOf } from './rules.ts';

/** The policy of a queue as JSON, null if it has none; and the number of messages that nobody has received. */
export async function readQueue(
  sqs: SQSClient,
  url: string,
): Promise<{ readonly policy: unknown; readonly waiting: number }> {
  const { Attributes = {} } = await answered(
    'sqs:GetQueueAttributes',
    sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: url,
        AttributeNames: ['Policy', 'ApproximateNumberOfMessages'],
      }),
    ),
  );
  return {
    policy: jsonOf(Attributes.Policy),
    waiting: Number(Attributes.ApproximateNumberOfMessages ?? 0),
  };
}

/** The number of messages in each dead-letter queue, those included that somebody is reading. */
export async function readDeadLetters(
  sqs: SQSClient,
  eventQueueUrl: string,
  queues: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, number>>> {
  const pairs = await Promise.all(
    Object.entries(queues).map(async ([alarm, name]) => {
      const { Attributes = {} } = await answered(
        'sqs:GetQueueAttributes',
        sqs.send(
          new GetQueueAttributesCommand({
            QueueUrl: beside(eventQueueUrl, name),
            AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
          }),
        ),
      );
      return [alarm, Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0)] as const;
    }),
  );
  return Object.fromEntries(pairs);
}

/** The URL of a queue of the same account and Region, which saves 4 KB of environment the rest of each URL. */
function beside(url: string, name: string): string {
  return `${url.slice(0, url.lastIndexOf('/') + 1)}${name}`;
}
