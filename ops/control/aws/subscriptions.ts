/** The mail topic's subscriptions in SNS. */
import {
  ConfirmSubscriptionCommand,
  GetSubscriptionAttributesCommand,
  InvalidParameterException,
  NotFoundException,
  paginateListSubscriptionsByTopic,
  SetSubscriptionAttributesCommand,
  type SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { filterIn } from '../../../functions/adapters/health/topics.ts';
import { filterOf, filterState } from '../../../functions/core/health/subscription-filter.ts';
import type { Subscriber, Subscription, SubscriptionState, Subscriptions } from '../world.ts';

/** The words that SNS writes in place of an ARN. */
const NO_ARN = { pending: 'PendingConfirmation', deleted: 'Deleted' } as const;

export function subscriptions(sns: SNSClient, mailTopic: string): Subscriptions {
  const attributes = async (SubscriptionArn: string) => {
    const { Attributes = {} } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    return Attributes;
  };

  const attributesOrNull = async (arn: string) => {
    try {
      return await attributes(arn);
    } catch (error) {
      if (error instanceof NotFoundException) {
        return null;
      }
      throw error;
    }
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
      const shown = await attributes(arn);
      return shown.PendingConfirmation === 'true'
        ? { state: 'pending', arn: null }
        : { state: stateOf(shown, subscriber), arn };
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

    async subscribe(subscriber) {
      const command = new SubscribeCommand({
        TopicArn: mailTopic,
        Protocol: 'email',
        Endpoint: subscriber.address,
        // In the call itself. Set afterwards, it could take up to 15 minutes to take effect.
        Attributes: { FilterPolicy: JSON.stringify(filterOf(subscriber)) },
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

    async setFilter(SubscriptionArn, subscriber) {
      await sns.send(
        new SetSubscriptionAttributesCommand({
          SubscriptionArn,
          AttributeName: 'FilterPolicy',
          AttributeValue: JSON.stringify(filterOf(subscriber)),
        }),
      );
    },

    async hasFilter(arn, subscriber) {
      const shown = await attributesOrNull(arn);
      return shown !== null && filterState(filterIn(shown), subscriber) === 'right';
    },

    async exists(arn) {
      return (await attributesOrNull(arn)) !== null;
    },
  };
}

/** The state of a confirmed subscription with these attributes. A fault of the filter is worse than one of the confirmation. */
function stateOf(shown: Record<string, string>, subscriber: Subscriber): SubscriptionState {
  const filter = filterState(filterIn(shown), subscriber);
  if (filter === 'none' || filter === 'other') {
    return 'other-filter';
  }
  if (shown.ConfirmationWasAuthenticated !== 'true') {
    return 'unprotected';
  }
  return filter === 'former' ? 'former-filter' : 'confirmed';
}
