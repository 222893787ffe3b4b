import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { RefreshSender } from '../app/config-ports.ts';
import type { WakeSender } from '../app/ports.ts';
import { wakeBody } from '../contracts/wake.ts';

/** Maximum number of messages in one SendMessageBatch call. */
const BATCH = 10;

/** Maximum delay in SQS, in seconds. Longer waits use the due index. */
const LONGEST_DELAY = 900;

/** Sends wakes. Resolves only if SQS accepted all of them, because a batch call can succeed with failed entries. */
export function wakeQueue(sqs: SQSClient, queueUrl: string): WakeSender {
  return {
    async send(wakes, delay = 0) {
      const seconds = delaySeconds(delay);
      for (let from = 0; from < wakes.length; from += BATCH) {
        const entries = wakes.slice(from, from + BATCH).map((wake, index) => ({
          Id: String(index),
          MessageBody: wakeBody(wake),
          DelaySeconds: seconds,
        }));
        const answer = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
        const failed = answer.Failed ?? [];
        if (failed.length > 0) {
          const codes = [...new Set(failed.map((entry) => entry.Code))].join(', ');
          throw new Error(`SQS refused ${failed.length} of ${entries.length} wakes: ${codes}`);
        }
      }
    },
  };
}

/** Sends requests for AWS Config through the same queue. */
export function refreshSender(sqs: SQSClient, queueUrl: string): RefreshSender {
  return {
    async ask(wish, delay) {
      const MessageBody = JSON.stringify(wish);
      const DelaySeconds = delaySeconds(delay);
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody, DelaySeconds }));
    },
  };
}

/** A delay in whole seconds within the limits of SQS. */
function delaySeconds(delay: number): number {
  return Math.min(LONGEST_DELAY, Math.max(0, Math.ceil(delay)));
}

/** Moves a message that no retry can help to the dead-letter queue. */
export function deadLetters(sqs: SQSClient, queueUrl: string): (body: string) => Promise<void> {
  return async (body) => {
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
  };
}
