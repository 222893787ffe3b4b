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
import { type Approver, distinctAddresses } from '../../functions/contracts/settings.ts';
import type { SolekeyFunction } from './function.ts';

export interface NoticesProps {
  readonly approvers: readonly Approver[];
}

/**
 * Mail to approvers, each message for one recipient with a link of their own; and the same notices as JSON,
 * without links, for machines.
 *
 * Encrypted with the key that AWS manages for SNS: it lets publishers of this account through without a grant.
 * Services (CloudWatch alarms, say) cannot publish through it, and none should: a mail from here is a decision.
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
    for (const { address, ids } of recipients) {
      const subscription = new Subscription(this, `To ${address}`, {
        topic: this.mail,
        protocol: SubscriptionProtocol.EMAIL,
        endpoint: address,
        // CloudFormation hands this over in the Subscribe call itself; without it, for up to 15 minutes,
        // this address would get everybody's links.
        filterPolicy: { recipient: SubscriptionFilter.stringFilter({ allowlist: ids }) },
      });
      // A new approver's address must be in the policy before it can subscribe.
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

  /**
   * Whoever subscribes without a filter reads every approver's links, so no other address may, whatever rights
   * its owner has. Exact letters: `Security@…` beside `security@…` would be a second subscriber to SNS.
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

/** By the alias as SNS knows it: of an imported key the CDK would name the alias's ARN, for which SNS promises nothing. */
function encrypted(topic: Topic): Topic {
  (topic.node.defaultChild as CfnTopic).kmsMasterKeyId = 'alias/aws/sns';
  return topic;
}
