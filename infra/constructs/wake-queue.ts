import type { Duration } from 'aws-cdk-lib';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetters } from './dead-letters.ts';
import type { SolekeyFunction } from './function.ts';
import { letRead, readQueue } from './read-queue.ts';

export interface WakeQueueProps {
  /** The timeout of the function that reads the queue. */
  readonly readerTimeout: Duration;
}

/**
 * The queue of requests to re-evaluate a user. A message carries neither authority nor evidence, so a sender can cause
 * nothing but an evaluation.
 */
export class WakeQueue extends Construct {
  readonly queue: Queue;
  private readonly deadLetters: DeadLetters;

  constructor(scope: Construct, id: string, props: WakeQueueProps) {
    super(scope, id);
    this.deadLetters = new DeadLetters(this, 'DeadLetters', {
      whenNotEmpty:
        'Messages that reconcile could not read, or failed to process five times. Read one and its log entry, fix the ' +
        'cause, then move them back as docs/operate.md says: evaluating a user again is always safe.',
    });
    this.queue = readQueue(this, { readerTimeout: props.readerTimeout, deadLetters: this.deadLetters });
  }

  /** For reconcile: lets the queue invoke the function. */
  grantRead(fn: SolekeyFunction): void {
    letRead(this.queue, fn, { id: 'Wakes', sid: 'ReadWakes' });
  }

  grantSend(fn: SolekeyFunction): void {
    fn.tell('WAKE_QUEUE_URL', this.queue.queueUrl);
    fn.allow({ sid: 'SendWakes', actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] });
  }

  /** For contract violations: a message that no retry can help goes to the dead-letter queue immediately. */
  grantGiveUp(fn: SolekeyFunction): void {
    fn.tell('WAKE_DLQ_URL', this.deadLetters.queue.queueUrl);
    fn.allow({
      sid: 'GiveUp',
      actions: ['sqs:SendMessage'],
      resources: [this.deadLetters.queue.queueArn],
    });
  }
}
