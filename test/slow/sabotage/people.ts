import {
  ConfirmSubscriptionCommand,
  GetSubscriptionAttributesCommand,
  SetSubscriptionAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { pauser } from '../../../functions/adapters/pauser.ts';
import { CONTROL_KEY } from '../../../functions/contracts/items.ts';
import { ledgerKey } from '../../../functions/contracts/ledger-item.ts';
import { filterOf } from '../../../functions/core/health/subscription-filter.ts';
import { instantOf } from '../../../functions/core/model/time.ts';
import { reasonFor } from '../../../functions/core/words/self-pause.ts';
import { type Account, OPERATORS } from './account.ts';
import { type Sabotage, type Sabotages, swap } from './sabotage.ts';

/** A mailbox: the output that names its topic, its address, and the filter of its subscription. */
interface Mailbox {
  readonly topic: 'MailTopicArn' | 'OperatorTopicArn';
  readonly address: string;
  readonly filter?: object;
}

const LEAD: Mailbox = {
  topic: 'MailTopicArn',
  address: 'security@example.com',
  filter: filterOf({ address: 'security@example.com', ids: ['sec-lead'] }),
};
const OPERATOR: Mailbox = { topic: 'OperatorTopicArn', address: OPERATORS[0] };

async function arnOf({ launched, stack }: Account, { topic, address }: Mailbox): Promise<string> {
  return (await launched.sns.of(address, stack.output(topic))).arn;
}

async function unsubscribe(account: Account, mailbox: Mailbox): Promise<void> {
  await account.sns.send(new UnsubscribeCommand({ SubscriptionArn: await arnOf(account, mailbox) }));
}

/** Subscribes the mailbox anew and returns the link in SNS's mail, which confirms it. */
async function subscribe(
  { sns, stack, launched }: Account,
  { topic, address, filter }: Mailbox,
): Promise<string> {
  const match = { type: 'SubscriptionConfirmation', recipient: address } as const;
  const after = launched.inbox.mails(match).at(-1)?.id ?? 0;
  await sns.send(
    new SubscribeCommand({
      TopicArn: stack.output(topic),
      Protocol: 'email',
      Endpoint: address,
      ...(filter === undefined ? {} : { Attributes: { FilterPolicy: JSON.stringify(filter) } }),
    }),
  );
  return (await launched.inbox.waitFor({ ...match, after }, 10_000)).link ?? '';
}

async function confirm({ sns, stack }: Account, { topic }: Mailbox, link: string): Promise<void> {
  const Token = new URL(link).searchParams.get('Token') ?? '';
  await sns.send(
    new ConfirmSubscriptionCommand({
      TopicArn: stack.output(topic),
      Token,
      AuthenticateOnUnsubscribe: 'true',
    }),
  );
}

const removed = (mailbox: Mailbox): Pick<Sabotage, 'apply' | 'undo'> => ({
  apply: (account) => unsubscribe(account, mailbox),
  undo: async (account) => confirm(account, mailbox, await subscribe(account, mailbox)),
});

const pending = (mailbox: Mailbox): Pick<Sabotage, 'apply' | 'undo'> => {
  const links: string[] = [];
  return {
    async apply(account) {
      await unsubscribe(account, mailbox);
      links.push(await subscribe(account, mailbox));
    },
    undo: (account) => confirm(account, mailbox, links.pop() ?? ''),
  };
};

const filtered = (filter: object) =>
  swap(
    async (account) => {
      const SubscriptionArn = await arnOf(account, LEAD);
      const { Attributes } = await account.sns.send(
        new GetSubscriptionAttributesCommand({ SubscriptionArn }),
      );
      return Attributes?.FilterPolicy ?? '{}';
    },
    async (account, AttributeValue) =>
      account.sns.send(
        new SetSubscriptionAttributesCommand({
          SubscriptionArn: await arnOf(account, LEAD),
          AttributeName: 'FilterPolicy',
          AttributeValue,
        }),
      ),
    () => JSON.stringify(filter),
  );

/** ARNs of the subscriptions that belong to no approver. */
const foreign: string[] = [];

export const SUBSCRIPTION_SABOTAGES: Sabotages = [
  { what: 'a subscription is removed', says: 'is not subscribed', ...removed(LEAD) },
  {
    what: 'a subscription is confirmed with a click, and is unprotected',
    says: 'unsubscribe link',
    async apply(account) {
      await unsubscribe(account, LEAD);
      await account.launched.sns.follow(await subscribe(account, LEAD));
    },
    async undo(account) {
      await unsubscribe(account, LEAD);
      await confirm(account, LEAD, await subscribe(account, LEAD));
    },
  },
  { what: 'a subscription is not confirmed', says: 'not confirmed', ...pending(LEAD) },
  { what: 'a filter is removed', says: 'links of every approver', ...filtered({}) },
  {
    what: 'a filter admits the mails of somebody else',
    says: 'is not the one that was deployed',
    ...filtered(filterOf({ address: LEAD.address, ids: ['sec-lead', 'platform-lead'] })),
  },
  {
    what: 'a filter is that of a former release',
    says: 'which names no address',
    ...filtered({ recipient: ['sec-lead'] }),
  },
  {
    what: 'somebody else subscribes',
    says: 'belongs to no approver (protocol sqs',
    async apply({ sns, stack }) {
      const { SubscriptionArn } = await sns.send(
        new SubscribeCommand({
          TopicArn: stack.output('MailTopicArn'),
          Protocol: 'sqs',
          Endpoint: `arn:aws:sqs:us-east-1:${stack.account}:somebody-else`,
        }),
      );
      foreign.push(SubscriptionArn ?? '');
    },
    async undo({ sns }) {
      for (const SubscriptionArn of foreign.splice(0)) {
        await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
      }
    },
  },
];

export const OPERATOR_SABOTAGES: Sabotages = [
  { what: 'an operator is unsubscribed', says: 'Operator 1', ...removed(OPERATOR) },
  { what: "an operator's subscription is not confirmed", says: 'Operator 1', ...pending(OPERATOR) },
];

const APPROVERS = ['sec-lead', 'platform-lead'];

export const APPROVER_SABOTAGES: Sabotages = [
  {
    what: 'every approver is revoked',
    says: 'Every approver is revoked',
    async apply(account) {
      for (const approver of APPROVERS) {
        await account.command('revoke', approver);
      }
    },
    async undo(account) {
      for (const approver of APPROVERS) {
        await account.command('reinstate', approver);
      }
    },
  },
];

/** Written as reconcile writes it; that it comes to it is tested in `test/app/mishaps/self-pause.test.ts`. */
export const PAUSE_SABOTAGES: Sabotages = [
  {
    what: 'Solekey paused itself',
    says: 'approvers asked to reactivate keys of 5 users within an hour.',
    apply: ({ documents, stack }) =>
      pauser(documents, stack.output('TableName')).pause(stack.account, {
        at: instantOf(Date.now()),
        reason: reasonFor({ kind: 'restore', users: 5 }),
        isDue: () => true,
      }),
    undo: (account) => account.command('resume'),
  },
];

type Item = Readonly<Record<string, unknown>>;
interface Controlled {
  readonly item: Item;
  readonly entry: Item;
}

/** The control item and the last entry of its ledger. */
const control = (change: (was: Controlled) => Controlled) =>
  swap<Controlled>(
    async (account) => {
      const item = await account.item(CONTROL_KEY);
      return { item, entry: await account.item(ledgerKey(account.stack.account, Number(item.entry))) };
    },
    async (account, { item, entry }) => {
      await account.put(item);
      await account.put(entry);
    },
    change,
  );

const byHand = { revoked: ['sec-lead'] };

export const CONTROL_SABOTAGES: Sabotages = [
  {
    what: 'the control item is written by hand',
    says: 'Something other than the commands',
    ...control(({ item, entry }) => ({ item: { ...item, ...byHand }, entry })),
  },
  {
    what: 'the control item and its entry are written by hand',
    says: 'is not as it was written',
    ...control(({ item, entry }) => ({
      item: { ...item, ...byHand },
      entry: { ...entry, after: { ...Object(entry.after), ...byHand } },
    })),
  },
  {
    what: 'the control item is deleted',
    says: 'is gone',
    ...swap<Item | null>(
      (account) => account.item(CONTROL_KEY),
      (account, item) => (item === null ? account.remove(CONTROL_KEY) : account.put(item)),
      () => null,
    ),
  },
];
