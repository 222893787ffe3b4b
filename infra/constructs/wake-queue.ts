import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetters } from './dead-letters.ts';
import type { SolekeyFunction } from './function.ts';

export interface WakeQueueProps {
  /** How long the function that reads the queue may run. */
  readonly readerTimeout: Duration;
}

/**
 * "Look at this user": the one door to reconcile. A message carries no authority, so being able to send one is
 * worth nothing more than a look. Keys managed by SQS: a queue with a KMS key as a rule's target would have to
 * open that key to events of any account.
 */
export class WakeQueue extends Construct {
  readonly queue: Queue;
  private readonly deadLetters: DeadLetters;

  constructor(scope: Construct, id: string, props: WakeQueueProps) {
    super(scope, id);
    this.deadLetters = new DeadLetters(this, 'DeadLetters', {
      whenNotEmpty:
        'Messages that reconcile could not use, or failed on five times. Read one and its log entry, put the cause ' +
        'right, then move them back as docs/operate.md says: looking once more is always safe.',
    });
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // As long as SQS keeps anything: while reconcile cannot run, nothing is to be forgotten.
      retentionPeriod: Duration.days(14),
      // AWS's advice for queues read by Lambda: six times the timeout, so that a retry finds the first try over.
      visibilityTimeout: Duration.seconds(props.readerTimeout.toSeconds() * 6),
      deadLetterQueue: { queue: this.deadLetters.queue, maxReceiveCount: 5 },
    });
    this.watchAge();
  }

  /** Delays of 15 minutes and five tries of six make three quarters of an hour; what is older was not even tried. */
  private watchAge(): void {
    new Alarm(this, 'Overdue', {
      alarmDescription:
        'A user has been waiting for a look for an hour: reconcile does not run, or does not keep up. Nothing is lost for ' +
        '14 days. Read its log and its throttles, and put the cause right: the queue then empties by itself.',
      metric: this.queue.metricApproximateAgeOfOldestMessage({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: Duration.hours(1).toSeconds(),
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  /** The function is woken by the queue. */
  grantRead(fn: SolekeyFunction): void {
    fn.allow({
      sid: 'ReadWakes',
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: [this.queue.queueArn],
    });
    fn.lambda.addEventSourceMapping('Wakes', {
      eventSourceArn: this.queue.queueArn,
      // Five looks fit into one timeout, and IAM's request rate is shared with everybody else in the account.
      batchSize: 5,
      maxConcurrency: 5,
      reportBatchItemFailures: true,
    });
  }

  grantSend(fn: SolekeyFunction): void {
    fn.tell('WAKE_QUEUE_URL', this.queue.queueUrl);
    fn.allow({ sid: 'SendWakes', actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] });
  }

  /** For contract breaks: a message that no retry can mend goes to the dead letters at once. */
  grantGiveUp(fn: SolekeyFunction): void {
    fn.tell('WAKE_DLQ_URL', this.deadLetters.queue.queueUrl);
    fn.allow({
      sid: 'GiveUpOnMessages',
      actions: ['sqs:SendMessage'],
      resources: [this.deadLetters.queue.queueArn],
    });
  }
}
