/** The mail topic's subscriptions in SNS. */
import {
  ConfirmSubscriptionCommand,
  GetSubscriptionAttributesCommand,
  InvalidParameterException,
  NotFoundException,
  paginateListSubscriptionsByTopic,
  type SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { sameValue } from '../../../functions/core/model/digest.ts';
import type { Subscriber, Subscription, Subscriptions } from '../world.ts';

/** The words that SNS writes in place of an ARN. */
const NO_ARN = { pending: 'PendingConfirmation', deleted: 'Deleted' } as const;

export function subscriptions(sns: SNSClient, mailTopic: string): Subscriptions {
  const attributes = async (SubscriptionArn: string) => {
    const { Attributes = {} } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    return Attributes;
  };

  const listed = async ({ address }: Subscriber) => {
    const arns: string[] = [];
    for await (const page of paginateListSubscriptionsByTopic({ client: sns }, { TopicArn: mailTopic })) {
      const ours = (page.Subscriptions ?? []).filter(
        ({ Protocol, Endpoint }) => Protocol === 'email' && Endpoint === address,
      );
      arns.push(...ours.flatMap(({ SubscriptionArn }) => SubscriptionArn ?? []));
    }
    return arns;
  };

  return {
    async of(subscriber): Promise<Subscription> {
      const arns = await listed(subscriber);
      const arn = arns.find((one) => one.startsWith('arn:'));
      if (arn === undefined) {
        return { state: arns.includes(NO_ARN.pending) ? 'pending' : 'missing', arn: null };
      }
      const { ConfirmationWasAuthenticated, FilterPolicy, PendingConfirmation } = await attributes(arn);
      if (PendingConfirmation === 'true') {
        return { state: 'pending', arn: null };
      }
      if (!sameFilter(FilterPolicy, subscriber.filter)) {
        return { state: 'other-filter', arn };
      }
      return { state: ConfirmationWasAuthenticated === 'true' ? 'confirmed' : 'unprotected', arn };
    },

    async confirm(TopicArn, Token) {
      try {
        const { SubscriptionArn = '' } = await sns.send(
          new ConfirmSubscriptionCommand({ TopicArn, Token, AuthenticateOnUnsubscribe: 'true' }),
        );
        const { Endpoint = '', ConfirmationWasAuthenticated } = await attributes(SubscriptionArn);
        return { address: Endpoint, protected: ConfirmationWasAuthenticated === 'true' };
      } catch (error) {
        if (error instanceof InvalidParameterException || error instanceof NotFoundException) {
          return null;
        }
        throw error;
      }
    },

    async unsubscribe(SubscriptionArn) {
      await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    },

    async subscribe({ address, filter }) {
      const command = new SubscribeCommand({
        TopicArn: mailTopic,
        Protocol: 'email',
        Endpoint: address,
        // In the call itself. Set afterwards, it could take up to 15 minutes to take effect.
        Attributes: { FilterPolicy: filter },
        ReturnSubscriptionArn: true,
      });
      try {
        return (await sns.send(command)).SubscriptionArn ?? null;
      } catch (error) {
        if (error instanceof InvalidParameterException && /already exists/i.test(error.message)) {
          return null;
        }
        throw error;
      }
    },

    async hasFilter(arn, filter) {
      try {
        return sameFilter((await attributes(arn)).FilterPolicy, filter);
      } catch (error) {
        if (error instanceof NotFoundException) {
          return false;
        }
        throw error;
      }
    },
  };
}

function sameFilter(shown: string | undefined, wanted: string): boolean {
  try {
    return sameValue(JSON.parse(shown ?? 'null'), JSON.parse(wanted));
  } catch {
    return false;
  }
}
