import type { Duration } from 'aws-cdk-lib';
import type { Rule } from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Queue, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acceptFromRules, DeadLetters } from './dead-letters.ts';
import type { SolekeyFunction } from './function.ts';
import { letRead, readQueue } from './read-queue.ts';

export interface EventQueueProps {
  /** The timeout of the function that reads the queue. */
  readonly readerTimeout: Duration;
}

/**
 * The queue of AWS's events. Reconcile believes what they say about the creator of a key, and about exposed keys (S15), so nobody but
 * rules that were admitted can send here: neither a role of ours nor an administrator of the account.
 */
export class EventQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: EventQueueProps) {
    super(scope, id);
    const deadLetters = new DeadLetters(this, 'DeadLetters', {
      whenNotEmpty:
        'Events that reconcile failed to process five times. Read its log, fix the cause, then move them to the ' +
        'wake queue as docs/operate.md says: their users are evaluated, with the creator of a new key unknown.',
    });
    this.queue = readQueue(this, {
      readerTimeout: props.readerTimeout,
      deadLetters,
      // SQS moves the dead letters of any queue of the account here, past every policy, unless this forbids it.
      redriveAllowPolicy: { redrivePermission: RedrivePermission.DENY_ALL },
    });
  }

  /** Lets these rules send, and denies it to everybody else. */
  acceptOnlyFrom(...rules: Rule[]): void {
    acceptFromRules(this.queue, ...rules);
    this.queue.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'NobodyElse',
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
        // Also true of a request without a source, which is any request that no AWS service makes.
        conditions: { ArnNotEquals: { 'aws:SourceArn': rules.map(({ ruleArn }) => ruleArn) } },
      }),
    );
  }

  /** For reconcile: lets the queue invoke the function, which must know it from the wake queue. */
  grantRead(fn: SolekeyFunction): void {
    fn.tell('EVENT_QUEUE_ARN', this.queue.queueArn);
    letRead(this.queue, fn, { id: 'Events', sid: 'ReadEvents' });
  }
}
