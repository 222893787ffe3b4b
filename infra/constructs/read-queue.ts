import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue, QueueEncryption, type RedriveAllowPolicy } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { DeadLetters } from './dead-letters.ts';
import type { SolekeyFunction } from './function.ts';

export interface ReadQueueProps {
  /** The timeout of the function that reads the queue. */
  readonly readerTimeout: Duration;
  /** Gets the messages that failed five times. */
  readonly deadLetters: DeadLetters;
  readonly redriveAllowPolicy?: RedriveAllowPolicy;
}

/**
 * A queue that reconcile reads, with an alarm for old messages. Encrypted with keys managed by SQS: as a rule's target, a
 * queue with a KMS key would have to allow events of any account to use the key.
 */
export function readQueue(scope: Construct, { readerTimeout, deadLetters, ...props }: ReadQueueProps): Queue {
  const queue = new Queue(scope, 'Queue', {
    ...props,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    // The maximum of SQS, so that nothing is lost while reconcile cannot run.
    retentionPeriod: Duration.days(14),
    // AWS recommends six times the timeout for queues read by Lambda, so that a retry starts only after the first
    // attempt has ended.
    visibilityTimeout: Duration.seconds(readerTimeout.toSeconds() * 6),
    deadLetterQueue: { queue: deadLetters.queue, maxReceiveCount: 5 },
  });
  watchAge(scope, queue);
  return queue;
}

/**
 * An alarm for old messages. Delays of 15 minutes and five attempts at six minutes each add up to three quarters of
 * an hour; an older message was not even attempted.
 */
function watchAge(scope: Construct, queue: Queue): void {
  new Alarm(scope, 'Overdue', {
    alarmDescription:
      'A user has been waiting for evaluation for an hour: reconcile does not run or cannot keep up. Nothing is lost ' +
      'for 14 days. Read its log and check whether it is throttled, then fix the cause: the queue empties on its own.',
    metric: queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: 'Maximum' }),
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: Duration.hours(1).toSeconds(),
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
}

/** Lets a queue invoke the function. `id`: of the event source mapping, `sid`: of the permission. */
export function letRead(
  queue: Queue,
  fn: SolekeyFunction,
  { id, sid }: { readonly id: string; readonly sid: string },
): void {
  fn.allow({
    sid,
    actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    resources: [queue.queueArn],
  });
  fn.lambda.addEventSourceMapping(id, {
    eventSourceArn: queue.queueArn,
    // Five evaluations fit into one timeout, and all callers in the account share IAM's request rate.
    batchSize: 5,
    maxConcurrency: 5,
    reportBatchItemFailures: true,
  });
}
