import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  type CfnTopic,
  Subscription,
  SubscriptionFilter,
  SubscriptionProtocol,
  Topic,
  TopicPolicy,
} from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { EVENT_SOURCE } from '../../functions/contracts/fixed-names.ts';
import { type Approver, distinctAddresses, filterOf } from '../../functions/contracts/settings.ts';
import type { SolekeyFunction } from './function.ts';

export interface NoticesProps {
  readonly approvers: readonly Approver[];
  /** Ids of approvers whose address has no subscription in this template. */
  readonly withoutSubscription: readonly string[];
}

/**
 * The mail topic: each message is for one approver, with a link of their own; and the data topic: the same notices as
 * JSON, without links, for machines. Events for other programs go to the account's default event bus.
 *
 * Both are encrypted with the key that AWS manages for SNS, which publishers in this account can use without a grant.
 * AWS services (such as CloudWatch alarms) cannot publish with this key, and none should, because a mail from here
 * lets its reader decide.
 */
export class Notices extends Construct {
  readonly mail: Topic;
  readonly data: Topic;

  constructor(scope: Construct, id: string, props: NoticesProps) {
    super(scope, id);
    this.mail = encrypted(new Topic(this, 'Mail', { displayName: 'Solekey' }));
    this.data = encrypted(new Topic(this, 'Data', { displayName: 'Solekey data' }));
    new TopicPolicy(this, 'DataPolicy', { topics: [this.data], enforceSSL: true });
    const mailPolicy = new TopicPolicy(this, 'MailPolicy', { topics: [this.mail], enforceSSL: true });

    const recipients = distinctAddresses(props.approvers);
    const addresses = recipients.map(({ address }) => address);
    mailPolicy.document.addStatements(
      this.denySubscribing('OnlyByMail', { 'sns:Protocol': 'email' }),
      this.denySubscribing('OnlyApprovers', { 'sns:Endpoint': addresses }),
    );
    for (const mailbox of recipients) {
      const { address, ids } = mailbox;
      if (ids.some((id) => props.withoutSubscription.includes(id))) {
        continue;
      }
      const subscription = new Subscription(this, `To ${address}`, {
        topic: this.mail,
        protocol: SubscriptionProtocol.EMAIL,
        endpoint: address,
        // CloudFormation passes the policy in the Subscribe call itself. Set afterwards, it could take up to 15
        // minutes to take effect, in which this address would receive everybody's links.
        filterPolicy: Object.fromEntries(
          Object.entries(filterOf(mailbox)).map(([name, allowed]) => [
            name,
            SubscriptionFilter.stringFilter({ allowlist: [...allowed] }),
          ]),
        ),
      });
      // The policy must allow a new approver's address before that address can be subscribed.
      subscription.node.addDependency(mailPolicy);
    }
  }

  grantPublish(fn: SolekeyFunction): void {
    fn.tell('MAIL_TOPIC_ARN', this.mail.topicArn);
    fn.tell('DATA_TOPIC_ARN', this.data.topicArn);
    fn.allow({
      sid: 'PublishNotices',
      actions: ['sns:Publish'],
      resources: [this.mail.topicArn, this.data.topicArn],
    });
  }

  /** For reconcile: put events on the account's default bus, as ourselves and nobody else. */
  grantPutEvents(fn: SolekeyFunction): void {
    const bus = { service: 'events', resource: 'event-bus', resourceName: 'default' };
    fn.allow({
      sid: 'PutEvents',
      actions: ['events:PutEvents'],
      resources: [Stack.of(this).formatArn(bus)],
      // AWS documents the source as a list, and a condition on every member of a list is met by none at all.
      conditions: {
        'ForAllValues:StringEquals': { 'events:source': EVENT_SOURCE },
        Null: { 'events:source': 'false' },
      },
    });
  }

  /**
   * Denies subscribing any other address, regardless of the caller's permissions: a subscriber without a filter would
   * receive every approver's links. The comparison is case-sensitive, because for SNS `Security@…` and `security@…`
   * are two subscribers.
   */
  private denySubscribing(sid: string, unless: Record<string, string | string[]>): iam.PolicyStatement {
    return new iam.PolicyStatement({
      sid,
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: ['sns:Subscribe'],
      resources: [this.mail.topicArn],
      conditions: { StringNotEquals: unless },
    });
  }
}

/**
 * Encrypts with the alias as SNS documents it. For an imported key CDK would set the alias's ARN, which is not
 * documented to work.
 */
function encrypted(topic: Topic): Topic {
  (topic.node.defaultChild as CfnTopic).kmsMasterKeyId = 'alias/aws/sns';
  return topic;
}
