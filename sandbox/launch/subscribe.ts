import { setTimeout as pause } from 'node:timers/promises';
import {
  ListSubscriptionsByTopicCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import type { Assembly } from './assembly.ts';
import type { Clients } from './clients.ts';
import type { Deployed } from './deploy.ts';

const CONFIRMED_WITHIN_MS = 10_000;

export interface SubscribeOptions {
  readonly clients: Clients;
  /** The assembly as synthesised, not as localised, because the product decides who gets mail. */
  readonly assembly: Assembly;
  readonly deployed: Deployed;
  /** The address to which mails for this recipient are posted. */
  readonly mailboxUrl: (address: string) => string;
  /** The address to which notices of the data topic are posted. */
  readonly newsUrl: string;
}

interface EmailSubscription {
  readonly Endpoint: string;
  readonly TopicArn: { readonly Ref: string };
  readonly FilterPolicy?: unknown;
}

/**
 * Subscribes a local inbox by HTTP for each e-mail subscription in the template, with the same filter policy, because
 * the emulator discards e-mails. An inbox that is subscribed already gets the template's filter policy. Returns the
 * addresses that get mail.
 */
export async function subscribeInboxes(options: SubscribeOptions): Promise<string[]> {
  const { assembly, deployed, clients, mailboxUrl, newsUrl } = options;
  const sns = clients.make(SNSClient);
  const mails = Object.values(assembly.template.Resources).flatMap(({ Type, Properties }) =>
    Type === 'AWS::SNS::Subscription' && Properties?.Protocol === 'email'
      ? [Properties as unknown as EmailSubscription]
      : [],
  );
  await Promise.all(
    mails.map(({ Endpoint, TopicArn, FilterPolicy }) =>
      subscribe(sns, topicOf(deployed, TopicArn.Ref), mailboxUrl(Endpoint), FilterPolicy),
    ),
  );
  const news = deployed.outputs.DataTopicArn;
  if (news !== undefined) {
    await subscribe(sns, news, newsUrl, undefined);
  }
  sns.destroy();
  return mails.map(({ Endpoint }) => Endpoint);
}

function topicOf({ resources }: Deployed, logicalId: string): string {
  const arn = resources[logicalId];
  if (arn === undefined) {
    throw new Error(`the topic ${logicalId} was not deployed`);
  }
  return arn;
}

async function subscribe(sns: SNSClient, TopicArn: string, Endpoint: string, filter: unknown): Promise<void> {
  const FilterPolicy = filter === undefined ? undefined : JSON.stringify(filter);
  const present = await confirmedOne(sns, TopicArn, Endpoint);
  if (present !== undefined) {
    const AttributeValue = FilterPolicy ?? '{}';
    await sns.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn: present,
        AttributeName: 'FilterPolicy',
        AttributeValue,
      }),
    );
    return;
  }
  const Attributes = FilterPolicy === undefined ? {} : { FilterPolicy };
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint, Attributes }));
  for (const deadline = Date.now() + CONFIRMED_WITHIN_MS; Date.now() < deadline; await pause(50)) {
    if ((await confirmedOne(sns, TopicArn, Endpoint)) !== undefined) {
      return;
    }
  }
  throw new Error(`the subscription of ${Endpoint} was not confirmed`);
}

/** The ARN of the topic's confirmed subscription to this address, if there is one. */
async function confirmedOne(sns: SNSClient, TopicArn: string, endpoint: string): Promise<string | undefined> {
  const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  const arn = Subscriptions.find(({ Endpoint }) => Endpoint === endpoint)?.SubscriptionArn;
  return arn?.startsWith('arn:') ? arn : undefined;
}
