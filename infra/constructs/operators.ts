import { Stack } from 'aws-cdk-lib';
import { Alarm, type CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Subscription, SubscriptionProtocol, Topic, TopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { SolekeyFunction } from './function.ts';

export interface OperatorsProps {
  /** In lower case, each once. */
  readonly addresses: readonly string[];
}

/**
 * The topic of those who keep Solekey itself running: what health finds, and every alarm. No link is ever sent here, so
 * anybody may be subscribed by hand, a chat for example.
 *
 * It is not encrypted at rest. CloudWatch cannot publish with the key that AWS manages for SNS, and a key of our own would be
 * one more thing that can be disabled or mistaken, in the one channel that must report exactly such mistakes; its
 * messages say nothing that its mails, which leave AWS, do not say (docs/adr/020).
 */
export class Operators extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { addresses }: OperatorsProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { displayName: 'Solekey operators' });
    const policy = new TopicPolicy(this, 'Policy', { topics: [this.topic], enforceSSL: true });
    policy.document.addStatements(this.letAlarmsPublish());
    for (const address of addresses) {
      new Subscription(this, `To ${address}`, {
        topic: this.topic,
        protocol: SubscriptionProtocol.EMAIL,
        endpoint: address,
      });
    }
  }

  /** For health. */
  grantTell(fn: SolekeyFunction): void {
    fn.tell('OPERATOR_TOPIC_ARN', this.topic.topicArn);
    fn.allow(this.mayTell());
  }

  /** For reconcile, when keys were deactivated as compromised. Its role's own policies have no room left. */
  grantTellOfKeys(fn: SolekeyFunction): void {
    fn.tell('OPERATOR_TOPIC_ARN', this.topic.topicArn);
    fn.allowApart('TellOperators', [this.mayTell()]);
  }

  private mayTell() {
    return { sid: 'TellOperators', actions: ['sns:Publish'], resources: [this.topic.topicArn] };
  }

  /**
   * Tells operators when an alarm of the stack goes on or off. Each alarm is called like its section in docs/operate.md,
   * which is its path in the stack, and its description ends with the way there.
   */
  tellOfAlarms(): void {
    const stack = Stack.of(this);
    const action = new SnsAction(this.topic);
    for (const alarm of stack.node.findAll().filter((one) => one instanceof Alarm)) {
      const section = alarm.node.path.slice(stack.node.path.length + 1);
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
      const { defaultChild } = alarm.node;
      const resource = defaultChild as CfnAlarm;
      resource.alarmName = `${stack.stackName}-${section}`;
      resource.alarmDescription = `${resource.alarmDescription ?? ''} See docs/operate.md#${anchorOf(section)}`;
    }
  }

  /** Setting a policy replaces the one that lets the account publish, so alarms must be named. */
  private letAlarmsPublish(): iam.PolicyStatement {
    const alarms = Stack.of(this).formatArn({ service: 'cloudwatch', resource: 'alarm:*' });
    return new iam.PolicyStatement({
      sid: 'AlarmsOfThisAccount',
      principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [this.topic.topicArn],
      conditions: { ArnLike: { 'aws:SourceArn': alarms } },
    });
  }
}

/** The anchor that GitHub gives to a heading of letters and slashes. */
function anchorOf(section: string): string {
  return section.toLowerCase().replaceAll('/', '');
}
