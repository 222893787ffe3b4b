import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetters } from './dead-letters.ts';
import type { SolekeyFunction } from './function.ts';

export interface UsageProps {
  readonly witness: SolekeyFunction;
}

/**
 * Lookups of who uses keys: reconcile asks through a queue, witness answers from CloudTrail's event history. The queue is
 * FIFO and all questions are of one group, so that one is answered at a time, whatever the concurrency of the account:
 * CloudTrail takes two calls a second (docs/adr/018).
 */
export class Usage extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { witness }: UsageProps) {
    super(scope, id);
    const deadLetters = new DeadLetters(this, 'DeadLetters', {
      whenNotEmpty:
        "Lookups of who uses a user's keys that witness failed to do five times. Read its log, fix the cause, and delete " +
        'these messages: the next evaluation of the user asks again. Until then usage counts as not looked up.',
      fifo: true,
    });
    this.queue = new Queue(this, 'Queue', {
      fifo: true,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // The maximum of SQS, so that nothing is lost while witness cannot run.
      retentionPeriod: Duration.days(14),
      // AWS recommends six times the timeout for queues read by Lambda. Here it is also the time for which a failed
      // lookup keeps all others waiting, so a broken one delays them by two and a half hours at most.
      visibilityTimeout: Duration.seconds(witness.timeout.toSeconds() * 6),
      deadLetterQueue: { queue: deadLetters.queue, maxReceiveCount: 5 },
      // SQS moves the dead letters of any queue of the account here, past every policy, unless this forbids it.
      redriveAllowPolicy: { redrivePermission: RedrivePermission.DENY_ALL },
    });
    this.letAnswer(witness);
    // IAM supports no narrower resource for this call.
    witness.allow({ sid: 'LookUpEvents', actions: ['cloudtrail:LookupEvents'], resources: ['*'] });
    this.watchAge();
  }

  /**
   * For reconcile, which is the only one to ask. It is denied to everybody else, administrators included: a question chooses
   * what is looked up, and a deletion can depend on the answer (S14).
   */
  grantAsk(fn: SolekeyFunction): void {
    fn.tell('USAGE_QUEUE_URL', this.queue.queueUrl);
    fn.allow({ sid: 'AskUsage', actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] });
    this.queue.addToResourcePolicy(
      new PolicyStatement({
        sid: 'NobodyElse',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
        conditions: { ArnNotEquals: { 'aws:PrincipalArn': fn.role.roleArn } },
      }),
    );
  }

  /** One message a run, because the keys of one user may take a minute. There is no limit of concurrency: one group has one run. */
  private letAnswer(witness: SolekeyFunction): void {
    const { queueArn } = this.queue;
    witness.allow({
      sid: 'ReadQuestions',
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: [queueArn],
    });
    witness.lambda.addEventSourceMapping('Questions', { eventSourceArn: queueArn, batchSize: 1 });
  }

  /**
   * An alarm for questions that wait for a day. On the first day hundreds rightly wait for hours: two keys in six regions
   * are 60 calls, so 500 users take more than eight hours.
   */
  private watchAge(): void {
    new Alarm(this, 'Overdue', {
      alarmDescription:
        'A lookup of who uses keys has been waiting for a day: witness does not run, or there are more cases than it can ' +
        'look up. Mails and pages say "not looked up", and the deletion of a key that was in use waits up to seven days; then ' +
        'a person is asked to confirm it. Read its log, fix the cause: the queue empties on its own.',
      metric: this.queue.metricApproximateAgeOfOldestMessage({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: Duration.days(1).toSeconds(),
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
