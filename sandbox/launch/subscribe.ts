import { setTimeout as pause } from 'node:timers/promises';
import {
  ConfirmSubscriptionCommand,
  ListSubscriptionsByTopicCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import type { Inbox } from '../inbox/inbox.ts';
import type { EmailSubscription, Sns } from '../world/sns.ts';
import type { Clients } from './clients.ts';

const CONFIRMED_WITHIN_MS = 10_000;

export interface Confirming {
  readonly clients: Clients;
  readonly inbox: Inbox;
  readonly sns: Sns;
  /** ARNs of subscriptions to leave as they are. */
  readonly except: ReadonlySet<string>;
}

/**
 * Confirms the pending e-mail subscriptions of all topics as an operator should: with the token out of the confirmation
 * mail, in a signed call, so that no link in a mail can unsubscribe them.
 */
export async function confirmMail({ clients, inbox, sns, except }: Confirming): Promise<void> {
  const client = clients.make(SNSClient);
  const pending = (await sns.subscriptions()).filter(
    ({ arn, state }) => state === 'pending' && !except.has(arn),
  );
  await Promise.all(
    pending.map(async ({ topicArn, address }) => {
      const Token = await tokenFor(inbox, { topicArn, address });
      await client.send(
        new ConfirmSubscriptionCommand({ TopicArn: topicArn, Token, AuthenticateOnUnsubscribe: 'true' }),
      );
    }),
  );
  client.destroy();
}

/** The token in the latest confirmation mail for this subscription, waiting until there is one. */
export async function tokenFor(
  inbox: Inbox,
  { topicArn, address }: Pick<EmailSubscription, 'topicArn' | 'address'>,
): Promise<string> {
  const match = {
    type: 'SubscriptionConfirmation',
    recipient: address,
    containing: `TopicArn=${topicArn}&`,
  } as const;
  const first = await inbox.waitFor(match, CONFIRMED_WITHIN_MS);
  const { link } = inbox.mails(match).at(-1) ?? first;
  const token = new URL(link ?? '').searchParams.get('Token');
  if (token === null) {
    throw new Error(`the confirmation mail to ${address} has no token`);
  }
  return token;
}

/** Subscribes the local mailbox for the data topic's notices, unless it is subscribed already. */
export async function subscribeNews(clients: Clients, TopicArn: string, Endpoint: string): Promise<void> {
  const client = clients.make(SNSClient);
  const isConfirmed = async () => {
    const { Subscriptions = [] } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    return Subscriptions.some((one) => one.Endpoint === Endpoint && one.SubscriptionArn?.startsWith('arn:'));
  };
  if (!(await isConfirmed())) {
    await client.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint }));
    for (const deadline = Date.now() + CONFIRMED_WITHIN_MS; !(await isConfirmed()); await pause(50)) {
      if (Date.now() > deadline) {
        throw new Error('the subscription of the data topic was not confirmed');
      }
    }
  }
  client.destroy();
}
