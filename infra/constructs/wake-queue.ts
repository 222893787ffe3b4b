import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetters } from './dead-letters.ts';
import type { SolekeyFunction } from './function.ts';

export interface WakeQueueProps {
  /** The timeout of the function that reads the queue. */
  readonly readerTimeout: Duration;
}

/**
 * The queue of requests to re-evaluate a user, and the only way to reconcile. A message carries no authority, so a
 * sender can cause nothing but an evaluation. Encrypted with keys managed by SQS: as a rule's target, a queue with a
 * KMS key would have to allow events of any account to use the key.
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
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // The maximum of SQS, so that nothing is lost while reconcile cannot run.
      retentionPeriod: Duration.days(14),
      // AWS recommends six times the timeout for queues read by Lambda, so that a retry starts only after the first
      // attempt has ended.
      visibilityTimeout: Duration.seconds(props.readerTimeout.toSeconds() * 6),
      deadLetterQueue: { queue: this.deadLetters.queue, maxReceiveCount: 5 },
    });
    this.watchAge();
  }

  /**
   * An alarm for old messages. Delays of 15 minutes and five attempts at six minutes each add up to three quarters of
   * an hour; an older message was not even attempted.
   */
  private watchAge(): void {
    new Alarm(this, 'Overdue', {
      alarmDescription:
        'A user has been waiting for evaluation for an hour: reconcile does not run or cannot keep up. Nothing is lost ' +
        'for 14 days. Read its log and check whether it is throttled, then fix the cause: the queue empties on its own.',
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

  /** For reconcile: lets the queue invoke the function. */
  grantRead(fn: SolekeyFunction): void {
    fn.allow({
      sid: 'ReadWakes',
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: [this.queue.queueArn],
    });
    fn.lambda.addEventSourceMapping('Wakes', {
      eventSourceArn: this.queue.queueArn,
      // Five evaluations fit into one timeout, and all callers in the account share IAM's request rate.
      batchSize: 5,
      maxConcurrency: 5,
      reportBatchItemFailures: true,
    });
  }

  grantSend(fn: SolekeyFunction): void {
    fn.tell('WAKE_QUEUE_URL', this.queue.queueUrl);
    fn.allow({ sid: 'SendWakes', actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] });
  }

  /** For contract violations: a message that no retry can help goes to the dead-letter queue immediately. */
  grantGiveUp(fn: SolekeyFunction): void {
    fn.tell('WAKE_DLQ_URL', this.deadLetters.queue.queueUrl);
    fn.allow({
      sid: 'GiveUpOnMessages',
      actions: ['sqs:SendMessage'],
      resources: [this.deadLetters.queue.queueArn],
    });
  }
}
