import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** Maximum number of messages in one SendMessageBatch call. */
const BATCH = 10;

/** Maximum delay in SQS, in seconds. Longer waits use the due index. */
const LONGEST_DELAY = 900;

/** A message for a queue, with its delay in seconds. */
export interface Outgoing {
  readonly body: string;
  readonly delay: number;
}

interface Posted extends Outgoing {
  accepted(): void;
  refused(why: unknown): void;
}

/**
 * Sends messages to one queue. Resolves only if SQS accepted all of them, because a batch call can succeed with failed
 * entries.
 */
export type Outbox = (messages: readonly Outgoing[]) => Promise<void>;

/** An outbox that sends all messages posted in the same moment in as few calls as SQS allows. */
export function outbox(sqs: SQSClient, queueUrl: string): Outbox {
  let waiting: Posted[] = [];

  const sendAll = async () => {
    const posted = waiting;
    waiting = [];
    for (let from = 0; from < posted.length; from += BATCH) {
      await send(posted.slice(from, from + BATCH));
    }
  };

  const send = async (batch: readonly Posted[]) => {
    const Entries = batch.map(({ body, delay }, index) => ({
      Id: String(index),
      MessageBody: body,
      DelaySeconds: delaySeconds(delay),
    }));
    try {
      const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      const codes = [...new Set(Failed.map((entry) => entry.Code))].join(', ');
      const why = new Error(`SQS refused ${Failed.length} of ${batch.length} messages: ${codes}`);
      for (const [index, one] of batch.entries()) {
        if (Failed.some(({ Id }) => Id === String(index))) {
          one.refused(why);
        } else {
          one.accepted();
        }
      }
    } catch (error) {
      for (const one of batch) {
        one.refused(error);
      }
    }
  };

  return async (messages) => {
    const results = messages.map(
      (message) =>
        new Promise<void>((accepted, refused) => {
          waiting.push({ ...message, accepted, refused });
        }),
    );
    queueMicrotask(sendAll);
    await Promise.all(results);
  };
}

/** A delay in whole seconds within the limits of SQS. */
function delaySeconds(delay: number): number {
  return Math.min(LONGEST_DELAY, Math.max(0, Math.ceil(delay)));
}
