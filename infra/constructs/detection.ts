import { Duration } from 'aws-cdk-lib';
import { type EventPattern, Match, Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { EXPOSURE_PATTERN, RECORDED_CALLS } from '../../functions/contracts/fixed-names.ts';
import { acceptFromRules, DeadLetters } from './dead-letters.ts';
import type { EventQueue } from './event-queue.ts';

export interface DetectionProps {
  readonly events: EventQueue;
}

/** The rules of EventBridge whose events reconcile believes (S15), which therefore alone may send to its event queue. */
export interface DetectionRules {
  /** CloudTrail's records of IAM calls that may change a user's active keys, or quarantine the user. */
  readonly keys: Rule;
  /** Reports of AWS Health about exposed keys. */
  readonly reports: Rule;
}

/** Sends CloudTrail's records of IAM calls, and what AWS says of exposed keys, to the event queue, mostly within seconds (fact events-best-effort). */
export class Detection extends Construct {
  readonly rules: DetectionRules;

  constructor(scope: Construct, id: string, props: DetectionProps) {
    super(scope, id);
    const { events } = props;
    const deadLetters = new DeadLetters(this, 'DeadLetters', {
      whenNotEmpty:
        'Events that EventBridge could not deliver to the event queue for a day. Fix the cause (most likely ' +
        "the queue's policy), then move these messages to the wake queue as docs/operate.md says: the creator of a key, or " +
        'that it is exposed, stays unknown.',
    });
    const ruleFor = (name: string, description: string, eventPattern: EventPattern) => {
      const rule = new Rule(this, name, { description, eventPattern });
      // CDK's target construct would grant EventBridge two permissions on the queue that it does not need.
      rule.addTarget({
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
      return rule;
    };
    this.rules = {
      keys: ruleFor(
        'KeyEvents',
        "Solekey: calls that may change an IAM user's active access keys, or quarantine the user",
        {
          source: ['aws.iam'],
          detailType: ['AWS API Call via CloudTrail'],
          detail: {
            eventSource: ['iam.amazonaws.com'],
            eventName: [...RECORDED_CALLS],
            // CloudTrail reports failed calls as well; those changed nothing.
            errorCode: Match.doesNotExist(),
          },
        },
      ),
      reports: ruleFor('ExposedKeys', 'Solekey: access keys that AWS Health reports as exposed', {
        source: [...EXPOSURE_PATTERN.source],
        detail: EXPOSURE_PATTERN.detail,
      }),
    };
    acceptFromRules(deadLetters.queue, this.rules.keys, this.rules.reports);
    events.acceptOnlyFrom(this.rules.keys, this.rules.reports);
  }
}
