import {
  GetSubscriptionAttributesCommand,
  PublishCommand,
  paginateListSubscriptionsByTopic,
  type SNSClient,
  type Subscription,
} from '@aws-sdk/client-sns';
import type { OperatorMails } from '../../app/health-ports.ts';
import type { SubscriptionReading } from '../../core/health/readings.ts';
import { answered } from './not-read.ts';
import { jsonOf } from './rules.ts';

/** All subscriptions of a topic. One that was unsubscribed and is still listed is left out. */
export async function readSubscriptions(sns: SNSClient, topicArn: string): Promise<SubscriptionReading[]> {
  const listed = await answered('sns:ListSubscriptionsByTopic', allOf(sns, topicArn));
  const read = await Promise.all(listed.map((one) => readSubscription(sns, one)));
  return read.flatMap((one) => one ?? []);
}

async function allOf(sns: SNSClient, TopicArn: string): Promise<Subscription[]> {
  const all: Subscription[] = [];
  for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic(
    { client: sns },
    { TopicArn },
  )) {
    all.push(...Subscriptions);
  }
  return all;
}

async function readSubscription(
  sns: SNSClient,
  { SubscriptionArn = '', Protocol = '', Endpoint = '' }: Subscription,
): Promise<SubscriptionReading | null> {
  const base = { protocol: Protocol, endpoint: Endpoint.toLowerCase() };
  if (SubscriptionArn === 'Deleted') {
    return null;
  }
  const pending = { ...base, id: null, authenticated: false, filter: null };
  // A subscription that is not confirmed has no ARN.
  if (!SubscriptionArn.startsWith('arn:')) {
    return pending;
  }
  const { Attributes = {} } = await answered(
    'sns:GetSubscriptionAttributes',
    sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn })),
  );
  if (Attributes.PendingConfirmation === 'true') {
    return pending;
  }
  return {
    ...base,
    id: SubscriptionArn.split(':').at(-1) ?? '',
    authenticated: Attributes.ConfirmationWasAuthenticated === 'true',
    filter: filterIn(Attributes),
  };
}

/** The filter policy in the attributes of a subscription; null if it has none. One that is applied to the text of messages says so. */
export function filterIn({ FilterPolicy, FilterPolicyScope }: Record<string, string>): unknown {
  const policy = jsonOf(FilterPolicy);
  return FilterPolicyScope === 'MessageBody' ? { [FilterPolicyScope]: policy } : policy;
}

/** The topic of operators. */
export function operatorMails(sns: SNSClient, topicArn: string): OperatorMails {
  return {
    async send({ subject, body }) {
      await sns.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: body }));
    },
  };
}
