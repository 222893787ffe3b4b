import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Rule } from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface DeadLettersProps {
  /** The alarm's text: what lies here and what a person should do about it. */
  readonly whenNotEmpty: string;
}

/** Where an asynchronous hop leaves what it could not deliver. It comes with its alarm: nobody looks otherwise. */
export class DeadLetters extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: DeadLettersProps) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
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
      // SQS stops reporting on a queue that nobody used for six hours; an unused queue is an empty one.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}

/**
 * Lets one EventBridge rule, and of all other services and accounts nobody, send to a queue. The rule's ARN holds the
 * account; `aws:SourceAccount` beside it would add nothing, and nobody says that EventBridge sends it with dead letters.
 */
export function acceptFromRule(queue: Queue, rule: Rule): void {
  queue.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: `From${rule.node.id}`,
      principals: [new iam.ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
    }),
  );
}
