import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Rule } from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface DeadLettersProps {
  /** The alarm's text: which messages are in this queue and what to do about them. */
  readonly whenNotEmpty: string;
  /** True if the queue that leaves messages here is FIFO: then SQS requires this one to be FIFO, too. */
  readonly fifo?: boolean;
}

/**
 * A queue for messages that an asynchronous step could not deliver, with an alarm, because nobody would check it
 * otherwise.
 */
export class DeadLetters extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: DeadLettersProps) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      ...(props.fifo === true ? { fifo: true } : {}),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    new Alarm(this, 'NotEmpty', {
      alarmDescription: props.whenNotEmpty,
      metric: this.queue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      // SQS stops reporting metrics for a queue that was not used for six hours; such a queue is empty.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}

/**
 * Lets these EventBridge rules, and no other principal of any service or account, send to a queue. A rule's ARN
 * contains the account, so a condition on `aws:SourceAccount` would add nothing, and it is not documented that
 * EventBridge sends that key with dead letters.
 */
export function acceptFromRules(queue: Queue, ...rules: Rule[]): void {
  queue.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'OurRules',
      principals: [new iam.ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': rules.map(({ ruleArn }) => ruleArn) } },
    }),
  );
}
