import { Duration } from 'aws-cdk-lib';
import { Match, Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { WATCHED_CALLS } from '../../functions/contracts/fixed-names.ts';
import { acceptFromRule, DeadLetters } from './dead-letters.ts';
import type { EventQueue } from './event-queue.ts';

export interface DetectionProps {
  readonly events: EventQueue;
}

/** Sends CloudTrail's records of IAM calls that may change a user's active keys to the event queue, mostly within seconds (fact events-best-effort). */
export class Detection extends Construct {
  readonly rule: Rule;

  constructor(scope: Construct, id: string, props: DetectionProps) {
    super(scope, id);
    const { events } = props;
    const deadLetters = new DeadLetters(this, 'DeadLetters', {
      whenNotEmpty:
        'CloudTrail events that EventBridge could not deliver to the event queue for a day. Fix the cause (most likely ' +
        "the queue's policy), then move these messages to the wake queue as docs/operate.md says: the creator of a key stays unknown.",
    });
    this.rule = new Rule(this, 'KeyEvents', {
      description: "Solekey: calls that may change an IAM user's active access keys",
      eventPattern: {
        source: ['aws.iam'],
        detailType: ['AWS API Call via CloudTrail'],
        detail: {
          eventSource: ['iam.amazonaws.com'],
          eventName: [...WATCHED_CALLS],
          // CloudTrail reports failed calls as well; those changed nothing.
          errorCode: Match.doesNotExist(),
        },
      },
    });
    // CDK's target construct would grant EventBridge two permissions on the queue that it does not need.
    this.rule.addTarget({
      bind: () => ({
        arn: events.queue.queueArn,
        targetResource: events.queue,
        deadLetterConfig: { arn: deadLetters.queue.queueArn },
        // EventBridge's own limits, made explicit.
        retryPolicy: {
          maximumRetryAttempts: 185,
          maximumEventAgeInSeconds: Duration.hours(24).toSeconds(),
        },
      }),
    });
    events.acceptOnlyFrom(this.rule);
    acceptFromRule(deadLetters.queue, this.rule);
  }
}
