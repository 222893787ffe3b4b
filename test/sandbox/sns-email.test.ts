import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressMark } from '../../functions/core/case/requests.ts';
import { filterOf } from '../../functions/core/health/subscription-filter.ts';
import { Inbox } from '../../sandbox/inbox/inbox.ts';
import type { Mail } from '../../sandbox/inbox/mail.ts';
import { tokenFor } from '../../sandbox/launch/subscribe.ts';
import { mostInASecond, PENDING_SECONDS, Sns } from '../../sandbox/world/sns.ts';
import type { World } from '../../sandbox/world/world.ts';
import { ADMIN, openWorld } from './world.ts';

const PATIENCE_MS = 15_000;
const FORGED = 'f'.repeat(248);

let world: World;
let client: SNSClient;
let emails: Sns;
let inbox: Inbox;
let server: Server;
let mailboxes: string;

beforeAll(async () => {
  world = await openWorld();
  client = new SNSClient({
    region: world.region,
    endpoint: world.gateway.url,
    credentials: ADMIN,
    maxAttempts: 1,
  });
  emails = new Sns(world);
  inbox = new Inbox((line) => process.stderr.write(`${line}\n`));
  server = createServer(async (incoming, outgoing) => {
    let body = '';
    for await (const chunk of incoming) {
      body += String(chunk);
    }
    await inbox.deliver(decodeURIComponent(incoming.url?.split('/').at(-1) ?? ''), body);
    outgoing.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  mailboxes = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mail`;
  await emails.deliverTo(mailboxes);
});
afterAll(async () => {
  server?.close();
  await world?.stop();
});

const named = (name: string, message = '') =>
  expect.objectContaining({ name, message: expect.stringContaining(message) });

async function topicCalled(name: string): Promise<string> {
  const { TopicArn = '' } = await client.send(new CreateTopicCommand({ Name: name }));
  return TopicArn;
}

const addressIn = (topicArn: string) => `${topicArn.split(':').at(-1)}@example.com`;

/** Subscribes an address of its own to the topic; with its ARN, as only ReturnSubscriptionArn gives it. */
async function subscribe(
  topicArn: string,
  filter?: object,
): Promise<{ readonly address: string; readonly arn: string }> {
  const address = addressIn(topicArn);
  const { SubscriptionArn: arn = '' } = await client.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: 'email',
      Endpoint: address,
      ReturnSubscriptionArn: true,
      ...(filter === undefined ? {} : { Attributes: { FilterPolicy: JSON.stringify(filter) } }),
    }),
  );
  return { address, arn };
}

/** Confirms as an operator should, or as somebody does who clicks. */
async function confirm(topicArn: string, how: 'signed' | 'clicked'): Promise<void> {
  const address = addressIn(topicArn);
  const token = await tokenFor(inbox, { topicArn, address });
  if (how === 'signed') {
    await client.send(
      new ConfirmSubscriptionCommand({ TopicArn: topicArn, Token: token, AuthenticateOnUnsubscribe: 'true' }),
    );
    return;
  }
  const match = { type: 'SubscriptionConfirmation', recipient: address } as const;
  const { link } = await inbox.waitFor(match, PATIENCE_MS);
  expect((await emails.follow(link ?? '')).status).toBe(200);
}

async function publish(
  topicArn: string,
  text: string,
  recipient?: string,
  address?: string,
): Promise<string> {
  const attributes = Object.entries({ recipient, address }).flatMap(([name, StringValue]) =>
    StringValue === undefined ? [] : [[name, { DataType: 'String', StringValue }] as const],
  );
  const MessageAttributes = Object.fromEntries(attributes);
  const { MessageId = '' } = await client.send(
    new PublishCommand({ TopicArn: topicArn, Subject: 'hello', Message: text, MessageAttributes }),
  );
  return MessageId;
}

/** Publishes this many mails at once, in batches of ten. Returns how many SNS accepted. */
async function publishMany(topicArn: string, count: number, recipient = 'anybody'): Promise<number> {
  const entries = Array.from({ length: count }, (_, index) => ({
    Id: `m${index}`,
    Message: `mail ${index}`,
    MessageAttributes: { recipient: { DataType: 'String', StringValue: recipient } },
  }));
  const answers = await Promise.all(
    Array.from({ length: Math.ceil(count / 10) }, (_, batch) =>
      client.send(
        new PublishBatchCommand({
          TopicArn: topicArn,
          PublishBatchRequestEntries: entries.slice(batch * 10, batch * 10 + 10),
        }),
      ),
    ),
  );
  return answers.flatMap(({ Successful = [] }) => Successful).length;
}

async function listed(topicArn: string): Promise<(string | undefined)[]> {
  const { Subscriptions = [] } = await client.send(
    new ListSubscriptionsByTopicCommand({ TopicArn: topicArn }),
  );
  return Subscriptions.map(({ SubscriptionArn }) => SubscriptionArn);
}

async function attributesOf(arn: string): Promise<Record<string, string>> {
  const { Attributes = {} } = await client.send(
    new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }),
  );
  return Attributes;
}

const textsTo = (address: string) => inbox.mails({ recipient: address }).map(({ body }) => body);

async function firstMailTo(address: string): Promise<Mail> {
  return inbox.waitFor({ recipient: address }, PATIENCE_MS);
}

describe('an e-mail subscription', () => {
  it('is pending, gets no mail, and is sent a link in the form of AWS', async () => {
    const topic = await topicCalled('pending');
    const { address, arn } = await subscribe(topic);
    expect(await listed(topic)).toEqual(['PendingConfirmation']);
    expect(await attributesOf(arn)).toMatchObject({
      PendingConfirmation: 'true',
      ConfirmationWasAuthenticated: 'false',
      Endpoint: address,
    });
    const asked = await inbox.waitFor({ type: 'SubscriptionConfirmation', recipient: address }, PATIENCE_MS);
    const { host, pathname, searchParams } = new URL(asked.link ?? '');
    expect([host, pathname]).toEqual([`sns.${world.region}.amazonaws.com`, '/confirmation.html']);
    expect(searchParams.get('TopicArn')).toBe(topic);
    expect(searchParams.get('Endpoint')).toBe(address);
    expect(searchParams.get('Token')).toMatch(/^[0-9a-f]{248}$/);
    expect(await publish(topic, 'to nobody')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await emails.of(address)).toMatchObject({ state: 'pending', lost: 1, sentAt: [] });
    expect(textsTo(address)).toEqual([]);
  });

  it('tells its ARN only to whoever asks for it, and refuses what is no address', async () => {
    const TopicArn = await topicCalled('arn');
    const wanted = { TopicArn, Protocol: 'email', Endpoint: addressIn(TopicArn) };
    const { SubscriptionArn } = await client.send(new SubscribeCommand(wanted));
    expect(SubscriptionArn).toBe('pending confirmation');
    await expect(client.send(new SubscribeCommand({ ...wanted, Endpoint: 'nobody' }))).rejects.toEqual(
      named('InvalidParameterException', 'Email address'),
    );
  });

  it('is sent another token when it is subscribed again, unless its filter differs', async () => {
    const topic = await topicCalled('again');
    const { address, arn } = await subscribe(topic, { recipient: ['ana'] });
    expect((await subscribe(topic, { recipient: ['ana'] })).arn).toBe(arn);
    await expect
      .poll(() => inbox.mails({ type: 'SubscriptionConfirmation', recipient: address }).length)
      .toBe(2);
    await expect(subscribe(topic, { recipient: ['bob'] })).rejects.toEqual(
      named('InvalidParameterException', 'already exists with different attributes'),
    );
    await confirm(topic, 'signed');
    expect((await subscribe(topic, { recipient: ['ana'] })).arn).toBe(arn);
    expect(inbox.mails({ type: 'SubscriptionConfirmation', recipient: address })).toHaveLength(2);
  });

  it('cannot be unsubscribed while pending, and goes away by itself', async () => {
    const topic = await topicCalled('forgotten');
    const { address, arn } = await subscribe(topic);
    await expect(client.send(new UnsubscribeCommand({ SubscriptionArn: arn }))).rejects.toEqual(
      named('InvalidParameterException', 'pending confirmation'),
    );
    const Token = await tokenFor(inbox, { topicArn: topic, address });
    await emails.deliverTo(mailboxes, 0);
    expect(await listed(topic)).toEqual([]);
    await emails.deliverTo(mailboxes);
    await expect(attributesOf(arn)).rejects.toEqual(named('NotFoundException'));
    await expect(client.send(new ConfirmSubscriptionCommand({ TopicArn: topic, Token }))).rejects.toEqual(
      named('InvalidParameterException'),
    );
    expect((await emails.of(address)).state).toBe('removed');
  });
});

// The rest of fact sns-confirmation.
describe('a confirmation', () => {
  it('by a click leaves the unsubscribe link in every mail working, for everybody who has it', async () => {
    const topic = await topicCalled('clicked');
    const { address, arn } = await subscribe(topic);
    await confirm(topic, 'clicked');
    expect(await listed(topic)).toEqual([arn]);
    expect(await attributesOf(arn)).toMatchObject({
      PendingConfirmation: 'false',
      ConfirmationWasAuthenticated: 'false',
    });
    expect((await emails.of(address)).state).toBe('unprotected');
    await publish(topic, 'the text');
    const { body, link, footer, unsubscribe } = await firstMailTo(address);
    expect([body, link]).toEqual(['the text', null]);
    expect(footer).toContain('If you wish to stop receiving notifications from this topic');
    expect(new URL(unsubscribe ?? '').searchParams.get('SubscriptionArn')).toBe(arn);

    await emails.follow(unsubscribe ?? '', 'HEAD');
    expect((await emails.of(address)).state).toBe('unprotected');
    expect((await emails.follow(unsubscribe ?? '')).status).toBe(200);
    expect(await listed(topic)).toEqual(['Deleted']);
    await expect(attributesOf(arn)).rejects.toEqual(named('NotFoundException'));
    await publish(topic, 'to nobody');
    const goodbye = await inbox.waitFor({ type: 'UnsubscribeConfirmation', recipient: address }, PATIENCE_MS);
    expect(textsTo(address)).toEqual(['the text']);

    expect((await emails.follow(goodbye.link ?? '')).status).toBe(200);
    expect(await listed(topic)).toEqual([arn]);
    await publish(topic, 'back again');
    await expect.poll(() => textsTo(address), { timeout: PATIENCE_MS }).toEqual(['the text', 'back again']);
  });

  it('with AuthenticateOnUnsubscribe makes that link do nothing; a signed call still unsubscribes', async () => {
    const topic = await topicCalled('signed');
    const { address, arn } = await subscribe(topic);
    await confirm(topic, 'signed');
    expect(await attributesOf(arn)).toMatchObject({
      PendingConfirmation: 'false',
      ConfirmationWasAuthenticated: 'true',
    });
    await publish(topic, 'first');
    const { unsubscribe } = await firstMailTo(address);
    const answer = await emails.follow(unsubscribe ?? '');
    expect([answer.status, await answer.text()]).toEqual([403, 'Subscription not removed.\n']);
    const byApi = `${world.gateway.url}/?Action=Unsubscribe&SubscriptionArn=${arn}`;
    expect((await fetch(byApi)).status).toBe(403);
    expect((await emails.of(address)).state).toBe('confirmed');

    await client.send(new UnsubscribeCommand({ SubscriptionArn: arn }));
    expect((await emails.of(address)).state).toBe('removed');
    expect(inbox.mails({ type: 'UnsubscribeConfirmation', recipient: address })).toEqual([]);
    const again = await subscribe(topic);
    expect(again.arn).not.toBe(arn);
    expect(await listed(topic)).toEqual(['PendingConfirmation']);
  });

  it('needs a signature to protect, a token that was sent, and does not protect afterwards', async () => {
    const topic = await topicCalled('tokens');
    const { address, arn } = await subscribe(topic);
    const Token = await tokenFor(inbox, { topicArn: topic, address });
    const query = `Action=ConfirmSubscription&TopicArn=${topic}&Token=${Token}`;
    const unsigned = await fetch(`${world.gateway.url}/?${query}&AuthenticateOnUnsubscribe=true`);
    expect([unsigned.status, await unsigned.text()]).toEqual([
      403,
      expect.stringContaining('AuthorizationError'),
    ]);
    const forged = `https://sns.${world.region}.amazonaws.com/confirmation.html?TopicArn=${topic}&Token=${FORGED}`;
    expect((await emails.follow(forged)).status).toBe(400);
    expect((await emails.of(address)).state).toBe('pending');
    await confirm(topic, 'clicked');
    await confirm(topic, 'signed');
    expect(await attributesOf(arn)).toMatchObject({ ConfirmationWasAuthenticated: 'false' });
  });

  it('is taken back by the sandbox, or the subscription removed, to try out what follows', async () => {
    const topic = await topicCalled('unprotected');
    const { address, arn } = await subscribe(topic);
    await confirm(topic, 'signed');
    await emails.unprotect(address);
    expect(await attributesOf(arn)).toMatchObject({
      PendingConfirmation: 'false',
      ConfirmationWasAuthenticated: 'false',
    });
    expect((await emails.of(address)).state).toBe('unprotected');
    await emails.remove(address);
    expect(await listed(topic)).toEqual(['Deleted']);
    await expect(emails.of(address, `${topic}-other`)).rejects.toThrow('never subscribed');
    await client.send(
      new SubscribeCommand({
        TopicArn: await topicCalled('other'),
        Protocol: 'email',
        Endpoint: address,
      }),
    );
    await expect(emails.of(address)).rejects.toThrow('several topics');
  });
});

// Fact sns-email-rate.
describe('more than ten mails in a second', () => {
  it('make the subscription pending: Publish stays accepted, and everything from then on is lost', async () => {
    const topic = await topicCalled('flooded');
    const { address, arn } = await subscribe(topic);
    await confirm(topic, 'signed');
    expect(await publishMany(topic, 30)).toBe(30);
    await expect.poll(() => textsTo(address).length, { timeout: PATIENCE_MS }).toBe(10);
    expect(await emails.of(address)).toMatchObject({
      state: 'pending',
      cutOff: true,
      mostInASecond: 11,
      lost: 20,
    });
    expect(await listed(topic)).toEqual(['PendingConfirmation']);
    expect(await attributesOf(arn)).toMatchObject({
      PendingConfirmation: 'true',
      ConfirmationWasAuthenticated: 'false',
    });
    const before = await tokenFor(inbox, { topicArn: topic, address });
    await expect(
      client.send(new ConfirmSubscriptionCommand({ TopicArn: topic, Token: before })),
    ).rejects.toEqual(named('InvalidParameterException'));

    expect((await subscribe(topic)).arn).toBe(arn);
    await expect.poll(() => tokenFor(inbox, { topicArn: topic, address })).not.toBe(before);
    await confirm(topic, 'signed');
    await publish(topic, 'after all that');
    await expect.poll(() => textsTo(address).at(-1), { timeout: PATIENCE_MS }).toBe('after all that');
    expect(await emails.of(address)).toMatchObject({ state: 'confirmed', cutOff: false });
  });

  it('are deleted with it when nobody confirms it again', async () => {
    const topic = await topicCalled('lost');
    const { address } = await subscribe(topic);
    await confirm(topic, 'signed');
    await publishMany(topic, 11);
    await emails.deliverTo(mailboxes, 0);
    expect(await listed(topic)).toEqual([]);
    await emails.deliverTo(mailboxes, PENDING_SECONDS);
    expect(await publish(topic, 'to nobody')).not.toBe('');
    expect(await emails.of(address)).toMatchObject({ state: 'removed', cutOff: true, lost: 1 });
  });

  it('count only if the filter lets them through, and each subscription counts by itself', async () => {
    const topic = await topicCalled('filtered');
    const { address } = await subscribe(topic, { recipient: ['ana', 'bob'] });
    await confirm(topic, 'signed');
    await publishMany(topic, 30, 'somebody-else');
    expect(await publishMany(topic, 10, 'bob')).toBe(10);
    await expect.poll(() => textsTo(address).length, { timeout: PATIENCE_MS }).toBe(10);
    const { state, mostInASecond: most, byHour, lost } = await emails.of(address);
    expect({ state, lost }).toEqual({ state: 'confirmed', lost: 0 });
    expect(most).toBeLessThanOrEqual(10);
    expect(Object.values(byHour).reduce((sum, count) => sum + count, 0)).toBe(10);
  });

  it('are counted in a second that begins anywhere', () => {
    expect(mostInASecond([])).toBe(0);
    expect(mostInASecond([0, 999, 1_000, 1_998])).toBe(3);
  });
});

// Fact sns-filter-policies: all attributes of a filter must match.
describe('a filter on recipient and address', () => {
  const mailbox = (topicArn: string, ids: readonly string[]) => ({ address: addressIn(topicArn), ids });
  const markIn = (topicArn: string) => addressMark(addressIn(topicArn));

  it('lets through only what is for this person at this address', async () => {
    const topic = await topicCalled('two-attributes');
    const { address } = await subscribe(topic, filterOf(mailbox(topic, ['ana', 'bob'])));
    await confirm(topic, 'signed');
    await publish(topic, 'to ana elsewhere', 'ana', addressMark('elsewhere@example.com'));
    await publish(topic, 'to somebody else here', 'eve', markIn(topic));
    await publish(topic, 'to ana without an address', 'ana');
    await publish(topic, 'to nobody here', undefined, markIn(topic));
    await publish(topic, 'to bob', 'bob', markIn(topic));
    await publish(topic, 'to ana', 'ana', markIn(topic));
    await expect.poll(() => textsTo(address), { timeout: PATIENCE_MS }).toHaveLength(2);
    expect(textsTo(address).sort()).toEqual(['to ana', 'to bob']);
    expect(await emails.of(address)).toMatchObject({ lost: 0 });
  });

  it('gives the address of a removed approver nothing of whoever has the id next, however late it is confirmed', async () => {
    const topic = await topicCalled('reused-id');
    const before = addressIn(topic);
    const after = `next-${before}`;
    // Removed while pending: CloudFormation cannot take it away, and the link in the mail goes on working.
    await subscribe(topic, filterOf({ address: before, ids: ['lead'] }));
    await client.send(
      new SubscribeCommand({
        TopicArn: topic,
        Protocol: 'email',
        Endpoint: after,
        Attributes: { FilterPolicy: JSON.stringify(filterOf({ address: after, ids: ['lead'] })) },
      }),
    );
    const Token = await tokenFor(inbox, { topicArn: topic, address: after });
    await client.send(new ConfirmSubscriptionCommand({ TopicArn: topic, Token }));
    await confirm(topic, 'clicked');
    expect((await emails.of(before)).state).toBe('unprotected');
    await publish(topic, 'for the next holder', 'lead', addressMark(after));
    await publish(topic, 'for the former holder', 'lead', addressMark(before));
    const both = () => [textsTo(after), textsTo(before)];
    await expect
      .poll(both, { timeout: PATIENCE_MS })
      .toEqual([['for the next holder'], ['for the former holder']]);
  });

  it('would give it everything if it named the recipient alone', async () => {
    const topic = await topicCalled('former-filter');
    const { address } = await subscribe(topic, { recipient: ['lead'] });
    await confirm(topic, 'clicked');
    await publish(topic, 'for the next holder', 'lead', addressMark('next@example.com'));
    await expect.poll(() => textsTo(address), { timeout: PATIENCE_MS }).toEqual(['for the next holder']);
  });
});

describe('a template', () => {
  const Endpoint = 'template@example.com';
  let cfn: CloudFormationClient;

  const template = (Resources: object, Outputs?: object) => JSON.stringify({ Resources, Outputs });

  const subscriptionOf = (topicArn: string, FilterPolicy: object, address = Endpoint) => ({
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: topicArn, Protocol: 'email', Endpoint: address, FilterPolicy },
  });

  const templateWith = (topicArn: string, recipient: readonly string[]) =>
    template({ Mail: subscriptionOf(topicArn, { recipient }) }, { Mail: { Value: { Ref: 'Mail' } } });

  beforeAll(() => {
    cfn = new CloudFormationClient({
      region: world.region,
      endpoint: world.gateway.url,
      credentials: ADMIN,
    });
  });

  it('subscribes as the API does, and changes the filter of a confirmed subscription in place', async () => {
    const topicArn = await topicCalled('from-template');
    await cfn.send(
      new CreateStackCommand({ StackName: 'mail', TemplateBody: templateWith(topicArn, ['ana']) }),
    );
    const { Stacks } = await cfn.send(new DescribeStacksCommand({ StackName: 'mail' }));
    const arn = Stacks?.[0]?.Outputs?.[0]?.OutputValue;
    expect(await emails.of(Endpoint)).toMatchObject({
      arn,
      topicArn,
      state: 'pending',
      filterPolicy: { recipient: ['ana'] },
    });
    const Token = await tokenFor(inbox, { topicArn, address: Endpoint });
    await client.send(
      new ConfirmSubscriptionCommand({ TopicArn: topicArn, Token, AuthenticateOnUnsubscribe: 'true' }),
    );
    await publish(topicArn, 'first to bob', 'bob');
    await publish(topicArn, 'first to ana', 'ana');
    await expect.poll(() => textsTo(Endpoint), { timeout: PATIENCE_MS }).toEqual(['first to ana']);
    await cfn.send(
      new UpdateStackCommand({ StackName: 'mail', TemplateBody: templateWith(topicArn, ['bob']) }),
    );
    await publish(topicArn, 'then to ana', 'ana');
    await publish(topicArn, 'then to bob', 'bob');
    await expect
      .poll(() => textsTo(Endpoint), { timeout: PATIENCE_MS })
      .toEqual(['first to ana', 'then to bob']);
    expect(await emails.of(Endpoint)).toMatchObject({ arn, state: 'confirmed' });
    await cfn.send(new DeleteStackCommand({ StackName: 'mail' }));
    await expect.poll(() => listed(topicArn), { timeout: PATIENCE_MS }).toEqual(['Deleted']);
  });

  // The hazard of ADR 028, and its cure.
  it('fails to change the filter of a subscription that was replaced, and adopts it if it was left out once', async () => {
    const topicArn = await topicCalled('adopted');
    const address = addressIn(topicArn);
    const [former, present] = [{ recipient: ['ana'] }, filterOf({ address, ids: ['ana'] })];
    const other = { Other: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'other-of-adopted' } } };
    const deployed = async (Resources: object) => {
      await cfn.send(
        new UpdateStackCommand({ StackName: 'adopted', TemplateBody: template({ ...other, ...Resources }) }),
      );
      return expect
        .poll(statusOf('adopted'), { timeout: PATIENCE_MS })
        .toMatch(/^UPDATE_(ROLLBACK_)?(COMPLETE|FAILED)$/);
    };
    const statusOf = (StackName: string) => async () =>
      (await cfn.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]?.StackStatus;
    const With = (filter: object) => ({ Mail: subscriptionOf(topicArn, filter, address) });

    await cfn.send(
      new CreateStackCommand({
        StackName: 'adopted',
        TemplateBody: template({ ...other, ...With(former) }),
      }),
    );
    await confirm(topicArn, 'clicked');
    // As `resubscribe` does under the release before.
    await client.send(new UnsubscribeCommand({ SubscriptionArn: (await emails.of(address)).arn }));
    const { arn } = await subscribe(topicArn, former);
    await expect.poll(() => listed(topicArn)).toEqual(['PendingConfirmation']);
    await expect
      .poll(() => inbox.mails({ type: 'SubscriptionConfirmation', recipient: address }).length)
      .toBe(2);
    await confirm(topicArn, 'signed');
    await publish(topicArn, 'before', 'ana', addressMark(address));

    await deployed(With(present));
    expect(await statusOf('adopted')()).toMatch(/ROLLBACK|FAILED/);
    await publish(topicArn, 'after the failure', 'ana', addressMark(address));

    // As `resubscribe` does under this release; then twice `cdk deploy`.
    await client.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn: arn,
        AttributeName: 'FilterPolicy',
        AttributeValue: JSON.stringify(present),
      }),
    );
    await deployed({});
    expect(await statusOf('adopted')()).toBe('UPDATE_COMPLETE');
    await publish(topicArn, 'left out', 'ana', addressMark(address));
    await deployed(With(present));
    expect(await statusOf('adopted')()).toBe('UPDATE_COMPLETE');
    const { StackResources = [] } = await cfn.send(
      new DescribeStackResourcesCommand({ StackName: 'adopted', LogicalResourceId: 'Mail' }),
    );
    expect(StackResources[0]?.PhysicalResourceId).toBe(arn);
    await publish(topicArn, 'adopted', 'ana', addressMark(address));
    await expect
      .poll(() => textsTo(address), { timeout: PATIENCE_MS })
      .toEqual(['before', 'after the failure', 'left out', 'adopted']);
    expect(await emails.of(address)).toMatchObject({ arn, state: 'confirmed', lost: 0 });
    expect(inbox.mails({ type: 'SubscriptionConfirmation', recipient: address })).toHaveLength(2);
    // From now on CloudFormation changes the filter in place, forwards and back.
    await deployed(With(former));
    expect(await emails.of(address)).toMatchObject({ arn, state: 'confirmed', filterPolicy: former });
  });

  it('cannot take away what is pending', async () => {
    const topicArn = await topicCalled('left-pending');
    await cfn.send(
      new CreateStackCommand({ StackName: 'pending', TemplateBody: templateWith(topicArn, ['ana']) }),
    );
    await cfn.send(new DeleteStackCommand({ StackName: 'pending' }));
    const { Stacks } = await cfn.send(new DescribeStacksCommand({})).catch(() => ({ Stacks: [] }));
    expect(Stacks?.filter((one) => one.StackName === 'pending')).toEqual([]);
    expect(await listed(topicArn)).toEqual(['PendingConfirmation']);
  });
});
