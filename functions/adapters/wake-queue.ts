import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { RefreshSender, WakeSender } from '../app/ports.ts';
import { wakeBody } from '../contracts/wake.ts';

/** What SQS takes in one call. */
const BATCH = 10;

/** The longest delay of SQS, 15 minutes. Longer waits are the due index's business. */
const LONGEST_DELAY = 900;

/** Sends wakes. It resolves only when SQS accepted every one of them: a batch call can succeed with failed entries in it. */
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

/** Sends wishes for AWS Config through the same queue. */
export function refreshSender(sqs: SQSClient, queueUrl: string): RefreshSender {
  return {
    async ask(wish, delay) {
      const MessageBody = JSON.stringify(wish);
      const DelaySeconds = delaySeconds(delay);
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody, DelaySeconds }));
    },
  };
}

/** A delay as SQS takes it. */
function delaySeconds(delay: number): number {
  return Math.min(LONGEST_DELAY, Math.max(0, Math.ceil(delay)));
}

/** Puts a message that no retry can mend where people look. */
export function deadLetters(sqs: SQSClient, queueUrl: string): (body: string) => Promise<void> {
  return async (body) => {
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
  };
}
