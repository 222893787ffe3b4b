import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { UsageAsker } from '../app/usage-ports.ts';
import { questionBody } from '../contracts/usage-question.ts';

/** All questions are of one group, so that one is answered at a time: CloudTrail takes two calls a second. */
const GROUP = 'usage';

/**
 * The queue of questions to witness. A user who is asked about again within five minutes is not looked up twice: SQS drops
 * the repetition. The first question after CloudTrail shows the last call of a key is no repetition (S14).
 */
export function usageQueue(sqs: SQSClient, queueUrl: string): UsageAsker {
  return {
    async ask(question) {
      const keys = question.keys
        .map(({ keyId, ended }) => `${keyId.slice(-8)}${ended === undefined ? '' : '-ended'}`)
        .sort();
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: questionBody(question),
          MessageGroupId: GROUP,
          MessageDeduplicationId: [question.account, question.userId, ...keys].join('.').slice(0, 128),
        }),
      );
    },
  };
}

/** For a deployment without usage, in which there is no such queue. */
export const NO_USAGE: UsageAsker = { ask: async () => undefined };
