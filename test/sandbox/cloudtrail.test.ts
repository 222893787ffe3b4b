import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  GetUserCommand,
  ListUsersCommand,
  TagUserCommand,
  UpdateAccessKeyCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { World } from '../../sandbox/world/world.ts';
import { ADMIN, createKey, createUser, iamClient, openWorld } from './world.ts';

let world: World;
let iam: ReturnType<typeof iamClient>;
let sqs: SQSClient;
let queue: string;

/** A rule like the product's in front of a queue: what comes out is what the product would get. */
beforeAll(async () => {
  world = await openWorld();
  iam = iamClient(world);
  const config = { region: world.region, endpoint: world.gateway.url, credentials: ADMIN };
  sqs = new SQSClient(config);
  const events = new EventBridgeClient(config);
  queue = (await sqs.send(new CreateQueueCommand({ QueueName: 'seen' }))).QueueUrl ?? '';
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: ['QueueArn'] }),
  );
  await events.send(
    new PutRuleCommand({
      Name: 'iam',
      EventPattern: JSON.stringify({
        source: ['aws.iam'],
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: { eventSource: ['iam.amazonaws.com'] },
      }),
    }),
  );
  await events.send(
    new PutTargetsCommand({ Rule: 'iam', Targets: [{ Id: 'q', Arn: Attributes?.QueueArn ?? '' }] }),
  );
});
afterAll(() => world?.stop());

interface Delivered {
  readonly [element: string]: unknown;
  readonly detail: Readonly<Record<string, unknown>> & { readonly eventName: string };
}

/** Everything delivered so far, and the queue is empty again. */
async function delivered(): Promise<Delivered[]> {
  await world.gateway.trail.settled();
  const found: Delivered[] = [];
  for (let empty = 0; empty < 2; ) {
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queue, MaxNumberOfMessages: 10 }),
    );
    if (!Messages?.length) {
      empty += 1;
      await new Promise((resolve) => setTimeout(resolve, 60));
      continue;
    }
    found.push(...Messages.map((message) => JSON.parse(message.Body ?? '') as Delivered));
    const Entries = Messages.map((message, at) => ({
      Id: String(at),
      ReceiptHandle: message.ReceiptHandle ?? '',
    }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queue, Entries }));
  }
  return found;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('an IAM write', () => {
  it('arrives in the envelope and with the elements AWS gives it', async () => {
    await createUser(iam, 'Events');
    const { accessKeyId, secretAccessKey } = await createKey(iam, { UserName: 'events' });
    const events = await delivered();
    const created = events.find((event) => event.detail.eventName === 'CreateAccessKey');
    expect(created).toMatchObject({
      version: '0',
      source: 'aws.iam',
      'detail-type': 'AWS API Call via CloudTrail',
      account: world.account,
      region: 'us-east-1',
      resources: [],
      detail: {
        eventSource: 'iam.amazonaws.com',
        awsRegion: 'us-east-1',
        recipientAccountId: world.account,
        readOnly: false,
        managementEvent: true,
        eventID: expect.stringMatching(UUID),
        eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        requestParameters: { userName: 'events' },
        responseElements: {
          accessKey: {
            accessKeyId,
            status: 'Active',
            userName: 'Events',
            createDate: expect.stringMatching(/^[A-Z][a-z]{2} \d{1,2}, \d{4} \d{1,2}:\d\d:\d\d [AP]M$/),
          },
        },
        userIdentity: {
          type: 'AssumedRole',
          principalId: expect.stringMatching(/^AROA[A-Z0-9]{17}:sandbox$/),
          sessionContext: { sessionIssuer: { type: 'Role', userName: 'OrganizationAdministrator' } },
        },
      },
    });
    expect(created?.detail).not.toHaveProperty('errorCode');
    expect(JSON.stringify(events)).not.toContain(secretAccessKey);
    expect(
      events.find((event) => event.detail.eventName === 'CreateUser')?.detail.responseElements,
    ).toMatchObject({
      user: { userName: 'Events', userId: expect.stringMatching(/^AIDA/) },
    });
  });

  it('has its parameters in lower camel case and no response elements, unless it creates', async () => {
    await createUser(iam, 'writes');
    const { accessKeyId } = await createKey(iam, { UserName: 'writes' });
    const key = { UserName: 'writes', AccessKeyId: accessKeyId };
    await iam.send(new UpdateAccessKeyCommand({ ...key, Status: 'Inactive' }));
    await iam.send(new DeleteAccessKeyCommand(key));
    await iam.send(new TagUserCommand({ UserName: 'writes', Tags: [{ Key: 'k', Value: 'v' }] }));
    await iam.send(new UpdateUserCommand({ UserName: 'writes', NewUserName: 'written' }));
    await iam.send(new GetUserCommand({ UserName: 'written' }));
    await iam.send(new ListUsersCommand({}));
    await iam.send(new DeleteUserCommand({ UserName: 'written' }));
    const seen = (await delivered())
      .map(({ detail }) => [detail.eventName, detail.requestParameters, detail.responseElements])
      .filter(([name]) => !String(name).startsWith('Create'));
    expect(seen).toHaveLength(5);
    expect(seen).toEqual(
      expect.arrayContaining([
        ['UpdateAccessKey', { userName: 'writes', accessKeyId, status: 'Inactive' }, null],
        ['DeleteAccessKey', { userName: 'writes', accessKeyId }, null],
        ['TagUser', { userName: 'writes', tags: [{ key: 'k', value: 'v' }] }, null],
        ['UpdateUser', { userName: 'writes', newUserName: 'written' }, null],
        ['DeleteUser', { userName: 'written' }, null],
      ]),
    );
  });

  it('that failed arrives too, with the model name of the error and without parameters', async () => {
    await expect(createKey(iam, { UserName: 'nobody' })).rejects.toThrow();
    expect((await delivered()).map((event) => event.detail)).toMatchObject([
      {
        eventName: 'CreateAccessKey',
        errorCode: 'NoSuchEntityException',
        errorMessage: expect.stringContaining('nobody'),
        requestParameters: null,
        responseElements: null,
      },
    ]);
  });
});

describe('the caller', () => {
  it('is the user when a user signs, and then nothing in the request says who', async () => {
    const userId = await createUser(iam, 'selfish');
    const own = await createKey(iam, { UserName: 'selfish' });
    await delivered();
    const second = await createKey(iamClient(world, { credentials: own }), {});
    expect((await delivered())[0]?.detail).toMatchObject({
      requestParameters: null,
      responseElements: { accessKey: { accessKeyId: second.accessKeyId, userName: 'selfish' } },
      userIdentity: {
        type: 'IAMUser',
        userName: 'selfish',
        principalId: userId,
        accessKeyId: own.accessKeyId,
        arn: `arn:aws:iam::${world.account}:user/selfish`,
      },
    });
  });

  it('can be root, any role, or a person on the console', async () => {
    await createUser(iam, 'guest');
    await delivered();
    const root = { accessKeyId: 'root', secretAccessKey: 'sandbox' };
    const first = await createKey(iamClient(world, { credentials: root }), { UserName: 'guest' });
    const person = {
      'x-sandbox-role': 'AWSReservedSSO_Admin_1a2b/ana@example.com',
      'x-sandbox-console': '1',
    };
    await createKey(iamClient(world, {}, person), { UserName: 'guest' });
    const [byRoot, byPerson] = (await delivered()).map((event) => event.detail);
    expect(first.accessKeyId).toMatch(/^AKIA/);
    expect(byRoot).toMatchObject({ userIdentity: { type: 'Root', principalId: world.account } });
    expect(byPerson).toMatchObject({
      userAgent: 'AWS Internal',
      sessionCredentialFromConsole: 'true',
      userIdentity: {
        type: 'AssumedRole',
        principalId: expect.stringMatching(/:ana@example\.com$/),
        sessionContext: { sessionIssuer: { userName: 'AWSReservedSSO_Admin_1a2b' } },
      },
    });
  });
});

describe('delivery', () => {
  it('loses, doubles and delays the events it is told to, and only those', async () => {
    const { faults } = world.gateway;
    for (const name of ['lost', 'twice', 'late', 'fine']) {
      await createUser(iam, name);
    }
    await delivered();
    faults.disturbEvents({ eventName: 'CreateAccessKey', userName: 'lost' }, 'lose');
    faults.disturbEvents({ userName: 'twice' }, 'double');
    faults.disturbEvents({ userName: 'late' }, { delayMs: 700 });
    for (const name of ['lost', 'twice', 'late', 'fine']) {
      await createKey(iam, { UserName: name });
    }
    const who = (events: Delivered[]) =>
      events.map(({ detail }) => (detail.requestParameters as { readonly userName: string }).userName).sort();
    expect(who(await delivered())).toEqual(['fine', 'twice', 'twice']);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(who(await delivered())).toEqual(['late']);
    const lost = world.gateway.trail
      .records()
      .find(
        (record) => record.requestParameters?.userName === 'lost' && record.eventName === 'CreateAccessKey',
      );
    expect(lost).toBeDefined();
    if (lost) {
      world.gateway.trail.deliver(lost);
    }
    expect(who(await delivered())).toEqual(['lost']);
  });
});
